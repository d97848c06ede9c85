"""What the contract does not ask and a real server must show: one request a page, ranking, analysis, versions of clients."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.timing import measured
from search.api import touch_many
from search.engines.base import EngineUnavailable
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_client import background_client
from search.indices import read_alias
from search.parsing import parse_with
from search.queries import SearchQuery
from search.results import RawResults
from search.services.find import search
from search.services.suggest import suggest
from search.synonyms import SynonymTable
from tests.contracts.conftest import EMPLOYEE
from tests.contracts.elasticsearch_side import catch_up
from tests.contracts.notes import Note

pytestmark = [pytest.mark.elasticsearch, pytest.mark.usefixtures("indexes")]
TOKENS = frozenset({"community"})


def shelf(*rows: dict[str, Any]) -> list[Note]:
    """Notes that can be found."""
    notes = [Note.objects.create(**row) for row in rows]
    touch_many([note.pk for note in notes], kind="note")
    catch_up()
    return notes


def found(text: str, **state: Any) -> RawResults:
    """What the engine finds."""
    return ElasticsearchEngine().search(
        SearchQuery(text=text, **state), TOKENS, parsed=parse_with(text, SynonymTable())
    )


def ids(text: str, **state: Any) -> list[int]:
    """Ids, best first."""
    return [hit.object_id for hit in found(text, **state).hits]


def test_a_results_page_and_a_suggestion_are_one_request_each() -> None:
    shelf({"title": "Steering charter", "text": "a charter", "facets": {"colour": ["red"]}})
    with measured() as page:
        results = search(SearchQuery(text="charter", facets={"colour": ("red",)}), EMPLOYEE)
    assert (page.calls, results.degraded, results.total) == (1, False, 1)
    with measured() as typing:
        assert len(suggest("steer", EMPLOYEE)) == 1
    assert typing.calls == 1


def test_an_exact_title_stands_first_whatever_is_used_and_fresh() -> None:
    now = datetime.now(UTC)
    rivals = [
        {
            "title": f"Launch readiness review {number}",
            "text": "launch readiness review " * 30,
            "reuse": 500,
            "date": now,
        }
        for number in range(5)
    ]
    exact = shelf({"title": "Launch readiness", "date": now - timedelta(days=4000)}, *rivals)[0]
    assert ids("launch readiness")[0] == exact.pk
    assert ids("Launch  READINESS!")[0] == exact.pk


def test_verified_use_breaks_a_tie_and_beats_no_better_match() -> None:
    used, plain = shelf({"title": "One", "text": "charter", "reuse": 50}, {"title": "Two", "text": "charter"})
    assert ids("charter") == [used.pk, plain.pk]
    better = shelf({"title": "Charter charter", "text": "charter of the charter"})[0]
    assert ids("charter")[0] == better.pk


def test_words_side_by_side_rank_higher() -> None:
    apart, together = shelf(
        {"title": "Apart", "text": "a risk was seen by nobody who would later register it as one"},
        {"title": "Together", "text": "was seen by nobody who would later it as one in a risk register"},
    )
    assert ids("risk register") == [together.pk, apart.pk]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("the R&D budget", "r&d"),
        ("a 50/50 split", "50/50"),
        ("the partner's view", "partner view"),
        ("version 3.5 of a.plan", "plan 5"),
        ("Zürich café", "zurich cafe"),
        ("co-promotion starts", "copromotion"),
        ("escalations were escalating", "escalation"),
    ],
)
def test_the_servers_words_are_the_parsers_words(text: str, query: str) -> None:
    (note,) = shelf({"title": "Note", "text": text})
    assert ids(query) == [note.pk]


def test_snippets_show_where_it_matched_and_never_markup() -> None:
    filler = "nothing of interest stands here. " * 40
    shelf({"title": "Note", "text": f"{filler}The <b>charter</b> was signed & sealed. {filler}"})
    (hit,) = found("charter").hits
    text = "".join(segment.text for segment in hit.snippet)
    assert "<b>charter</b>" in text
    assert [segment.text for segment in hit.snippet if segment.marked] == ["charter"]
    assert len(text) < 600


def test_a_text_without_a_match_is_shown_from_its_beginning() -> None:
    shelf({"title": "Charter", "text": "It begins here. " * 50})
    (hit,) = found("charter").hits
    assert "".join(segment.text for segment in hit.snippet).startswith("It begins here.")
    assert [segment.marked for segment in hit.title] == [True]


def test_a_missing_index_is_unavailable(settings: Any) -> None:
    settings.SEARCH_INDEX_PREFIX = "nowhere"
    with pytest.raises(EngineUnavailable):
        found("charter")


def test_no_results_are_results_when_the_index_is_whole() -> None:
    shelf({"title": "Charter"})
    assert found("zebra").total == 0
    assert found("zebra").hits == []


def test_a_poisoned_value_does_not_stop_an_index() -> None:
    long = "x" * 40_000
    notes = shelf({"title": "Long", "text": long, "facets": {"colour": [long[:300]]}}, {"title": "After"})
    assert ids("after") == [notes[1].pk]
    assert background_client().count(index=read_alias("note"))["count"] == 2
