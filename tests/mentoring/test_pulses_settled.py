"""When the pulses of day thirty are over for somebody who has more than one mentorship."""

from datetime import UTC, datetime

import pytest

from mentoring.models import Pulse
from mentoring.pulses import pulses_settled
from tests.mentoring.pair_factories import PairFactory

pytestmark = pytest.mark.django_db


def test_pulses_are_settled_in_one_pair_whatever_those_of_another_are() -> None:
    now, pair = datetime(2026, 12, 3, 9, 0, tzinfo=UTC), PairFactory()
    other = PairFactory(mentee=pair.mentee, programme__name="Winter cohort")
    for one in (pair, other):
        for person in (one.mentee, one.mentor):
            Pulse.objects.create(mentorship=one, person=person, day=30, asked=now)
    Pulse.objects.filter(mentorship=pair, person=pair.mentee).update(answered=now)
    Pulse.objects.filter(mentorship=other, person=other.mentor).update(answered=now)
    assert pulses_settled([pair.mentee_id], now) == frozenset()
    Pulse.objects.update(answered=now)
    assert pulses_settled([pair.mentee_id], now) == {pair.mentee_id}
