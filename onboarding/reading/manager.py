"""What managers see of the paths of their own people: two counts, the talk that is theirs, and their own three questions.

No titles of other steps, no reasons, notes, ratings or requests are read here, so that none can be shown. The steps of
the self-checks are in no count: they would tell that one was taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from onboarding.choices import (
    MANAGED,
    OPEN_APPOINTMENTS,
    RESTING,
    UNTOLD,
    AppointmentState,
    JourneyState,
    Owner,
    StepState,
)
from onboarding.models import Journey, ManagerPulse, Step
from onboarding.tokens import confirm_path
from people.api import zone_of
from people.models import User

TALK_STEP = "S4"


@dataclass(frozen=True, slots=True)
class Talk:
    """The talk about objectives. `mine` and `theirs` say who has ticked it."""

    due: date
    done: bool
    mine: bool
    theirs: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """One of the manager's people."""

    person: User
    since: date
    done: int
    overdue: int
    total: int
    is_unconfirmed: bool
    is_over: bool
    can_end: bool
    confirm_url: str
    talk: Talk | None
    pulse_waits: bool


def people_of(manager: User) -> list[Progress]:
    """The paths of the people who report to a manager, the newest first. Three queries."""
    return _progress(
        Journey.objects.filter(person__profile__manager=manager, person__is_active=True), manager
    )


def progress_of(manager: User, person_id: int) -> Progress | None:
    """The same of one person; None where they are not the manager's or have no path."""
    rows = Journey.objects.filter(person__profile__manager=manager, person__is_active=True, person=person_id)
    return next(iter(_progress(rows, manager)), None)


def _progress(rows: QuerySet[Journey], manager: User) -> list[Progress]:
    today = timezone.now().astimezone(zone_of(manager)).date()
    counts = ~Q(steps__template__code__in=UNTOLD)
    required = Q(steps__state=StepState.OPEN, steps__template__is_required=True, steps__due__lt=today)
    overdue = required & counts & ~Q(state__in=RESTING)
    counted = rows.filter(state__in=MANAGED).annotate(
        done=Count("steps", filter=Q(steps__state=StepState.DONE) & counts),
        overdue=Count("steps", filter=overdue),
        total=Count("steps", filter=counts),
    )
    journeys = list(counted.select_related("person__profile", "appointment"))
    talks = _talks(journeys)
    waiting = ManagerPulse.objects.waiting().visible_to(manager).filter(journey__in=journeys)
    asked = set(waiting.values_list("journey", flat=True))
    return [
        Progress(
            person=journey.person,
            since=journey.day_zero,
            done=journey.done,
            overdue=journey.overdue,
            total=journey.total,
            is_unconfirmed=journey.appointment.state == AppointmentState.UNCONFIRMED,
            confirm_url=confirm_path(journey.appointment_id, manager.pk),
            is_over=journey.state == JourneyState.COMPLETED,
            can_end=journey.appointment.state in OPEN_APPOINTMENTS,
            talk=talks.get(journey.pk),
            pulse_waits=journey.pk in asked,
        )
        for journey in journeys
    ]


def _talks(journeys: Sequence[Journey]) -> dict[int, Talk]:
    steps = Step.objects.filter(journey__in=journeys, template__code=TALK_STEP)
    return {
        step.journey_id: Talk(
            due=step.due,
            done=step.state == StepState.DONE,
            mine=Owner.MANAGER in step.ticks or step.state == StepState.DONE,
            theirs=Owner.PERSON in step.ticks or step.state == StepState.DONE,
        )
        for step in steps
    }
