"""What the results page says around the results. The service is replaced: each notice is seen alone."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from search.page import build
from search.queries import SearchQuery
from search.results import FacetResult, FacetValue, SearchResults
from tests.people.factories import UserFactory

Answer = Callable[..., None]
NOTHING: dict[str, Any] = {"hits": [], "total": 0, "kind_counts": {}, "facets": []}
pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Makes the service answer with nothing but what is given."""

    def give(**fields: Any) -> None:
        found = SearchResults(**{**NOTHING, **fields})
        monkeypatch.setattr("search.views.api.search", lambda query, reader: found)

    return give


@pytest.fixture
def page() -> Callable[[str], BeautifulSoup]:
    """Opens an address as a member."""
    client = Client()
    client.force_login(UserFactory.create())

    def open_page(address: str) -> BeautifulSoup:
        response = client.get(address)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "lxml")

    return open_page


Page = Callable[[str], BeautifulSoup]


def link(soup: BeautifulSoup, text: str) -> str:
    """The address behind the only link with these words."""
    found = [anchor for anchor in soup.select("main a") if " ".join(anchor.get_text().split()) == text]
    assert len(found) == 1, f"{text!r} is {len(found)} links"
    return str(found[0]["href"])


def words(part: Tag | None) -> str:
    """The words of a part of the page, in one line."""
    assert part is not None
    return " ".join(part.get_text().split())


def test_did_you_mean(answer: Answer, page: Page) -> None:
    answer(suggestion="joint steering")
    soup = page("/search/?q=jiont+stering&kind=lesson")
    assert link(soup, "joint steering") == "/search/?q=joint+steering&kind=lesson"
    assert "Nothing for “jiont stering”" in words(soup.select_one("#results h3"))
    assert not soup.select(".fewer .chip")


def test_also_meant_can_be_switched_off_and_on(answer: Answer, page: Page) -> None:
    answer(also_meant=("JSC", "steerco"))
    soup = page("/search/?q=steering+committee")
    assert "Also meant: JSC, steerco." in words(soup.select_one("#results"))
    assert link(soup, "Only my words") == "/search/?q=steering+committee&own=1"
    answer()
    soup = page("/search/?q=steering+committee&own=1")
    assert link(soup, "Other words for the same too") == "/search/?q=steering+committee"
    assert soup.select_one("#search-state input[name=own]") is not None


def test_meanings_of_an_ambiguous_short_form_are_links(answer: Answer, page: Page) -> None:
    answer(possible_meanings=("joint development committee", "junior data clerk"))
    soup = page("/search/?q=JDC")
    assert link(soup, "joint development committee") == "/search/?q=joint+development+committee"


def test_the_reserve_is_announced(answer: Answer, page: Page) -> None:
    answer(degraded=True)
    banner = page("/search/?q=x").select_one("#search-banner [role=status]")
    assert "Search is running on its reserve." in words(banner)
    answer(degraded=False)
    assert words(page("/search/?q=x").select_one("#search-banner")) == ""


def test_widened_results_say_so(answer: Answer, page: Page) -> None:
    answer(widened=True)
    assert "these results have some of them" in words(page("/search/?q=a+b").select_one("#results"))


def test_nothing_found_offers_fewer_words_and_places_to_look(answer: Answer, page: Page) -> None:
    answer()
    soup = page("/search/?q=deferred+governance+of+it&phase=operate")
    assert [words(chip) for chip in soup.select(".fewer .chip")] == ["governance", "deferred"]
    assert link(soup, "governance") == "/search/?q=governance"
    assert {"/playbook/", "/playbook/?view=a-z", "/lessons/"} <= {a["href"] for a in soup.select(".fewer a")}


def test_one_word_is_not_shortened(answer: Answer, page: Page) -> None:
    answer()
    assert not page("/search/?q=governance").select(".fewer .chip")


def test_nothing_in_a_kind_points_to_the_others(answer: Answer, page: Page) -> None:
    answer(kind_counts={"play": 3, "external_lesson": 8})
    soup = page("/search/?q=x&kind=lesson")
    assert link(soup, "3 results of other kinds") == "/search/?q=x"


def test_external_lessons_stand_outside_with_their_count(answer: Answer, page: Page) -> None:
    answer(kind_counts={"external_lesson": 8}, outside_everything={"external_lesson": 8})
    soup = page("/search/?q=valve")
    assert link(soup, "8 external lessons") == "/search/?q=valve&kind=external_lesson"
    tabs = [words(tab) for tab in soup.select("#kinds a")]
    assert tabs[0] == "Everything 0"
    assert tabs[-1] == "External lessons 8"


