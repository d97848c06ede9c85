"""Faults between portal and server: each becomes one kind of exception, soon, and the breaker spares the rest."""

import socket
import time

import pytest
from pytest_django import Settings

from core.audiences import COMMUNITY
from core.timing import measured
from search.engines.base import EngineUnavailable
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_client import (
    UnfilteredQueryError,
    access_filter,
    ask,
    breaker,
    demand_filter,
)
from search.models import OutboxEntry
from search.parsing import parse_with
from search.queries import SearchQuery
from search.services import drain as draining
from search.services.find import search
from search.synonyms import SynonymTable
from tests.contracts.conftest import EMPLOYEE
from tests.search.odd_server import Mood, OddServer

pytestmark = pytest.mark.usefixtures("only_notes", "fresh_client")
TOKENS = frozenset({COMMUNITY})
BODY = {"query": {"bool": {"filter": [access_filter(TOKENS)]}}}
# What speaks against the server opens the breaker; a refusal of one query does not.
AGAINST_THE_SERVER = [mood for mood in Mood if mood is not Mood.REFUSING]
PATIENCE = 0.4 + 0.3


def closed_port() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return f"http://127.0.0.1:{port}"


def find() -> None:
    """One search."""
    ElasticsearchEngine().search(SearchQuery(), TOKENS, parsed=parse_with("charter", SynonymTable()))


@pytest.mark.parametrize("mood", list(Mood))
def test_every_fault_is_the_same_exception_in_time(settings: Settings, mood: Mood) -> None:
    with OddServer(mood) as server:
        settings.ELASTICSEARCH_URL = server.url
        began = time.monotonic()
        with pytest.raises(EngineUnavailable):
            find()
        assert time.monotonic() - began < PATIENCE + 1.0
        assert server.requests == 1, "asked again within one page"


def test_nobody_there_is_the_same_exception(settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = closed_port()
    with pytest.raises(EngineUnavailable):
        find()


@pytest.mark.parametrize("mood", AGAINST_THE_SERVER)
def test_the_breaker_opens_after_five_requests(settings: Settings, mood: Mood) -> None:
    with OddServer(mood) as server:
        settings.ELASTICSEARCH_URL = server.url
        for _number in range(9):
            with pytest.raises(EngineUnavailable):
                find()
        assert server.requests == 5
        assert breaker.is_open


def test_a_refused_query_does_not_open_the_breaker(settings: Settings) -> None:
    with OddServer(Mood.REFUSING) as server:
        settings.ELASTICSEARCH_URL = server.url
        for _number in range(9):
            with pytest.raises(EngineUnavailable):
                find()
        assert server.requests == 9
        assert not breaker.is_open


@pytest.mark.django_db
@pytest.mark.parametrize("mood", [Mood.BLACKHOLE, Mood.HALF_JSON, Mood.EMPTY_JSON])
def test_the_page_is_answered_by_the_database(settings: Settings, mood: Mood) -> None:
    with OddServer(mood) as server:
        settings.ELASTICSEARCH_URL = server.url
        results = search(SearchQuery(text="charter"), EMPLOYEE)
    assert results.degraded
    assert results.total == 0


def test_calls_that_fail_are_counted_and_timed(settings: Settings) -> None:
    with OddServer(Mood.BLACKHOLE) as server, measured() as tally:
        settings.ELASTICSEARCH_URL = server.url
        with pytest.raises(EngineUnavailable):
            ask("notes", BODY)
    assert tally.calls == 1
    assert tally.seconds >= settings.SEARCH_TIMEOUT_SECONDS * 0.9


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"query": {"match_all": {}}},
        {"query": {"bool": {"must": [access_filter(TOKENS)]}}},
        {"query": {"bool": {"should": [access_filter(TOKENS)]}}},
        {"query": {"bool": {"filter": [{"term": {"kind": "note"}}]}}},
        {**BODY, "suggest": {"text": "charter"}},
        {**BODY, "knn": {}},
        {**BODY, "aggs": {"all": {"global": {}}}},
        {**BODY, "aggs": {"one": {"filter": {}, "aggs": {"all": {"global": {}}}}}},
    ],
)
def test_a_body_that_goes_around_the_filter_is_refused(settings: Settings, body: dict[str, object]) -> None:
    with OddServer(Mood.EMPTY_JSON) as server:
        settings.ELASTICSEARCH_URL = server.url
        with pytest.raises(UnfilteredQueryError):
            ask("notes", body)
        assert server.requests == 0


def test_a_filtered_body_passes() -> None:
    demand_filter(BODY)
    assert access_filter(frozenset()) == {"terms": {"audience": []}}


@pytest.mark.django_db
@pytest.mark.parametrize("mood", [Mood.BLACKHOLE, Mood.RESET, Mood.OVERLOADED, Mood.FAILING])
def test_a_server_that_is_away_costs_one_try_a_second_and_no_patience(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, mood: Mood
) -> None:
    monkeypatch.setattr("search.engines.elasticsearch_client.BACKGROUND_TIMEOUT_SECONDS", 0.3)
    row = OutboxEntry.objects.create(kind="note", object_id=1, version=1)
    with OddServer(mood) as server:
        settings.ELASTICSEARCH_URL = server.url
        assert [draining.drain() for _number in range(50)] == [0] * 50
        assert server.requests == 1
        draining.pace.not_before = time.monotonic()
        assert draining.drain() == 0
        assert server.requests == 2
    row.refresh_from_db()
    assert (row.attempts, row.parked) == (0, False)
