"""What a text must be before it is posted. Raises `ValidationError` by field, with a sentence that says what to do."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.audiences import tokens_of
from forums.models.post import BODY_LENGTH
from forums.models.topic import TITLE_LENGTH
from people.models import User
from people.roles import Role

TITLE_AT_LEAST = 10
BODY_BYTES = 50_000
NUL = "\x00"


def checked_title(title: str) -> str:
    """The title as it is kept: on one line, without spaces around it."""
    kept = " ".join(title.split())
    if NUL in kept:
        raise ValidationError({"title": _("The title holds a sign that no text can hold. Type it anew.")})
    if len(kept) < TITLE_AT_LEAST:
        raise ValidationError(
            {"title": _("Say it in a sentence: a title has at least %d characters.") % TITLE_AT_LEAST}
        )
    if len(kept) > TITLE_LENGTH:
        raise ValidationError(
            {"title": _("Shorten the title to %d characters; the rest belongs in the text.") % TITLE_LENGTH}
        )
    return kept


def checked_body(body: str) -> str:
    """The body, exactly as typed."""
    if NUL in body:
        raise ValidationError(
            {"body": _("The text holds a sign that no text can hold. Paste it as plain text.")}
        )
    if not body.strip():
        raise ValidationError({"body": _("Write something first.")})
    if len(body) > BODY_LENGTH or len(body.encode("utf-8", "replace")) > BODY_BYTES:
        raise ValidationError({"body": _("This is longer than a post can be. Split it into two.")})
    return body


def relayed_audiences() -> frozenset[str]:
    """The audiences that a facilitator reads: only there may somebody ask without a name. One query."""
    facilitators = User.objects.present().filter(groups__name=Role.FACILITATOR)
    return frozenset(token for person in facilitators for token in tokens_of(person))


def can_be_relayed(audience: str) -> bool:
    """Whether a facilitator reads this audience."""
    return audience in relayed_audiences()
