"""What waits for a reader: lessons to screen, to validate, to send to a play, and what owners of plays answer for.

One list, the most urgent first, each row with the one act it waits for. The number of queries does not depend on how
much waits: each kind is counted, and only its most urgent rows are read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.pagination import keyset_page
from lessons.choices import Uptake
from lessons.deadlines import routing_due, screening_due, validation_due
from lessons.models import Lesson, LessonRoute
from lessons.route_rules import answerable, checkable
from lessons.rules import routable, screenable, validatable

PAGE = 30
SOON = timedelta(days=7)


class Task(StrEnum):
    """What a row waits for."""

    SCREEN = "screen"
    VALIDATE = "validate"
    ROUTE = "route"
    EMBED = "embed"
    CHECK = "check"


LABELS = {
    Task.SCREEN: gettext_lazy("To screen"),
    Task.VALIDATE: gettext_lazy("To validate"),
    Task.ROUTE: gettext_lazy("To send to a play"),
    Task.EMBED: gettext_lazy("To take up in a play"),
    Task.CHECK: gettext_lazy("Effect to check"),
}
ACTS = {
    Task.SCREEN: gettext_lazy("Screen"),
    Task.VALIDATE: gettext_lazy("Validate"),
    Task.ROUTE: gettext_lazy("Choose a play"),
    Task.EMBED: gettext_lazy("Decide"),
    Task.CHECK: gettext_lazy("Check the effect"),
}
OF_LESSONS = (Task.SCREEN, Task.VALIDATE, Task.ROUTE)
NOT_IN_ROWS = ("planned", "happened", "recommendation", "impact_relationship", "evidence", "rendered")


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing to do; `url` is where it is done."""

    task: Task
    lesson: Lesson
    url: str
    due: date
    play: str = ""

    @property
    def label(self) -> str:
        """What it waits for."""
        return str(LABELS[self.task])

    @property
    def act(self) -> str:
        """The verb on its button."""
        return str(ACTS[self.task])

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed."""
        return self.due < timezone.localdate()


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """Rows that are as urgent as each other."""

    key: str
    title: str
    rows: list[WorkRow]


@dataclass(frozen=True, slots=True)
class WorkTab:
    """One kind of work with its count."""

    key: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Worklist:
    """The page. `next_cursor` and `previous_cursor` exist where one kind is chosen."""

    tabs: list[WorkTab]
    groups: list[WorkGroup]
    total: int
    is_cut: bool
    next_cursor: str | None = None
    previous_cursor: str | None = None


def worklist(reader: object, chosen: str = "", cursor: str | None = None) -> Worklist:
    """What waits for the reader, of one kind where it is chosen; an unknown kind shows everything."""
    counts = {task: _waiting(task, reader).count() for task in Task}
    tabs = [WorkTab("", _("Everything"), sum(counts.values()), chosen not in counts)]
    tabs += [WorkTab(task, str(LABELS[task]), counts[task], chosen == task) for task in Task]
    if chosen in counts:
        task = Task(chosen)
        page = keyset_page(
            _waiting(task, reader), by=_since(task), cursor=cursor, size=PAGE, descending=False
        )
        groups = _grouped(_row(task, found) for found in page.rows)
        return Worklist(tabs, groups, counts[task], False, page.next_cursor, page.previous_cursor)
    rows = sorted(_most_urgent(reader), key=lambda row: (row.due, row.task, row.lesson.pk))
    return Worklist(tabs, _grouped(rows[:PAGE]), sum(counts.values()), sum(counts.values()) > PAGE)


def count_waiting(reader: object) -> int:
    """How much the worklist holds for the reader. One query, whatever the kinds."""
    first, *others = (_waiting(task, reader).order_by().values("pk") for task in Task)
    return first.union(*others, all=True).count()


def next_review(reader: object, preferred: str = "") -> str:
    """The address of the next lesson the reader reviews, of the preferred kind first; empty where none waits."""
    tasks = sorted((Task.SCREEN, Task.VALIDATE), key=lambda task: task != preferred)
    for task in tasks:
        found = _waiting(task, reader).order_by(_since(task), "pk").first()
        if found is not None:
            return _row(task, found).url
    return ""


def _most_urgent(reader: object) -> Iterable[WorkRow]:
    for task in Task:
        for found in _waiting(task, reader).order_by(_since(task), "pk")[:PAGE]:
            yield _row(task, found)


def _waiting(task: Task, reader: object) -> QuerySet[Any]:
    if task in OF_LESSONS:
        return _lessons(task, reader).select_related("phase").defer(*NOT_IN_ROWS)
    routes = answerable if task == Task.EMBED else checkable
    return routes(LessonRoute.objects.with_all(), reader)


def _lessons(task: Task, reader: object) -> QuerySet[Lesson]:
    rows = Lesson.objects.visible_to(reader)
    if task == Task.SCREEN:
        return screenable(rows, reader).annotate(since=Coalesce("submitted", "created"))
    if task == Task.VALIDATE:
        return validatable(rows, reader).annotate(since=Coalesce("screened", "created"))
    unrouted = routable(rows, reader).filter(uptake=Uptake.NONE, routes=None)
    return unrouted.annotate(since=Coalesce("published", "created"))


def _since(task: Task) -> str:
    return "since" if task in OF_LESSONS else "due"


def _row(task: Task, found: Any) -> WorkRow:
    if task in OF_LESSONS:
        name = "lessons:route" if task == Task.ROUTE else "lessons:review"
        url = reverse(name, args=[found.key])
        return WorkRow(task, found, url, DUE[task](_day(found.since)))
    address = reverse("lessons:answer", args=[found.pk])
    return WorkRow(task, found.lesson, address, found.due, f"{found.play.code} {found.play.title}")


DUE: dict[Task, Callable[[date], date]] = {
    Task.SCREEN: screening_due,
    Task.VALIDATE: validation_due,
    Task.ROUTE: routing_due,
}


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _grouped(rows: Iterable[WorkRow]) -> list[WorkGroup]:
    today = timezone.localdate()
    found = list(rows)
    late = [row for row in found if row.is_overdue]
    soon = [row for row in found if today <= row.due <= today + SOON]
    later = [row for row in found if row.due > today + SOON]
    groups = [
        WorkGroup("overdue", _("Overdue"), late),
        WorkGroup("soon", _("Due within a week"), soon),
        WorkGroup("later", _("Later"), later),
    ]
    return [group for group in groups if group.rows]
