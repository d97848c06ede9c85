"""How a path ends or falls asleep: silence and taking up again, the last step, the chart, the invitation to mentor."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import facts
from core.facts import deliver_waiting
from core.models import AuditEntry
from mentoring.choices import SessionState
from mentoring.models import MentorProfile
from notifications.api import send_waiting_mail
from onboarding.api import run_onboarding_clock, your_day
from onboarding.choices import AppointmentState, JourneyState, Source
from onboarding.models import Journey, Nudge, RoleAppointment, Step
from onboarding.services.close_path import keep_last_check, keep_outcome
from onboarding.services.finish_step import finish_step
from onboarding.services.invite_mentors import months_before
from onboarding.services.pause_journey import pause_journey
from onboarding.services.tell_no_contact import tell_no_contact
from onboarding.step_receivers import talk_held
from onboarding.week import week_has_room
from people.api import competences, take_self_check
from people.models import User
from people.roles import Role
from people.services.load_competences import load_competences
from tests.mentoring.pair_factories import PairFactory, TalkFactory
from tests.onboarding.appointing import MONDAY, client_of, tell
from tests.people.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("written")]
CODES = tuple(f"S{number}" for number in range(1, 15))


def journey_of(person: User) -> Journey:
    return Journey.objects.select_related("appointment").get(person=person)


def clock(day: int, *, hours: int = 0) -> None:
    """The clock and the post on a day of the path."""
    with time_machine.travel(MONDAY + timedelta(days=day, hours=hours), tick=False):
        run_onboarding_clock()
    with time_machine.travel(MONDAY + timedelta(days=day, hours=hours, minutes=30), tick=False):
        send_waiting_mail()


def subjects_to(person: User) -> list[str]:
    return [message.subject for message in mail.outbox if message.to == [person.email]]


SLEEPS = "We have put your path to sleep"


def test_sixty_silent_days_put_a_path_to_sleep_and_say_so_once(newcomer: User) -> None:
    clock(1)
    clock(59)
    assert journey_of(newcomer).state == JourneyState.ACTIVE
    for day in (63, 64, 65, 70):
        clock(day)
    assert journey_of(newcomer).state == JourneyState.LAPSED
    assert subjects_to(newcomer).count(SLEEPS) == 1
    letter = next(str(message.body) for message in mail.outbox if message.subject == SLEEPS)
    assert "no mark against you" in letter
    assert "/onboarding/" in letter
    assert AuditEntry.objects.filter(action="journey.lapse").count() == 1
    before = len(mail.outbox)
    for day in range(71, 90):
        clock(day)
    assert len(mail.outbox) == before
    assert your_day(newcomer) is None


def test_a_full_week_puts_sleep_off(newcomer: User) -> None:
    for hours in (1, 2):
        Nudge.objects.create(
            person=newcomer, letter="nudge_due", sent=MONDAY + timedelta(days=60, hours=hours)
        )
    clock(61)
    assert journey_of(newcomer).state == JourneyState.ACTIVE
    clock(68)
    assert journey_of(newcomer).state == JourneyState.LAPSED


@pytest.mark.parametrize("act", ["visit", "step page", "done", "talk", "leave"])
def test_what_breaks_the_silence(newcomer: User, act: str) -> None:
    with time_machine.travel(MONDAY + timedelta(days=30), tick=False):
        if act == "visit":
            client_of(newcomer).get(reverse("onboarding:journey"))
        elif act == "step page":
            client_of(newcomer).get(reverse("onboarding:step", args=["S9"]))
        elif act == "done":
            finish_step(person_id=newcomer.pk, code="S3", kind="topic", object_id=1)
        elif act == "talk":
            pair = PairFactory.create(mentee=newcomer)
            talk = pair.sessions.create(start=MONDAY, zone="UTC", host=newcomer, changed=MONDAY, state="held")
            talk_held(facts.SessionHeld(session_id=talk.pk))
        else:
            pause_journey(person=newcomer, on=date(2026, 12, 2))
    clock(61)
    assert journey_of(newcomer).state in (JourneyState.ACTIVE, JourneyState.PAUSED)


def test_one_button_takes_it_up_again_where_it_stopped(newcomer: User) -> None:
    finish_step(person_id=newcomer.pk, code="S1", kind="context", object_id=1)
    Journey.objects.update(last_act=MONDAY + timedelta(days=2))
    before = dict(Step.objects.undone().values_list("template__code", "due"))
    clock(64)
    with time_machine.travel(MONDAY + timedelta(days=80), tick=False):
        page = client_of(newcomer).get(reverse("onboarding:journey")).content.decode()
        assert "Go on where you stopped" in page
        client_of(newcomer).post(reverse("onboarding:resume"))
        journey = journey_of(newcomer)
        assert (journey.state, journey.day(date(2027, 1, 21))) == (JourneyState.ACTIVE, 2)
    after = dict(Step.objects.undone().values_list("template__code", "due"))
    assert all(after[code] >= before[code] + timedelta(days=78) for code in before)
    clock(82)
    assert journey_of(newcomer).state == JourneyState.ACTIVE


def test_a_second_sleep_is_told_again(newcomer: User) -> None:
    clock(1)
    clock(63)
    with time_machine.travel(MONDAY + timedelta(days=65), tick=False):
        client_of(newcomer).post(reverse("onboarding:resume"))
    clock(126, hours=1)
    assert subjects_to(newcomer).count(SLEEPS) == 2


def finish(person: User, *, but: str = "") -> None:
    for code in CODES:
        if code != but:
            finish_step(person_id=person.pk, code=code, kind="act", object_id=1)


def test_the_last_step_needs_both_halves_and_keeps_the_note_out_of_the_trail(newcomer: User) -> None:
    pair = PairFactory.create(mentee=newcomer)
    finish(newcomer, but="S14")
    client, url = client_of(newcomer), reverse("onboarding:close")
    refused = client.post(url, {"outcome": "A note that must not get lost", "goes_on": ""})
    assert refused.status_code == 422
    assert "A note that must not get lost" in refused.content.decode()
    assert client.post(url, {"outcome": "I ask earlier.", "goes_on": "closes"}).url == reverse(
        "mentoring:close", args=[pair.pk]
    )
    assert journey_of(newcomer).state == JourneyState.ACTIVE
    assert keep_last_check(person_id=newcomer.pk)
    assert journey_of(newcomer).state == JourneyState.COMPLETED
    trail = AuditEntry.objects.get(action="journey.outcome")
    assert "I ask earlier." not in str(trail.changes)
    assert client.post(url, {"outcome": "Too late", "goes_on": "peers"}).status_code == 302
    assert journey_of(newcomer).outcome == "I ask earlier."


def test_the_pair_reads_what_came_of_it_once_the_path_is_completed(newcomer: User) -> None:
    pair = PairFactory.create(mentee=newcomer)
    finish(newcomer, but="S14")
    keep_outcome(person=newcomer, outcome="I ask earlier.", goes_on="peers")
    for person in (newcomer, pair.mentor):
        assert "I ask earlier." not in client_of(person).get(pair.get_absolute_url()).content.decode()
    assert keep_last_check(person_id=newcomer.pk)
    for person in (newcomer, pair.mentor):
        assert "I ask earlier." in client_of(person).get(pair.get_absolute_url()).content.decode()
    manager = client_of(newcomer.profile.manager)
    page = manager.get(reverse("onboarding:managed", args=[newcomer.pk])).content.decode()
    assert "I ask earlier." not in page
    url = reverse("onboarding:close")
    assert manager.post(url, {"outcome": "Mine", "goes_on": "peers"}).status_code == 404


def checked(person: User, level: int, at: datetime) -> None:
    load_competences()
    codes = [one.code for one in competences()]
    with time_machine.travel(at, tick=False):
        take_self_check(
            person=person,
            levels=dict.fromkeys(codes, level),
            examples={code: "An example" for code in codes if level > 2},
            picks=codes[:2],
        )


def test_a_completed_path_shows_then_and_now_to_its_person(newcomer: User) -> None:
    checked(newcomer, 1, MONDAY)
    checked(newcomer, 3, MONDAY + timedelta(days=88))
    page = client_of(newcomer).get(reverse("onboarding:journey")).content.decode()
    assert "Then and now" not in page
    finish(newcomer)
    deliver_waiting()
    page = client_of(newcomer).get(reverse("onboarding:journey")).content.decode()
    assert "Then and now" in page
    assert "2 Nov 2026" in page
    assert "Your badge" in page
    for other in (newcomer.profile.manager, UserFactory.create(roles=("facilitator",))):
        assert "Then and now" not in client_of(other).get(reverse("onboarding:journey")).content.decode()


ASKED = "Eighteen months later: would you take someone on?"


@pytest.fixture
def completed(newcomer: User) -> User:
    clock(1)
    finish(newcomer)
    Journey.objects.filter(person=newcomer).update(completed=MONDAY + timedelta(days=90))
    return newcomer


def late(days: int) -> int:
    """So many days after the day on which 18 months are over: 31 July 2028."""
    return (date(2028, 7, 31) - MONDAY.date()).days + days


def test_both_are_told_that_the_path_is_completed_and_the_manager_of_no_self_check(completed: User) -> None:
    manager = completed.profile.manager
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        deliver_waiting()
    for day in (1, 2, 9):
        clock(day, hours=3)
    own = [str(message.body) for message in mail.outbox if message.to == [completed.email]]
    theirs = [str(message.body) for message in mail.outbox if message.to == [manager.email]]
    assert sum("You have done 14 of 14 steps" in body for body in own) == 1
    assert sum("Nia Newcomer has done 12 of 12 steps" in body for body in theirs) == 1
    assert not any("chart" in body for body in theirs)


def test_coordinators_learn_on_day_ten_of_who_has_met_no_mentor(newcomer: User) -> None:
    boss = newcomer.profile.manager
    boss.groups.add(Group.objects.get_or_create(name=Role.FACILITATOR)[0])
    other = UserFactory.create(roles=("facilitator",))
    words = "Nia Newcomer: day 10 without a talk with a mentor"
    clock(1, hours=3)
    clock(8, hours=3)
    assert words not in subjects_to(other)
    for day in (9, 10, 13, 20):
        clock(day, hours=3)
    assert subjects_to(other).count(words) == 1
    assert words not in [*subjects_to(boss), *subjects_to(newcomer)]


def test_the_letter_to_coordinators_is_offered_once_and_takes_no_place_of_their_week(newcomer: User) -> None:
    assert tell_no_contact(MONDAY + timedelta(days=10)) == 0
    other = UserFactory.create(roles=("facilitator",))
    days = (10, 10, 11, 13)
    assert [tell_no_contact(MONDAY + timedelta(days=day)) for day in days] == [1, 0, 0, 0]
    assert week_has_room(other, MONDAY + timedelta(days=10))
    assert not Nudge.objects.filter(person=other, by_mail=True).exists()


@pytest.mark.parametrize("reason", ["talked", "paused"])
def test_coordinators_are_not_rung_for_who_has_talked_or_is_on_leave(newcomer: User, reason: str) -> None:
    other = UserFactory.create(roles=("facilitator",))
    clock(1, hours=3)
    if reason == "talked":
        TalkFactory.create(mentorship=PairFactory.create(mentee=newcomer), state=SessionState.HELD)
    else:
        pause_journey(person=newcomer, on=MONDAY.date())
    for day in (9, 10, 13):
        clock(day, hours=3)
    assert not any("day 10" in subject for subject in subjects_to(other))


def test_eighteen_months_later_one_invitation_goes(completed: User) -> None:
    PairFactory.create(mentee=completed, mentor=UserFactory.create(name="Amara Mentor"))
    clock(late(-1))
    assert ASKED not in subjects_to(completed)
    for day in (0, 1, 30, 400):
        clock(late(day), hours=3)
    assert subjects_to(completed).count(ASKED) == 1
    letter = next(str(message.body) for message in mail.outbox if message.subject == ASKED)
    assert "Amara Mentor took time for you" in letter
    assert AuditEntry.objects.filter(action="journey.invite_mentor").count() == 1


@pytest.mark.parametrize("reason", ["mentors", "ended", "left", "full week"])
def test_who_is_not_invited(completed: User, reason: str) -> None:
    if reason == "mentors":
        MentorProfile.objects.create(person=completed, is_mentor=True)
    elif reason == "ended":
        RoleAppointment.objects.update(state=AppointmentState.ENDED)
    elif reason == "left":
        User.objects.filter(pk=completed.pk).update(is_active=False)
    else:
        for hours in (1, 2):
            sent = MONDAY + timedelta(days=late(0), hours=hours)
            Nudge.objects.create(person=completed, letter="digest", sent=sent)
    clock(late(1))
    assert ASKED not in subjects_to(completed)
    clock(late(14))
    assert (ASKED in subjects_to(completed)) == (reason == "full week")


@pytest.mark.parametrize(
    ("moment", "expected"), [((2028, 8, 31), (2027, 2, 28)), ((2027, 1, 5), (2025, 7, 5))]
)
def test_eighteen_months_before(moment: tuple[int, int, int], expected: tuple[int, int, int]) -> None:
    assert months_before(datetime(*moment, tzinfo=UTC), 18) == datetime(*expected, tzinfo=UTC)


def test_the_clock_asks_the_same_however_many_have_finished(completed: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            run_onboarding_clock()
        return len(asked)

    MentorProfile.objects.create(person=completed, is_mentor=True)
    with time_machine.travel(MONDAY + timedelta(days=late(5)), tick=False):
        run_onboarding_clock()
        alone = queries()
        for _number in range(3):
            other = MentorProfile.objects.create(person=UserFactory.create(), is_mentor=True).person
            tell(other, source=Source.NOMINATED)
            long_ago = MONDAY + timedelta(days=90)
            Journey.objects.filter(person=other).update(state=JourneyState.COMPLETED, completed=long_ago)
        assert queries() == alone
