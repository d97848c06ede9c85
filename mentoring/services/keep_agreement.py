"""The agreement of a pair: a first text, changes that clear both signatures, and signing what one has read.

Every version stays: a change is a new row without signatures, so that what was signed once can still be read. The first
text follows letter and goals until somebody signs it, so whoever acts says by digest which words they have read.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import facts
from core.services.record import record
from mentoring.agreement_text import first_text
from mentoring.models import Agreement, Mentorship
from mentoring.pair_notices import tell_pair
from mentoring.services.pair_checks import NUL, begin, locked_pair
from people.models import User

TEXT_LENGTH = 6_000
RHYTHM = gettext_lazy("weekly for four weeks, then fortnightly")


def agreement_of(pair: Mentorship) -> Agreement:
    """The newest version; the first text, neither stored nor rendered, where nobody has signed or changed it yet."""
    found: Agreement | None = Agreement.objects.filter(mentorship=pair).order_by("-version").first()
    return found if found is not None else _first(pair)


@transaction.atomic
def change_agreement(*, actor: User, mentorship_id: int, text: str, seen: int, digest: str) -> bool:
    """Another text, and no signature; False where nothing changed. `seen` and `digest` are what the actor began with."""
    pair = locked_pair(actor, mentorship_id)
    _check(text)
    now = agreement_of(pair)
    if (now.version, now.digest) != (seen, digest):
        raise ValidationError(_("The other one has changed the text meanwhile. Read it, then change it."))
    if now.text == text:
        return False
    changed = Agreement(
        mentorship=pair, version=now.version + 1, text=text, edited_by=actor, edited=timezone.now()
    )
    changed.render_texts()
    changed.save()
    record(actor=actor, action="agreement.change", target=changed, private_fields=["text"])
    tell_pair(pair, "agreement_changed", actor=actor, key=f"agreement:{changed.pk}")
    return True


@transaction.atomic
def sign_agreement(*, actor: User, mentorship_id: int, version: int, digest: str) -> bool:
    """Puts the actor's name under the words they read; True where both have signed now."""
    pair = locked_pair(actor, mentorship_id)
    agreement = agreement_of(pair)
    if (agreement.version, agreement.digest) != (version, digest):
        raise ValidationError(_("The text has changed since you read it. Read it again, then sign."))
    field = "signed_mentee" if actor.pk == pair.mentee_id else "signed_mentor"
    if getattr(agreement, field) is not None:
        return agreement.signed_on is not None
    setattr(agreement, field, timezone.now())
    if agreement.pk is None:
        agreement.render_texts()
    agreement.save()
    record(actor=actor, action="agreement.sign", target=agreement, private_fields=[field])
    both = agreement.signed_on is not None
    verb = "agreement_signed" if both else "agreement_waits"
    tell_pair(pair, verb, actor=actor, key=f"agreement:{agreement.pk}:{verb}")
    if both:
        begin(pair)
        facts.publish(facts.AgreementSigned(agreement_id=agreement.pk))
    return both


def _first(pair: Mentorship) -> Agreement:
    text = first_text(
        mentee=pair.mentee.name,
        mentor=pair.mentor.name,
        cadence=str(RHYTHM),
        begins=pair.began,
        ends=pair.due_end,
        goals=list(pair.goals.values_list("title", flat=True)),
    )
    return Agreement(mentorship=pair, text=text, version=1, edited=timezone.now())


def _check(text: str) -> None:
    if not text.strip() or len(text) > TEXT_LENGTH or NUL in text:
        raise ValidationError(
            {"text": _("Write what you agree, at most %(most)d characters.") % {"most": TEXT_LENGTH}}
        )
