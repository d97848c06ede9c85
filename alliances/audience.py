"""The team of an alliance as an audience: what is shared with it carries its token."""

from django.utils.translation import gettext as _

from alliances.models import Alliance, Membership
from core.audience_kinds import AudienceKind, audience_kinds
from core.audiences import ALLIANCE_PREFIX


def register() -> None:
    """Called once when the app is ready."""
    audience_kinds.register(ALLIANCE_PREFIX, AudienceKind(exists, choices, sentence, short))


def exists(token: str) -> bool:
    """Whether there is such an alliance."""
    return Alliance.objects.filter(audience=token).exists()


def choices(reader: object) -> list[tuple[str, str]]:
    """The teams the reader is confirmed in."""
    own = Membership.objects.confirmed().filter(person=getattr(reader, "pk", None))
    names = own.order_by("alliance__code_name").values_list("alliance__audience", "alliance__code_name")
    return [(token, _("The team of %(name)s") % {"name": name}) for token, name in names]


def sentence(token: str) -> str:
    """Who sees what carries the token."""
    return _("The team of %(name)s sees this, nobody else.") % {"name": _name(token)}


def short(token: str) -> str:
    """The same in a word or two."""
    return _("team of %(name)s only") % {"name": _name(token)}


def _name(token: str) -> str:
    return Alliance.objects.filter(audience=token).values_list("code_name", flat=True).first() or token
