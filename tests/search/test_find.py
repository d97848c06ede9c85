"""The service around the engines: who answers when one cannot, spelling, and what is noted of empty results."""

from collections.abc import Iterable

import pytest
from pytest_django import Settings

from core.audiences import COMMUNITY
from search.documents import Document
from search.engines import choice
from search.engines.base import EngineUnavailable
from search.engines.database import DatabaseEngine
from search.metrics import search_fallbacks
from search.models import OutboxEntry, ZeroResultTerm
from search.parsing import ParsedQuery, parse
from search.queries import SearchQuery
from search.results import RawResults
from search.services import outbox
from search.services.find import search
from search.services.index import write_documents
from search.services.note_nothing_found import note_nothing_found
from search.services.suggest import suggest
from search.spelling import corrected, distance

pytestmark = pytest.mark.django_db
TOKENS = frozenset({COMMUNITY})


class Reader:
    """Somebody of the community."""

    is_authenticated = True
    is_active = True
    audience_tokens = TOKENS


class Away:
    """A server that does not answer."""

    name = "elasticsearch"

    def search(self, *args: object, **kwargs: object) -> RawResults:
        raise EngineUnavailable("away")

    suggest = related = frequencies = search


class Silent:
    """A server that finds nothing, and remembers what it had to leave out."""

    name = "elasticsearch"
    excluded: frozenset[str] = frozenset()

    def search(self, *args: object, excluded: frozenset[str] = frozenset(), **kwargs: object) -> RawResults:
        Silent.excluded = excluded
        return RawResults(hits=[], total=0, kind_counts={}, facet_counts={})

    def frequencies(self, queries: Iterable[ParsedQuery], *args: object, **kwargs: object) -> list[int]:
        return [0 for _ in queries]


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A server is named."""
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    return monkeypatch


def test_the_database_answers_for_a_server_that_is_away(server: pytest.MonkeyPatch) -> None:
    server.setattr(choice, "ElasticsearchEngine", Away)
    before = search_fallbacks.total()
    assert search(SearchQuery(text="charter"), Reader()).degraded
    assert suggest("charter", Reader()) == []
    assert search_fallbacks.total() == before + 2


def test_the_database_answers_where_too_much_would_have_to_be_left_out(server: pytest.MonkeyPatch) -> None:
    server.setattr(choice, "ElasticsearchEngine", Silent)
    server.setattr(outbox, "MAX_NARROWINGS", 1)
    for number in (1, 2):
        OutboxEntry.objects.create(kind="page", object_id=number, version=1, narrowing=True)
    assert search(SearchQuery(text="charter"), Reader()).degraded


def test_pending_narrowings_are_handed_to_the_server(server: pytest.MonkeyPatch) -> None:
    server.setattr(choice, "ElasticsearchEngine", Silent)
    OutboxEntry.objects.create(kind="page", object_id=3, version=1, narrowing=True)
    OutboxEntry.objects.create(kind="page", object_id=4, version=1)
    assert not search(SearchQuery(text="charter"), Reader()).degraded
    assert Silent.excluded == {"page:3"}


def test_without_a_server_nothing_is_degraded(settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = ""
    assert not search(SearchQuery(text="charter"), Reader()).degraded


@pytest.mark.parametrize("page", [-5, 0, 1, 10**9])
def test_any_page_number_is_answered(settings: Settings, page: int) -> None:
    settings.ELASTICSEARCH_URL = ""
    assert search(SearchQuery(page=page), Reader()).hits == []


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("", "", 0),
        ("a", "", 1),
        ("form", "from", 1),
        ("goverance", "governance", 1),
        ("abc", "xyz", 3),
        ("ab", "ba", 1),
    ],
)
def test_distance(one: str, other: str, apart: int) -> None:
    assert distance(one, other) == distance(other, one) == apart


def test_spelling_keeps_the_rest_of_the_query_as_typed() -> None:
    write_documents([Document("page", 1, 1, "Governance", "alliance governance", COMMUNITY)])
    found = corrected(parse("The Alliance, goverance!"), DatabaseEngine(), TOKENS, frozenset())
    assert found == "The Alliance, governance!"


def test_spelling_prefers_what_more_documents_use() -> None:
    texts = ["pricing", "pricing", "printing"]
    write_documents(
        [Document("page", number, 1, "", text, COMMUNITY) for number, text in enumerate(texts, 1)]
    )
    assert corrected(parse("pricting"), DatabaseEngine(), TOKENS, frozenset()) == "pricing"


@pytest.mark.parametrize("text", ["abc", "12345", "zzzzzzzz", ""])
def test_no_spelling_where_none_is_near(text: str) -> None:
    write_documents([Document("page", 1, 1, "Governance", "abd", COMMUNITY)])
    assert corrected(parse(text), DatabaseEngine(), TOKENS, frozenset()) == ""


def test_empty_results_are_counted_by_their_words() -> None:
    for text in ("Joint Plan", "joint plan!", "other"):
        note_nothing_found(parse(text))
    assert dict(ZeroResultTerm.objects.values_list("term", "count")) == {"joint plan": 2, "other": 1}


@pytest.mark.parametrize(
    "text", ["someone@example.com", "number 4411223", "https://example.com", "***", "x " * 150]
)
def test_what_could_name_somebody_is_not_kept(text: str) -> None:
    note_nothing_found(parse(text))
    assert not ZeroResultTerm.objects.exists()


def test_narrowed_and_later_pages_are_not_noted(settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = ""
    search(SearchQuery(text="charter", page=2), Reader())
    search(SearchQuery(text="charter", facets={"phase": ("x",)}), Reader())
    assert not ZeroResultTerm.objects.exists()
    search(SearchQuery(text="charter"), Reader())
    assert ZeroResultTerm.objects.count() == 1
