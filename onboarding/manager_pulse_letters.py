"""The letter to a manager about day 30. Once it is answered or cannot be any more, neither notice nor mail remains."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.api import target_kinds, verbs
from notifications.data import NoticeTarget, Paragraphs, TargetKind, Verb, says
from notifications.tokens import stop_path
from onboarding.letter_text import Filled, fill
from onboarding.letter_values import REMINDERS
from onboarding.models import Letter, ManagerPulse
from people.models import User

MANAGER_PULSE = "pulse_manager"


def _letters(ids: Collection[int], reader: object) -> dict[int, tuple[ManagerPulse, Filled]]:
    if not isinstance(reader, User):
        return {}
    rows = ManagerPulse.objects.answerable().visible_to(reader).filter(pk__in=ids)
    letter = Letter.objects.filter(key=MANAGER_PULSE).first()
    return {row.pk: (row, _written(row, reader, letter)) for row in rows.select_related("journey__person")}


def _written(row: ManagerPulse, reader: User, letter: Letter | None) -> Filled:
    person = row.journey.person
    plain = _("Day 30: one minute about the start of %(name)s") % {"name": person.name}
    if letter is None:
        return Filled(plain, ())
    values = {"manager_first_name": reader.get_short_name(), "first_name": person.get_short_name()}
    links = {
        "pulse_link": (_url(row), _("Answer now")),
        "unsubscribe_link": (stop_path(reader.pk, [REMINDERS]), _("Stop these mails")),
    }
    return fill(letter.subject, letter.body, values, links, plain_subject=plain)


def _url(row: ManagerPulse) -> str:
    return reverse("onboarding:manager_pulse", args=[row.journey.person_id])


def _targets(ids: Collection[int], reader: object) -> Mapping[int, NoticeTarget]:
    return {
        pk: NoticeTarget(filled.subject, _url(row)) for pk, (row, filled) in _letters(ids, reader).items()
    }


def _bodies(ids: Collection[int], reader: object) -> Mapping[int, Paragraphs]:
    return {pk: filled.paragraphs for pk, (_row, filled) in _letters(ids, reader).items()}


def register() -> None:
    """Called once when the app is ready."""
    verb = Verb(MANAGER_PULSE, REMINDERS, gettext_lazy("Three questions"), "circle-dot", says("%(title)s"))
    verbs.register(verb.key, verb)
    target_kinds.register(MANAGER_PULSE, TargetKind(MANAGER_PULSE, _targets, letters=_bodies))
