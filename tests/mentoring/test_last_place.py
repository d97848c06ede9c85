"""The last place goes to one of two mentees, on two connections, and one request is answered once. Real transactions."""

from collections.abc import Callable
from typing import Any

import pytest

from mentoring.choices import RequestState
from mentoring.models import MatchRequest, Mentorship
from mentoring.services.answer_request import accept_request
from mentoring.services.request_checks import AlreadyAnswered
from mentoring.services.send_request import send_request
from tests.mentoring.market import make_mentee, make_mentor

pytestmark = pytest.mark.django_db(transaction=True)
AtOnce = Callable[[int, Callable[[int], Any]], list[Any]]


def _accept(request: MatchRequest) -> str:
    try:
        pair = accept_request(mentor=request.mentor, request_id=request.pk)
    except AlreadyAnswered:
        return "late"
    return "made" if pair is not None else "full"


def test_two_accepts_of_the_last_place_make_one_pair(at_once: AtOnce) -> None:
    mentor = make_mentor()
    asked = [send_request(mentee=make_mentee(), mentor_id=mentor.pk, message="") for _ in range(2)]

    def act(number: int) -> tuple[str, int, list[str]]:
        answer = _accept(asked[number])
        return (
            answer,
            Mentorship.objects.count(),
            sorted(MatchRequest.objects.values_list("state", flat=True)),
        )

    answers = at_once(2, act)
    assert sorted(answer[0] for answer in answers) == ["late", "made"]
    assert {answer[1] for answer in answers} == {1}
    assert answers[0][2] == [RequestState.ACCEPTED, RequestState.SUPERSEDED]


def test_two_windows_of_one_mentor_accept_once(at_once: AtOnce) -> None:
    mentor = make_mentor(capacity=2)
    asked = send_request(mentee=make_mentee(), mentor_id=mentor.pk, message="")

    def act(_number: int) -> tuple[str, int]:
        return _accept(asked), Mentorship.objects.count()

    answers = at_once(2, act)
    assert sorted(answer[0] for answer in answers) == ["late", "made"]
    assert {answer[1] for answer in answers} == {1}
