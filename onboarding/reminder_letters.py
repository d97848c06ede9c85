"""The words of reminders, made when they are read or sent, from what is due then; what was done meanwhile is not said."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.api import groups, target_kinds, verbs
from notifications.data import NoticeGroup, NoticeTarget, Paragraphs, TargetKind, Verb, says
from onboarding.letter_text import Filled, fill
from onboarding.letter_values import REMINDERS, Links, links_of, values_of
from onboarding.models import Letter, Nudge
from onboarding.reading.due import Due, due_by_person
from people.api import zone_of
from people.models import User

REMINDER = "onboarding_reminder"
GROUP = NoticeGroup(
    REMINDERS,
    gettext_lazy("Reminders of your path"),
    gettext_lazy(
        "What is due in your first ninety days, or in those of your people; two mails a week at most."
    ),
)


def key_of(items: Sequence[Due], today: date) -> str:
    """Which letter says it."""
    if all(due.as_manager for due in items):
        return "nudge_manager"
    if len(items) > 1:
        return "digest"
    return "nudge_due" if items[0].step.due >= today else "nudge_overdue"


def _written(reader: User, items: Sequence[Due], letters: Mapping[str, Letter]) -> Filled:
    today = timezone.now().astimezone(zone_of(reader)).date()
    letter = letters.get(key_of(items, today))
    count = len(items)
    plain = ngettext("%d thing of your path is due", "%d things of your path are due", count) % count
    if letter is None:
        return Filled(plain, ())
    values, links = _values(reader, items, letter.key), _links(reader, items)
    return fill(letter.subject, letter.body, values, links, plain_subject=plain)


def _values(reader: User, items: Sequence[Due], key: str) -> dict[str, str]:
    first = items[0].step
    named = first.journey.person if key == "nudge_manager" else reader
    return values_of(first.journey.appointment, reader) | {
        "first_name": named.get_short_name(),
        "step_title": first.title,
        "next_step_title": first.title,
        "due_date": _day(first.due),
        "minutes": str(first.template.minutes),
        "common_obstacle": _("a full calendar"),
        "mentor_name": _("your mentor"),
        "due_count": str(len(items)),
        "due_list": "; ".join(_line(due) for due in items),
    }


def _line(due: Due) -> str:
    if due.as_manager:
        return _("your talk with %(name)s, %(day)s") % {
            "name": due.step.journey.person.name,
            "day": _day(due.step.due),
        }
    return f"{due.step.title}, {_day(due.step.due)}"


def _day(day: date) -> str:
    return date_format(day, "j F")


def _links(reader: User, items: Sequence[Due]) -> Links:
    first = items[0]
    if first.as_manager:
        return links_of(first.step.journey.appointment, reader)
    step = (first.step.get_absolute_url(), _("Open the step"))
    return links_of(first.step.journey.appointment, reader) | {
        "step_link": step,
        "next_step_link": step,
        "reschedule_link": step,
        "related_link": (reverse("forums:index"), _("The forum")),
    }


def _letters(ids: Collection[int], reader: object) -> dict[int, tuple[Filled, str]]:
    """The reader's own reminders as they read now; none of them once nothing is due any more."""
    if not isinstance(reader, User):
        return {}
    own = list(Nudge.objects.filter(pk__in=ids, person=reader).values_list("pk", flat=True))
    today = timezone.now().astimezone(zone_of(reader)).date()
    items = due_by_person(today, people=[reader.pk]).get(reader.pk, []) if own else []
    if not items:
        return {}
    filled = _written(reader, items, {letter.key: letter for letter in Letter.objects.all()})
    managing = all(due.as_manager for due in items)
    return dict.fromkeys(own, (filled, reverse("onboarding:manager" if managing else "onboarding:journey")))


def _targets(ids: Collection[int], reader: object) -> Mapping[int, NoticeTarget]:
    found = _letters(ids, reader)
    return {pk: NoticeTarget(filled.subject, url) for pk, (filled, url) in found.items()}


def _bodies(ids: Collection[int], reader: object) -> Mapping[int, Paragraphs]:
    return {pk: filled.paragraphs for pk, (filled, _url) in _letters(ids, reader).items()}


def register() -> None:
    """Called once when the app is ready."""
    if REMINDER in verbs:
        return
    groups.register(GROUP.key, GROUP)
    verbs.register(REMINDER, Verb(REMINDER, GROUP.key, gettext_lazy("Reminder"), "clock", says("%(title)s")))
    target_kinds.register(REMINDER, TargetKind(REMINDER, _targets, letters=_bodies))