def test_the_tab_of_external_lessons_is_absent_where_there_are_none(answer: Answer, page: Page) -> None:
    answer(kind_counts={"lesson": 2, "play": 1})
    tabs = [words(tab) for tab in page("/search/").select("#kinds a")]
    assert tabs[0] == "Everything 3"
    assert {"Lessons 2", "Plays 1", "Tools 0", "People 0"} <= set(tabs)
    assert not [tab for tab in tabs if tab.startswith("External")]


def test_facets_are_boxes_and_chosen_ones_are_chips(answer: Answer, page: Page) -> None:
    values = [
        FacetValue("startup", "Start-up", 4),
        FacetValue("operate", "Operate", 9, chosen=True),
        FacetValue("x", "X", 0),
    ]
    answer(facets=[FacetResult("phase", "Phase", values)], total=9)
    soup = page("/search/?q=goals&sort=newest")
    boxes = soup.select("#facet-phase input[type=checkbox]")
    assert [(box["value"], box.has_attr("checked"), box["form"]) for box in boxes] == [
        ("startup", False, "search-state"),
        ("operate", True, "search-state"),
    ]
    assert words(soup.select_one("label:has(#f-phase-startup)")) == "Start-up 4 results"
    assert words(soup.select_one("#count")) == "9 results"
    assert words(soup.select_one("#facet-submit")) == "Show 9 results"


def test_long_facets_show_their_first_values(answer: Answer, page: Page) -> None:
    values = [FacetValue(f"c{number}", f"Value {number}", 1) for number in range(11)]
    answer(facets=[FacetResult("cause", "Cause", values)])
    soup = page("/search/")
    assert words(soup.select_one("#facet-cause-more > summary")) == "3 more"
    assert len(soup.select("#facet-cause-more input")) == 3


def test_only_the_first_facets_and_the_chosen_ones_are_open(answer: Answer, page: Page) -> None:
    def facet(name: str, chosen: bool = False) -> FacetResult:
        return FacetResult(name, name, [FacetValue("a", "A", 1, chosen=chosen)])

    answer(
        facets=[facet("habit", chosen=True), facet("year"), facet("cause"), facet("phase"), facet("outcome")]
    )
    groups = page("/search/").select("#facet-list > details")
    assert [(str(group["id"]), group.has_attr("open")) for group in groups] == [
        ("facet-phase", True),
        ("facet-outcome", True),
        ("facet-habit", True),
        ("facet-year", False),
        ("facet-cause", False),
    ]


def test_words_of_the_reader_and_of_facets_are_escaped(answer: Answer, page: Page) -> None:
    bad = "<img src=x onerror=alert(1)>"
    values = [FacetValue('"><script>', bad, 1, chosen=True)]
    answer(
        facets=[FacetResult("phase", bad, values)],
        suggestion=bad,
        also_meant=(bad,),
        possible_meanings=(bad,),
    )
    soup = page("/search/?q=%3Cscript%3Ealert(1)%3C/script%3E&phase=x")
    assert not soup.select("main img, main script, #results script")
    assert words(soup.title).startswith("<script>alert(1)</script>")


def test_a_page_beyond_the_last_leads_to_the_last(answer: Answer, client: Client) -> None:
    answer(total=45)
    client.force_login(UserFactory.create())
    response = client.get("/search/?q=x&page=99999")
    assert (response.status_code, response["Location"]) == (302, "/search/?q=x&page=3")


def test_the_span_and_its_neighbours() -> None:
    found = SearchResults(hits=[], total=64, kind_counts={}, facets=[])
    middle = build(SearchQuery(text="x", page=2), found).span
    assert (middle.first, middle.last, middle.next_size) == (21, 40, 20)
    assert (middle.previous_url, middle.next_url) == ("/search/?q=x", "/search/?q=x&page=3")
    last = build(SearchQuery(text="x", page=4), found).span
    assert (last.first, last.last, last.next_url) == (61, 64, "")
    assert build(SearchQuery(text="x", page=3), found).span.next_size == 4


def test_nothing_found_leads_to_the_community_with_the_words_filled_in(answer: Answer, page: Page) -> None:
    answer(total=0)
    found = page("/search/?q=zebra %26 giraffe").select('a[href^="/forums/ask/"]')
    assert [link["href"] for link in found] == ["/forums/ask/?kind=question&title=zebra%20%26%20giraffe"]
