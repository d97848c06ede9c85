"""How the portal talks to Elasticsearch: one door for readers, one for the machinery behind.

Readers' door: every body must carry the audience filter, otherwise it is refused here, whoever built it; 1.5 s, no
retry, a circuit breaker; whatever goes wrong becomes `EngineUnavailable`. The other door is for the outbox, rebuilds and
reports, which run in the background, may wait, and show nothing to anybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError

from core.timing import search_call
from search.breaker import Breaker
from search.engines.base import EngineUnavailable
from search.indices import Body

BACKGROUND_TIMEOUT_SECONDS = 30.0
SERVER_SHARE = 0.9  # of the timeout: the server gives up first, and says so

log = structlog.get_logger(__name__)
breaker = Breaker()


class UnfilteredQueryError(Exception):
    """A body without the audience filter, or with a part that no filter reaches: a mistake of the program."""


@lru_cache(maxsize=8)
def _client(url: str, timeout: float) -> Elasticsearch:
    return Elasticsearch(url, request_timeout=timeout, max_retries=0, retry_on_timeout=False)


def readers_client() -> Elasticsearch:
    """The client behind `ask`."""
    return _client(settings.ELASTICSEARCH_URL, settings.SEARCH_TIMEOUT_SECONDS)


def background_client() -> Elasticsearch:
    """The client of the outbox, rebuilds and reports. Never used inside a web request."""
    return _client(settings.ELASTICSEARCH_URL, BACKGROUND_TIMEOUT_SECONDS)


def access_filter(tokens: frozenset[str]) -> Body:
    """The filter that stands in every body: tombstones carry no audience, so it hides them too."""
    return {"terms": {"audience": sorted(tokens)}}


def demand_filter(body: Mapping[str, Any]) -> None:
    """Raises unless the audience filter stands at the top of the query and nothing goes around it."""
    query = body.get("query")
    filters = query.get("bool", {}).get("filter", ()) if isinstance(query, Mapping) else ()
    if not any(isinstance(part, Mapping) and "audience" in part.get("terms", ()) for part in filters):
        raise UnfilteredQueryError("A query without the audience filter was refused.")
    if around := {"suggest", "knn", "rescore", "retriever"} & set(body):
        raise UnfilteredQueryError(f"No filter reaches {', '.join(sorted(around))}: refused.")
    if _holds_key(body.get("aggs", {}), "global"):
        raise UnfilteredQueryError("No filter reaches a global aggregation: refused.")


def _holds_key(part: Any, key: str) -> bool:
    if not isinstance(part, Mapping):
        return False
    return key in part or any(_holds_key(value, key) for value in part.values())


def ask(kinds: str, body: Body) -> Mapping[str, Any]:
    """One search for a reader. `kinds` are aliases, comma between them."""
    demand_filter(body)
    with _guarded():
        answer = readers_client().search(
            index=kinds,
            body=body | {"timeout": _server_timeout()},
            search_type="dfs_query_then_fetch",
            allow_partial_search_results=False,
        )
        return _whole(answer.body)


def ask_many(kinds: str, bodies: Sequence[Body]) -> list[Mapping[str, Any]]:
    """Several searches in one request."""
    lines: list[Body] = []
    for body in bodies:
        demand_filter(body)
        lines += [{"index": kinds.split(",")}, body | {"timeout": _server_timeout()}]
    with _guarded():
        answer = readers_client().msearch(searches=lines)
        return [_whole(part) for part in answer.body["responses"]]


def _server_timeout() -> str:
    return f"{settings.SEARCH_TIMEOUT_SECONDS * SERVER_SHARE * 1000:.0f}ms"


def _whole(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer, unless it holds only part of the truth."""
    if answer.get("timed_out") or answer.get("error") or "hits" not in answer:
        raise EngineUnavailable(f"Elasticsearch gave half an answer: {answer.get('error', 'out of time')}")
    return answer


@contextmanager
def _guarded() -> Iterator[None]:
    """Counts, times and protects a call. Only what speaks against the server counts for the breaker, so that one odd
    query cannot switch search off for everybody."""
    if not breaker.allows():
        raise EngineUnavailable("Elasticsearch failed repeatedly; it is asked again in a moment.")
    try:
        with search_call():
            yield
    except ApiError as error:
        about_the_query = 400 <= error.status_code < 500 and error.status_code != HTTPStatus.TOO_MANY_REQUESTS
        breaker.succeeded() if about_the_query else breaker.failed()
        raise _unavailable(error) from error
    except (TransportError, EngineUnavailable, LookupError, TypeError, ValueError, AttributeError) as error:
        breaker.failed()
        raise _unavailable(error) from error
    else:
        breaker.succeeded()


def _unavailable(error: Exception) -> EngineUnavailable:
    log.warning("elasticsearch_unavailable", error=str(error)[:300], breaker_open=breaker.is_open)
    return error if isinstance(error, EngineUnavailable) else EngineUnavailable(str(error)[:300])
