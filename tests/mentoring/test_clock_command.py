"""`run_mentoring_clock`: what time does, at an hour that is named; a time it cannot read does nothing."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from mentoring.choices import RequestState
from mentoring.models import MatchRequest
from mentoring.services.send_request import send_request
from tests.mentoring.market import make_mentee, make_mentor

pytestmark = pytest.mark.django_db


def command(*words: str) -> str:
    """What the command says."""
    said = StringIO()
    call_command("run_mentoring_clock", *words, stdout=said)
    return said.getvalue()


@pytest.fixture
def asked() -> MatchRequest:
    """A request that waits for its answer."""
    return send_request(mentee=make_mentee(), mentor_id=make_mentor().pk, message="May I ask you?")


def test_where_nothing_is_due_nothing_is_done() -> None:
    assert command() == "0 done\n"


def test_a_request_ends_at_the_hour_that_is_named_and_only_once(asked: MatchRequest) -> None:
    assert command() == "0 done\n"
    asked.refresh_from_db()
    assert asked.state == RequestState.SENT
    later = (timezone.now() + timedelta(days=60)).isoformat()
    assert command("--at", later) != "0 done\n"
    asked.refresh_from_db()
    assert asked.state == RequestState.EXPIRED
    assert command("--at", later) == "0 done\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("tomorrow", "is no time such as"),
        ("2026-11-09T12:00", "has no zone"),
        ("2026-13-01T00:00+00:00", "is no time"),
    ],
)
def test_a_time_that_cannot_be_read_is_refused_and_does_nothing(
    text: str, sentence: str, asked: MatchRequest
) -> None:
    with pytest.raises(CommandError, match=sentence):
        command("--at", text)
    asked.refresh_from_db()
    assert asked.state == RequestState.SENT


def test_hours_are_read_with_their_zone(asked: MatchRequest) -> None:
    before = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M+05:00")
    assert command("--at", before) == "0 done\n"
