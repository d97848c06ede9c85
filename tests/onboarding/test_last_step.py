"""The last step: who learns that it is done and reads what came of it, on which day its self-check opens, and its trail."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from core import facts
from core.models import AuditEntry
from mentoring.models import Mentorship
from onboarding.choices import JourneyState
from onboarding.mentee_panel import steps_of
from onboarding.models import Journey, Step
from onboarding.reading.manager import progress_of
from onboarding.services.close_path import keep_last_check, keep_outcome
from onboarding.services.finish_step import finish_step
from onboarding.step_receivers import check_taken
from people.data import Panel
from people.models import Profile, User
from tests.mentoring.pair_factories import PairFactory
from tests.onboarding.appointing import MONDAY, client_of
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def finish(person: User, *, but: str) -> None:
    for code in (f"S{number}" for number in range(1, 15)):
        if code != but:
            finish_step(person_id=person.pk, code=code, kind="act", object_id=1)


def own_last(person: User) -> Step:
    return Step.objects.get(journey__person=person, template__code="S14")


def read_by(person: User, pair: Mentorship) -> str:
    return client_of(person).get(pair.get_absolute_url()).content.decode()


def last_in(panel: Panel) -> bool:
    """Whether the panel tells how the last step stands."""
    return "S14" not in panel.context["untold"]


def test_whether_the_check_was_taken_again_shows_to_nobody_before_the_end(newcomer: User) -> None:
    pair = PairFactory.create(mentee=newcomer)
    manager, facilitator = newcomer.profile.manager, UserFactory.create(roles=("facilitator",))
    assert manager is not None
    finish(newcomer, but="S13")
    Step.objects.filter(journey__person=newcomer, template__code="S14").update(state="open", done=None)
    seen = []
    for state in ("open", "done"):
        Step.objects.filter(journey__person=newcomer, template__code="S14").update(state=state)
        panel = steps_of(newcomer.pk, pair.mentor_id, pair.mentor)
        progress = progress_of(manager, newcomer.pk)
        assert panel is not None
        assert progress is not None
        line = client_of(facilitator).get(reverse("onboarding:path")).context["steps"][-1]
        seen.append((last_in(panel), panel.context["outcome"], progress.done, progress.total, line.told))
    assert seen == [(False, "", 11, 12, False)] * 2
    assert not AuditEntry.objects.filter(action="step.finish", object_id=str(own_last(newcomer).pk)).exists()


def test_a_path_that_ended_without_the_last_step_tells_neither_half(newcomer: User) -> None:
    pair = PairFactory.create(mentee=newcomer)
    finish(newcomer, but="S14")
    keep_outcome(person=newcomer, outcome="I ask earlier.", goes_on="peers")
    Step.objects.filter(journey__person=newcomer, template__code="S14").update(state="skipped")
    Journey.objects.update(state=JourneyState.COMPLETED, completed=MONDAY)
    panel = steps_of(newcomer.pk, pair.mentor_id, pair.mentor)
    assert panel is not None
    assert (last_in(panel), panel.context["outcome"]) == (False, "")


def ended(pair: Mentorship, at: datetime) -> None:
    Mentorship.objects.filter(pk=pair.pk).update(state="closed", began=MONDAY.date(), ended=at)


def test_a_former_mentor_does_not_read_what_came_of_a_later_pair(newcomer: User) -> None:
    told, over = MONDAY + timedelta(days=80), MONDAY + timedelta(days=90)
    pairs = []
    for day in (40, 85, 200):
        pairs.append(PairFactory.create(mentee=newcomer, mentor=UserFactory.create()))
        ended(pairs[-1], MONDAY + timedelta(days=day))
    pairs.append(PairFactory.create(mentee=newcomer, mentor=UserFactory.create()))
    finish(newcomer, but="S14")
    with time_machine.travel(told, tick=False):
        keep_outcome(person=newcomer, outcome="A first thought.", goes_on="closes")
    with time_machine.travel(over, tick=False):
        keep_last_check(person_id=newcomer.pk)
    assert ["A first thought." in read_by(pair.mentor, pair) for pair in pairs] == [False, True, True, True]


def test_words_that_were_changed_later_are_for_the_mentor_of_that_day(newcomer: User) -> None:
    pair = PairFactory.create(mentee=newcomer)
    ended(pair, MONDAY + timedelta(days=70))
    finish(newcomer, but="S14")
    for day in (65, 80):
        with time_machine.travel(MONDAY + timedelta(days=day), tick=False):
            keep_outcome(person=newcomer, outcome=f"Day {day} taught me.", goes_on="peers")
    with time_machine.travel(MONDAY + timedelta(days=85), tick=False):
        keep_last_check(person_id=newcomer.pk)
    assert "taught me" not in read_by(pair.mentor, pair)


def test_the_trail_says_how_the_pair_was_to_go_on_before(newcomer: User) -> None:
    for goes_on in ("peers", "closes"):
        keep_outcome(person=newcomer, outcome="I ask earlier.", goes_on=goes_on)
    trail = AuditEntry.objects.filter(action="journey.outcome").order_by("pk")
    assert [entry.changes["goes_on"] for entry in trail] == [["", "peers"], ["peers", "closes"]]


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_last_check_opens_on_the_sixtieth_day_by_the_clock_of_its_person(
    newcomer: User, zone: str
) -> None:
    Profile.objects.filter(user=newcomer).update(time_zone=zone)
    Journey.objects.update(days_paused=2)
    finish_step(person_id=newcomer.pk, code="S5", kind="self_check", object_id=newcomer.pk)
    opens = datetime(2027, 1, 3, tzinfo=ZoneInfo(zone))
    for moment, is_open in ((opens - timedelta(minutes=1), False), (opens, True)):
        with time_machine.travel(moment, tick=False):
            page = client_of(newcomer).get(reverse("onboarding:step", args=["S14"])).content.decode()
            check_taken(facts.SelfCheckTaken(person_id=newcomer.pk))
        assert ("Take it now" in page) == is_open
        assert ("Opens on 3 January" in page) == (not is_open)
        assert own_last(newcomer).evidence.filter(kind="self_check").exists() == is_open
