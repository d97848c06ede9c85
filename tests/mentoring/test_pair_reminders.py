"""Reminders of a pair over real SMTP: worded by the letters, in turn with all that waits, silent once no longer true."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.content import read_yaml
from mentoring.choices import PairState
from mentoring.clock import run_mentoring_clock
from mentoring.dates import possible_times
from mentoring.letter_slot import letter_turns
from mentoring.models import Mentorship, Pulse
from mentoring.pair_letters import GROUP, pulse_targets
from mentoring.pulses import pulses_settled
from mentoring.services.answer_pulse import answer_pulse
from mentoring.services.remind_pairs import remind_pairs
from notifications.api import send_waiting_mail
from notifications.models import Notice
from notifications.services.save_settings import save_settings
from onboarding.models import Letter, Nudge
from people.models import User
from tests.mentoring.pair_factories import PairFactory, TalkFactory
from tests.notifications.smtp import Mailbox, part, smtp_server
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
MOST = 2


@pytest.fixture(autouse=True)
def letters() -> None:
    """As facilitators find them."""
    for entry in read_yaml(settings.CONTENT_DIR / "onboarding.yaml")["letters"]:
        words = {"subject": entry["subject"], "body": entry["body"]}
        Letter.objects.update_or_create(key=entry["key"], defaults=words)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real server."""
    with smtp_server() as box:
        yield box


@pytest.fixture
def pair() -> Mentorship:
    """A pair that began on a Monday."""
    with time_machine.travel(MONDAY, tick=False):
        made: Mentorship = PairFactory()
    return made


def live(begin: datetime, days: int, *, step: int = 3) -> None:
    """Lets days pass, the worker taking its turns every few hours."""
    for hour in range(0, 24 * days, step):
        now = begin + timedelta(hours=hour)
        with time_machine.travel(now, tick=False):
            run_mentoring_clock(now)
        with time_machine.travel(now + timedelta(minutes=11), tick=False):
            while send_waiting_mail():
                pass


def to(mailbox: Mailbox, person: User, words: str) -> list[str]:
    """The plain texts of the mails to somebody that say something, perhaps beside other things."""
    texts = [part(message, "plain") for message in mailbox.messages if message["To"] == person.email]
    return [text.replace("\r\n", "\n") for text in texts if words in text]


def days_of(mailbox: Mailbox, person: User, words: str) -> list[str]:
    """The days by the portal's clock on which somebody was mailed that."""
    mails = [one for one in mailbox.messages if one["To"] == person.email and words in part(one, "plain")]
    return [f"{parsedate_to_datetime(str(one['Date'])):%a %d}" for one in mails]


def test_a_pulse_is_mailed_on_its_day_and_not_again_where_the_week_has_no_more_room(
    pair: Mentorship, mailbox: Mailbox
) -> None:
    """The other place goes to the fortnight without a date, and a week later nobody waits for the pulse any more."""
    live(MONDAY + 2 * WEEK, 13)
    texts = to(mailbox, pair.mentee, "Three clicks about you and Amara Osei")
    assert days_of(mailbox, pair.mentee, "Three clicks about you") == ["Mon 16"]
    assert days_of(mailbox, pair.mentee, "have no date") == ["Mon 16"]
    assert "Dear Ilse," in texts[0]
    assert "/mentoring/pair/" in texts[0]
    assert "{" not in texts[0]
    assert "Only the coordinator reads the answer" in texts[0]


def test_an_answer_silences_its_reminders_and_drops_the_mail_that_waits(
    pair: Mentorship, mailbox: Mailbox
) -> None:
    day = MONDAY + 2 * WEEK
    with time_machine.travel(day, tick=False):
        run_mentoring_clock(day)
        answer_pulse(actor=pair.mentee, mentorship_id=pair.pk, fit="good", value=4)
    live(day + timedelta(minutes=15), 6)
    assert to(mailbox, pair.mentee, "Three clicks") == []
    assert to(mailbox, pair.mentor, "Three clicks")


