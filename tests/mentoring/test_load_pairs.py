"""The pairs of the demo: one that is well, one about to be forgotten, and history enough for figures."""

import pytest

from core.models import StoredFact
from mentoring.choices import PairState, SessionState
from mentoring.health import Level
from mentoring.models import Agreement, HealthSnapshot, Mentorship, Pulse
from mentoring.reporting.cohort import Grouping
from mentoring.reporting.periods import Span, period_of
from mentoring.reporting.report import report
from mentoring.services.load_pairs import load_pairs
from mentoring.services.take_snapshots import take_snapshots
from notifications.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.world("starter")]


def test_two_pairs_run_one_green_and_one_amber() -> None:
    levels = {
        snapshot.mentorship.mentee.name: snapshot.level
        for snapshot in HealthSnapshot.objects.filter(mentorship__in=Mentorship.objects.open())
    }
    assert levels == {"Arjun Nair": Level.GREEN, "Dana Whitfield": Level.AMBER}
    green = Mentorship.objects.open().get(mentee__name="Arjun Nair")
    assert green.sessions.filter(state=SessionState.HELD).count() >= 6
    assert green.sessions.filter(state=SessionState.BOOKED).count() == 1
    assert green.goals.count() == 3
    assert Agreement.objects.get(mentorship=green).signed_on is not None
    assert Pulse.objects.filter(mentorship=green, answered__isnull=False).count() == 6


def test_loading_again_makes_nothing_and_a_new_day_asks_nobody_of_what_is_past() -> None:
    count, told = Mentorship.objects.count(), Notice.objects.count()
    assert load_pairs() == 0
    assert Mentorship.objects.count() == count
    take_snapshots()
    assert Notice.objects.count() == told


def test_who_has_a_mentor_by_now_keeps_them() -> None:
    pair = Mentorship.objects.open().get(mentee__name="Dana Whitfield")
    other = Mentorship.objects.open().get(mentee__name="Arjun Nair").mentor
    Mentorship.objects.filter(pk=pair.pk).update(mentor=other)
    assert load_pairs() == 0
    Mentorship.objects.filter(pk=pair.pk).update(state=PairState.CLOSED)
    assert load_pairs() == 1


def test_the_other_rooms_hear_of_pairs_that_run() -> None:
    began = StoredFact.objects.filter(name="mentorship_began").values_list("payload", flat=True)
    running = set(Mentorship.objects.open().values_list("pk", flat=True))
    assert {payload["mentorship_id"] for payload in began} == running


def test_the_reports_show_something() -> None:
    seen = report(period_of(Span.YEAR.value), Grouping.DIVISION)
    values = {one.kind.code: one.value for one in seen.figures}
    assert None not in values.values()
    assert [line.count for line in seen.funnel] == [14, 12, 7, 7, 7, 6, 5]
