"""Letters at the rests and at the end of a path, to its person and to their mentor, and what becomes of the pair meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import facts
from core.content import read_yaml
from mentoring.choices import Ending, PairState, SessionState
from mentoring.models import Goal, Mentorship
from mentoring.services.pause_pair import pause_pair
from notifications.api import send_waiting_mail, target_kinds
from onboarding.api import run_onboarding_clock
from onboarding.choices import JourneyState, Source, StepState
from onboarding.models import Journey, Nudge, RoleAppointment, Step
from onboarding.placeholders import PLACEHOLDER, USES
from onboarding.services.close_path import keep_last_check, keep_outcome
from onboarding.services.load_onboarding import FILE, load_onboarding
from onboarding.services.pause_journey import pause_journey, resume_journey
from onboarding.services.tell_ended import tell_ended
from people.models import User
from tests.mentoring.pair_factories import PairFactory, TalkFactory
from tests.onboarding.appointing import client_of, tell
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PAUSED, SLEEPS = "Your path is paused", "We have put your path to sleep"
BACK = "Welcome back: here is the one thing to do first"


@pytest.fixture(autouse=True)
def written() -> None:
    load_onboarding()


@pytest.fixture
def pair() -> Mentorship:
    """A newcomer and their mentor, who met once."""
    person = UserFactory.create(name="Nia Newcomer", profile={"manager": UserFactory.create()})
    with time_machine.travel(MONDAY, tick=False):
        tell(person, source=Source.NOMINATED, effective=MONDAY.date())
        made = PairFactory.create(mentee=person, mentor=UserFactory.create(name="Amara Osei"))
        TalkFactory.create(mentorship=made, days=0, state=SessionState.HELD)
    return made


def on_day(day: int) -> time_machine.travel:
    return time_machine.travel(MONDAY + timedelta(days=day), tick=False)


def letters_to(person: User, subject: str) -> list[str]:
    """Mails to a person that have a letter, alone or with others."""
    return [str(one.body) for one in mail.outbox if one.to == [person.email] and subject in str(one.body)]


def post() -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=30), tick=False):
        while send_waiting_mail():
            pass


def bell(key: str, reader: User) -> list[str]:
    """The lines that a reader finds under the bell for a letter."""
    ids = list(RoleAppointment.objects.values_list("pk", flat=True))
    return [target.title for target in target_kinds.get(f"letter_{key}").resolve(ids, reader).values()]


class TestRest:
    def test_a_leave_is_confirmed_and_rests_the_pair(self, pair: Mentorship) -> None:
        with on_day(9):
            assert pause_journey(person=pair.mentee, on=date(2026, 11, 11))
            post()
        (letter,) = letters_to(pair.mentee, PAUSED)
        assert "Since 11 November 2026 no date of your path runs" in letter
        assert "Amara Osei has been told" in letter
        pair.refresh_from_db()
        assert pair.state == PairState.PAUSED
        assert letters_to(pair.mentor, "Paused: you and Nia Newcomer")
        assert not Nudge.objects.filter(letter="paused").exists()

    def test_who_comes_back_reads_what_to_begin_with_and_of_the_next_talk(self, pair: Mentorship) -> None:
        with on_day(9):
            pause_journey(person=pair.mentee, on=date(2026, 11, 11))
            TalkFactory.create(mentorship=pair, days=14)
        assert bell("paused", pair.mentee) == [PAUSED]
        with on_day(19):
            assert resume_journey(person=pair.mentee, on=date(2026, 11, 21)) == 10
            post()
        (letter,) = letters_to(pair.mentee, BACK)
        first = Step.objects.filter(journey__person=pair.mentee, state=StepState.OPEN).order_by("due").first()
        assert first is not None
        assert f"Begin with this: {first.title}." in letter
        assert "Your next talk with Amara Osei is on 25 November" in letter
        assert (bell("paused", pair.mentee), bell("resumed", pair.mentee)) == ([], [BACK])
        pair.refresh_from_db()
        assert (pair.state, pair.paused_days) == (PairState.ACTIVE, 10)

    def test_a_pair_that_rested_before_goes_on_resting(self, pair: Mentorship) -> None:
        with on_day(5):
            pause_pair(actor=pair.mentor, mentorship_id=pair.pk)
        with on_day(9):
            pause_journey(person=pair.mentee, on=date(2026, 11, 11))
        with on_day(19):
            resume_journey(person=pair.mentee, on=date(2026, 11, 21))
        pair.refresh_from_db()
        assert pair.state == PairState.PAUSED

    def test_two_rests_of_one_day_are_confirmed_each(self, pair: Mentorship) -> None:
        for hours in (1, 2):
            with time_machine.travel(MONDAY + timedelta(hours=hours), tick=False):
                pause_journey(person=pair.mentee, on=MONDAY.date())
                post()
                resume_journey(person=pair.mentee, on=MONDAY.date())
        assert len(letters_to(pair.mentee, PAUSED)) == 2

    def test_without_a_mentor_none_is_named(self, pair: Mentorship) -> None:
        Mentorship.objects.all().delete()
        pause_journey(person=pair.mentee, on=MONDAY.date())
        post()
        (letter,) = letters_to(pair.mentee, PAUSED)
        assert "has been told" not in letter
        assert "{" not in letter


def fall_asleep(person: User) -> None:
    with on_day(63):
        run_onboarding_clock()
        post()
    assert Journey.objects.get(person=person).state == JourneyState.LAPSED


class TestSleep:
    def test_a_pair_as_silent_as_the_path_ends_without_fault_and_both_are_told(
        self, pair: Mentorship
    ) -> None:
        fall_asleep(pair.mentee)
        pair.refresh_from_db()
        assert (pair.state, pair.ending) == (PairState.CLOSED, Ending.NO_FAULT)
        for reader, other in ((pair.mentee, "Amara Osei"), (pair.mentor, "Nia Newcomer")):
            assert letters_to(reader, f"Ended, with thanks: you and {other}")
        (letter,) = letters_to(pair.mentee, SLEEPS)
        assert "Your pair with Amara Osei has ended with it" in letter
        with on_day(64):
            client = client_of(pair.mentee)
            client.post(reverse("onboarding:resume"))
            shown = client.get(reverse("onboarding:journey"))
        assert shown.context["proposals"] is not None

    @pytest.mark.parametrize("sign", ["talk ahead", "rests", "young"])
    def test_a_pair_with_a_sign_of_life_goes_on(self, pair: Mentorship, sign: str) -> None:
        if sign == "talk ahead":
            with on_day(62):
                TalkFactory.create(mentorship=pair, days=3)
        elif sign == "rests":
            with on_day(30):
                pause_pair(actor=pair.mentor, mentorship_id=pair.pk)
        else:
            Mentorship.objects.update(began=MONDAY.date() + timedelta(days=40))
        fall_asleep(pair.mentee)
        pair.refresh_from_db()
        assert pair.is_open
        (letter,) = letters_to(pair.mentee, SLEEPS)
        assert "has ended with it" not in letter

    def test_other_pairs_of_the_mentor_go_on(self, pair: Mentorship) -> None:
        with on_day(0):
            other = PairFactory.create(mentee=UserFactory.create(), mentor=pair.mentor)
        fall_asleep(pair.mentee)
        other.refresh_from_db()
        assert other.is_open


def complete(pair: Mentorship, *, goes_on: str = "continues") -> Journey:
    """The path of the mentee ends by its last step on day 87."""
    person = pair.mentee
    with on_day(87):
        steps = Step.objects.filter(journey__person=person)
        steps.exclude(template__code="S14").update(state=StepState.DONE)
        steps.filter(template__code="S14").update(state=StepState.OPEN)
        keep_outcome(person=person, outcome="I ask earlier.\nAnd more.", goes_on=goes_on)
        keep_last_check(person_id=person.pk)
        facts.deliver_waiting()
        post()
    return Journey.objects.get(person=person, state=JourneyState.COMPLETED)


class TestEnd:
    SUBJECT = "Nia has finished the 90 days, and so have you"

    def test_the_mentor_reads_numbers_and_what_came_of_it(self, pair: Mentorship) -> None:
        for title, progress in (("One", 100), ("Two", 40)):
            Goal.objects.create(mentorship=pair, title=title, progress=progress, created=MONDAY)
        complete(pair)
        (letter,) = letters_to(pair.mentor, self.SUBJECT)
        assert "Talks held: 1." in letter
        assert "Goals reached: 1 of 2." in letter
        assert "In Nia's words: I ask earlier." in letter
        assert "And more" not in letter
        assert "Your place is free again from 3 May 2027." in letter
        assert Nudge.objects.filter(person=pair.mentor, letter="closing_mentor").count() == 1

    def test_without_goals_and_with_a_pair_that_closes_nothing_untrue_is_said(self, pair: Mentorship) -> None:
        complete(pair, goes_on="closes")
        (letter,) = letters_to(pair.mentor, self.SUBJECT)
        assert "Goals" not in letter
        assert "free again" not in letter

    def test_a_path_that_ended_without_its_last_step_says_no_word_of_it(self, pair: Mentorship) -> None:
        journey = Journey.objects.get(person=pair.mentee)
        journey.outcome, journey.state, journey.completed = "I ask.", JourneyState.COMPLETED, MONDAY
        journey.save()
        with on_day(87):
            tell_ended(journey_id=journey.pk)
            post()
        (letter,) = letters_to(pair.mentor, self.SUBJECT)
        assert "I ask" not in letter

    def test_a_former_mentor_and_a_stranger_read_nothing(self, pair: Mentorship) -> None:
        former = UserFactory.create()
        with on_day(0):
            gone = PairFactory.create(mentee=pair.mentee, mentor=former, state=PairState.CLOSED)
        Mentorship.objects.filter(pk=gone.pk).update(ended=MONDAY + timedelta(days=20))
        complete(pair)
        assert bell("closing_mentor", pair.mentor) == [self.SUBJECT]
        for other in (former, pair.mentee, UserFactory.create(), UserFactory.create(roles=("facilitator",))):
            assert bell("closing_mentor", other) == []

    def test_six_endings_take_the_queries_of_one(self, pair: Mentorship) -> None:
        complete(pair)
        read = target_kinds.get("letter_closing_mentor").letters
        assert read is not None

        def reading() -> tuple[int, int]:
            ids = list(RoleAppointment.objects.values_list("pk", flat=True))
            with CaptureQueriesContext(connection) as asked:
                return len(read(ids, pair.mentor)), len(asked)

        found, alone = reading()
        assert found == 1
        for _number in range(5):
            with on_day(0):
                tell(person := UserFactory.create(), source=Source.NOMINATED)
                complete(PairFactory.create(mentee=person, mentor=pair.mentor))
        assert reading() == (6, alone)


def test_every_letter_of_the_starter_is_sent_or_filled_in_by_what_it_says() -> None:
    letters = {
        entry["key"]: f"{entry['subject']} {entry['body']}"
        for entry in read_yaml(settings.CONTENT_DIR / FILE)["letters"]
    }
    assert set(letters) == set(USES)
    for key in ("paused", "resumed", "lapsed", "closing_mentor"):
        assert set(PLACEHOLDER.findall(letters[key])) <= USES[key].names