def test_a_fortnight_without_a_date_is_said_to_both_with_times_that_suit_both(
    pair: Mentorship, mailbox: Mailbox
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        TalkFactory(mentorship=pair, days=1, state="held")
    live(MONDAY + timedelta(days=15), 3)
    for person, other in ((pair.mentee, "Amara Osei"), (pair.mentor, "Ilse Koster")):
        (text,) = to(mailbox, person, f"You and {other} have no date")
        assert "3 November" in text
        assert "Wednesday 18 November, 09:00" in text
        assert reverse("mentoring:propose", args=[pair.pk]) in text
        assert "/notices/stop/" in text
        assert "{" not in text


def test_a_date_that_was_found_before_the_mail_went_silences_it(pair: Mentorship, mailbox: Mailbox) -> None:
    now = MONDAY + timedelta(days=15)
    with time_machine.travel(now, tick=False):
        assert remind_pairs(now) == 2
        TalkFactory(mentorship=pair, days=2)
    with time_machine.travel(now + timedelta(minutes=11), tick=False):
        while send_waiting_mail():
            pass
    assert to(mailbox, pair.mentee, "have no date") == []


@pytest.mark.parametrize("state", [PairState.PAUSED, PairState.CLOSED])
def test_a_pair_that_rests_is_silent(pair: Mentorship, state: PairState) -> None:
    Mentorship.objects.update(state=state)
    with time_machine.travel(MONDAY + 3 * WEEK, tick=False):
        assert remind_pairs(MONDAY + 3 * WEEK) == 0
    assert not Notice.objects.exists()


def test_what_has_no_turn_does_not_go(pair: Mentorship, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(letter_turns, "_entries", {"no": lambda _who, key, _now: asked.append(key)})
    with time_machine.travel(MONDAY + timedelta(days=15), tick=False):
        run_mentoring_clock(MONDAY + timedelta(days=15))
    assert {key.split("-")[0] for key in asked} == {"pulse", "pair"}
    assert set(Notice.objects.values_list("verb", flat=True)) == {"pulse_due"}


def test_who_takes_no_mail_of_this_hears_the_bell_and_keeps_the_places_of_their_week(
    pair: Mentorship, mailbox: Mailbox
) -> None:
    for person in (pair.mentee, pair.mentor):
        save_settings(person=person, values={"mail_off": [GROUP.key]}, actor=person)
    live(MONDAY + 2 * WEEK, 8)
    assert mailbox.messages == []
    assert not Nudge.objects.exists()
    told = Notice.objects.filter(recipient=pair.mentee, bell=True).values_list("verb", flat=True)
    assert Counter(told) == {"pulse_due": 1, "pulse_reminder": 2, "pair_without_date": 1}
    assert remind_pairs(MONDAY + 3 * WEEK) == 0


def test_many_pulses_cost_as_much_as_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    mentor, made = UserFactory(profile={"languages": ["en"]}), []
    with time_machine.travel(MONDAY, tick=False):
        pairs = [PairFactory(mentor=mentor, days=14) for _number in range(5)]
        for pair in pairs:
            made.append(Pulse.objects.create(mentorship=pair, person=mentor, day=14, asked=MONDAY).pk)
        for ids in (made[:1], made):
            with django_assert_num_queries(1):
                assert list(pulse_targets(ids, mentor)) == ids


def test_times_lie_in_the_hours_of_both_on_three_days(pair: Mentorship) -> None:
    pair.mentor.profile.time_zone, pair.mentor.profile.working_days = "America/New_York", "246"
    found = possible_times((pair.mentee.profile, pair.mentor.profile), MONDAY)
    assert [one.strftime("%a %H:%M") for one in found] == ["Tue 14:00", "Thu 14:00", "Tue 14:00"]
    pair.mentor.profile.time_zone = "Asia/Kolkata"
    pair.mentee.profile.time_zone = "America/Los_Angeles"
    assert possible_times((pair.mentee.profile, pair.mentor.profile), MONDAY) == []


def test_pulses_of_day_thirty_are_settled_by_two_answers_or_by_a_week(pair: Mentorship) -> None:
    now = MONDAY + timedelta(days=31)
    asked = {"mentorship": pair, "day": 30, "asked": now}
    assert pulses_settled({pair.mentee_id: MONDAY.date()}, now) == frozenset()
    Pulse.objects.create(person=pair.mentee, answered=now, **asked)
    Pulse.objects.create(person=pair.mentor, **asked)
    assert pulses_settled({pair.mentee_id: MONDAY.date()}, now) == frozenset()
    assert pulses_settled({pair.mentee_id: MONDAY.date()}, now + WEEK) == {pair.mentee_id}
    Pulse.objects.update(answered=now)
    assert pulses_settled({pair.mentee_id: MONDAY.date()}, now) == {pair.mentee_id}
    assert pulses_settled({pair.mentor_id: MONDAY.date()}, now) == frozenset()
