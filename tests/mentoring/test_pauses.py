"""No day of a pause is held against a pair: not when it goes on after a long one, nor after several."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from mentoring.choices import SessionState
from mentoring.days import current_day
from mentoring.health import Health, ReasonCode, health_of
from mentoring.models import Mentorship
from mentoring.services.pause_pair import pause_pair, resume_pair
from mentoring.services.take_snapshots import facts_of
from tests.mentoring.pair_factories import PairFactory, TalkFactory

pytestmark = pytest.mark.django_db
BEGAN = date(2026, 1, 5)


def on(day: int) -> time_machine.travel:
    """The day of the pair's life, at noon."""
    return time_machine.travel(
        datetime.combine(BEGAN, datetime.min.time(), UTC) + timedelta(days=day, hours=12), tick=False
    )


@pytest.fixture
def pair() -> Mentorship:
    """Signed nothing, talked once on day 10; day 20 is booked."""
    with on(0):
        made: Mentorship = PairFactory()
        TalkFactory(mentorship=made, days=10, state=SessionState.HELD)
        TalkFactory(mentorship=made, days=20, state=SessionState.HELD)
    return made


def rest(pair: Mentorship, first: int, last: int) -> None:
    with on(first):
        assert pause_pair(actor=pair.mentee, mentorship_id=pair.pk)
    with on(last):
        assert resume_pair(actor=pair.mentor, mentorship_id=pair.pk)
    pair.refresh_from_db()


def health(pair: Mentorship, day: int) -> Health:
    with on(day):
        (found,) = facts_of([pair], current_day())
        return health_of(found)


def codes(found: Health) -> set[ReasonCode]:
    return {reason.code for reason in found.reasons}


def test_a_pair_that_goes_on_after_a_long_pause_is_not_silent(pair: Mentorship) -> None:
    assert ReasonCode.SILENT in codes(health(pair, 95))
    rest(pair, 25, 95)
    assert codes(health(pair, 95)) == {ReasonCode.NO_AGREEMENT}
    assert ReasonCode.SILENT not in codes(health(pair, 95 + 39))
    assert [one.number for one in health(pair, 95 + 40).reasons if one.code is ReasonCode.SILENT] == [45]


def test_several_pauses_add_up(pair: Mentorship) -> None:
    rest(pair, 25, 60)
    rest(pair, 62, 120)
    assert pair.counted(BEGAN) == pair.counted_from
    assert pair.counted(BEGAN + timedelta(days=20)) == BEGAN + timedelta(days=20 + 35 + 58)
    assert ReasonCode.SILENT not in codes(health(pair, 120))


def test_a_pause_before_a_talk_does_not_move_it(pair: Mentorship) -> None:
    rest(pair, 12, 18)
    assert pair.counted(BEGAN + timedelta(days=20)) == BEGAN + timedelta(days=20)
    assert ReasonCode.SILENT in codes(health(pair, 65))


def test_what_was_missed_in_a_pause_was_not_missed(pair: Mentorship) -> None:
    with on(0):
        for day in (30, 40):
            TalkFactory(mentorship=pair, days=day, state=SessionState.MISSED)
    assert ReasonCode.MISSED in codes(health(pair, 41))
    rest(pair, 25, 50)
    assert ReasonCode.MISSED not in codes(health(pair, 50))


def test_without_a_first_talk_only_days_that_count_make_it_red() -> None:
    with on(0):
        pair = PairFactory()
    rest(pair, 5, 90)
    assert ReasonCode.NO_FIRST_TALK not in codes(health(pair, 90 + 24))
    assert ReasonCode.NO_FIRST_TALK in codes(health(pair, 90 + 25))
