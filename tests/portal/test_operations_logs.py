"""One event is one line, whatever stands in it, and a request is one event."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.test import Client
from structlog.stdlib import ProcessorFormatter

from portal.logging import configuration, text_line
from tests.people.factories import UserFactory

FORGED = 'nice\n{"event": "forged", "level": "error"}\r\nmore\u2028end'


def written_by(style: str, level: str = "INFO") -> tuple[logging.Handler, io.StringIO]:
    """A handler with the portal's formatter and what it wrote."""
    options = dict(configuration(style=style, level=level)["formatters"]["line"])
    options.pop("()")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ProcessorFormatter(**options))
    return handler, stream


@pytest.fixture
def captured() -> Iterator[io.StringIO]:
    """What the root logger writes as JSON."""
    handler, stream = written_by("json")
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """The events."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_text_from_outside_cannot_forge_a_line(captured: io.StringIO) -> None:
    structlog.get_logger("commons.test").warning("searched", words=FORGED)
    logging.getLogger("plain").warning("searched %s", FORGED)
    assert [event["level"] for event in lines(captured)] == ["warning", "warning"]
    assert lines(captured)[0]["words"] == FORGED


def test_an_exception_is_one_line_with_its_trace(captured: io.StringIO) -> None:
    try:
        raise ValueError(FORGED)
    except ValueError:
        logging.getLogger("plain").exception("went wrong")
    (event,) = lines(captured)
    assert "Traceback" in event["exception"]
    assert "ValueError" in event["exception"]


def test_events_tell_when_who_and_how_bad(captured: io.StringIO) -> None:
    logging.getLogger("plain").error("went wrong")
    (event,) = lines(captured)
    assert event["timestamp"].endswith("Z")
    assert (event["logger"], event["level"], event["event"]) == ("plain", "error", "went wrong")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("plain", "plain"),
        ("two words", "'two words'"),
        ("a\nb", "'a\\nb'"),
        ('say "x"', "'say \"x\"'"),
        (7, "7"),
    ],
)
def test_text_lines_quote_what_needs_it(value: object, shown: str) -> None:
    assert text_line(None, "info", {"value": value}) == f"value={shown}"


def test_text_lines_begin_with_the_usual_keys() -> None:
    line = text_line(None, "info", {"who": "me", "event": "came", "level": "info", "timestamp": "now"})
    assert line == "timestamp=now level=info event=came who=me"


def test_a_request_is_one_event_without_the_browser(captured: io.StringIO) -> None:
    Client(headers={"user-agent": "Tell-tale/1.0"}).get("/health/live?words=joint%20plan")
    events = [event for event in lines(captured) if event["logger"].startswith("django_structlog")]
    assert [event["event"] for event in events] == ["request_finished"]
    assert events[0]["code"] == 200
    assert "Tell-tale" not in captured.getvalue()


def test_a_request_has_an_id_that_follows_it(captured: io.StringIO) -> None:
    Client().get("/health/live", headers={"x-request-id": "abc-123"})
    assert lines(captured)[0]["request_id"] == "abc-123"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/forums/ask/", False),
        ("/compose/drafts/", False),
        ("/lessons/new/", False),
        ("/lessons/L26/complete/", False),
        ("/lessons/", True),
        ("/people/", True),
    ],
)
def test_no_line_names_who_may_write_without_a_name(
    client: Client, captured: io.StringIO, address: str, names: bool
) -> None:
    client.force_login(UserFactory())
    client.get(address)
    events = [event for event in lines(captured) if address in str(event.get("request"))]
    assert events
    assert all(("user_id" in event) == names for event in events)
