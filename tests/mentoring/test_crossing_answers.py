"""Two mentors who answer at once and whose mentees' next choices cross: both come through, on two connections.

The first takes the last place of one mentor and leads whoever else waits there on to the other mentor; the second does the
same the other way round. Each holds what the other wants, PostgreSQL ends one of them, and that one begins anew.
"""

from collections.abc import Callable
from threading import Barrier, get_ident
from typing import Any

import pytest
from django.db import OperationalError, transaction

from core.services.again import ATTEMPTS, again_after_deadlock
from mentoring.choices import RequestState
from mentoring.models import MatchRequest, Mentorship
from mentoring.services import answer_request
from mentoring.services.answer_request import accept_request
from mentoring.services.send_request import send_request
from people.models import User
from tests.mentoring.market import make_mentee, make_mentor

AtOnce = Callable[[int, Callable[[int], Any]], list[Any]]


class DeadlockDetected(Exception):
    """What the driver raises."""

    sqlstate = "40P01"


def lost(state: str) -> OperationalError:
    cause = DeadlockDetected()
    cause.sqlstate = state
    error = OperationalError("lost")
    error.__cause__ = cause
    return error


@pytest.mark.django_db(transaction=True)
def test_a_service_begins_anew_a_bounded_number_of_times() -> None:
    calls: list[int] = []

    @again_after_deadlock
    @transaction.atomic
    def act(*, losses: int, state: str = "40P01") -> str:
        calls.append(losses)
        if len(calls) <= losses:
            raise lost(state)
        return "done"

    assert act(losses=ATTEMPTS - 1) == "done"
    assert len(calls) == ATTEMPTS
    for losses, state, tried in ((ATTEMPTS, "40P01", ATTEMPTS), (1, "08006", 1)):
        calls.clear()
        with pytest.raises(OperationalError):
            act(losses=losses, state=state)
        assert len(calls) == tried
    calls.clear()
    with pytest.raises(OperationalError), transaction.atomic():
        act(losses=1)
    assert len(calls) == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_answers_whose_next_choices_cross_both_come_through(
    at_once: AtOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    mentors = [make_mentor("Amara Osei"), make_mentor("Lena Vogt")]
    asked = [_asked(mentor, other) for mentor, other in (mentors, mentors[::-1])]
    barrier, settle, met = Barrier(2), answer_request._settle_siblings, set[int]()

    def wait_then_settle(accepted: MatchRequest) -> None:
        """Both hold their own mentor before either reaches for the other; only the first time."""
        if get_ident() not in met:
            met.add(get_ident())
            barrier.wait(timeout=20)
        settle(accepted)

    monkeypatch.setattr(answer_request, "_settle_siblings", wait_then_settle)

    def act(number: int) -> bool:
        return accept_request(mentor=mentors[number], request_id=asked[number].pk) is not None

    def see(_number: int) -> tuple[int, list[str]]:
        return Mentorship.objects.count(), sorted(MatchRequest.objects.values_list("state", flat=True))

    assert at_once(2, act) == [True, True]
    ((pairs, states),) = at_once(1, see)
    assert pairs == 2
    assert states.count(RequestState.ACCEPTED) == 2
    assert RequestState.SENT not in states


def _asked(mentor: User, other: User) -> MatchRequest:
    """A request that will be accepted, beside one that is then led on to the other mentor."""
    send_request(mentee=make_mentee(), mentor_id=mentor.pk, message="", choices=[other.pk])
    return send_request(mentee=make_mentee(), mentor_id=mentor.pk, message="")
