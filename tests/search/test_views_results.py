"""The results page through the real service: what is found, by whom, and at what cost."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.audiences import PRACTITIONERS
from lessons.models import Lesson
from people.models import User
from search import api
from tests.core.hostile import naughty_strings
from tests.lessons.factories import ExternalFactory, LessonFactory, vocabularies
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
SUGGEST = "/search/suggest/"
MOST_QUERIES = 15


@pytest.fixture
def reader() -> User:
    """A member who is no practitioner."""
    return UserFactory.create()


@pytest.fixture
def site(client: Client, reader: User) -> Client:
    """The portal as this reader sees it."""
    vocabularies()
    client.force_login(reader)
    return client


def indexed(lesson: Lesson) -> Lesson:
    """Puts a lesson into the index, as the services do."""
    api.touch(lesson, kind="external_lesson" if lesson.is_external else "lesson")
    return lesson


def shown(site: Client, address: str) -> BeautifulSoup:
    """The page at an address."""
    response = site.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "lxml")


def titles(soup: BeautifulSoup) -> list[str]:
    """The titles of the hits, in order."""
    return [" ".join(title.get_text().split()) for title in soup.select("#results .hit h3")]


def counts(soup: BeautifulSoup) -> dict[str, int]:
    """The kinds with their counts."""
    return {str(a.contents[0]).strip(): int(a.select("span")[0].get_text()) for a in soup.select("#kinds a")}


def test_a_lesson_is_found_marked_and_linked(site: Client) -> None:
    lesson = indexed(
        LessonFactory.create(
            title="Papers the night before", summary="The committee deferred three decisions."
        )
    )
    soup = shown(site, "/search/?q=papers+decisions")
    assert titles(soup) == ["Papers the night before"]
    assert soup.select_one(f"#results h3 a[href='{lesson.get_absolute_url()}']") is not None
    assert {mark.get_text().lower() for mark in soup.select("#results mark")} >= {"papers", "decisions"}
    assert counts(soup)["Everything"] == counts(soup)["Lessons"] == 1


def test_nothing_typed_shows_all_there_is(site: Client) -> None:
    indexed(LessonFactory.create())
    indexed(LessonFactory.create())
    soup = shown(site, "/search/")
    assert len(titles(soup)) == 2
    assert "Everything your colleagues have written down" in soup.get_text()


def test_facets_narrow_and_keep_their_counts(site: Client) -> None:
    indexed(LessonFactory.create(title="Goals agreed", outcome="positive"))
    indexed(LessonFactory.create(title="Goals missed", outcome="negative"))
    soup = shown(site, "/search/?q=goals&outcome=positive")
    assert titles(soup) == ["Goals agreed"]
    labels = {
        str(box["value"]): " ".join(box.parent.get_text().split())
        for box in soup.select("#facet-outcome input")
        if box.parent
    }
    assert labels["negative"].endswith("1 result")
    chip = soup.select_one("#results a.chip.on")
    assert chip is not None
    assert chip["href"] == "/search/?q=goals"


def test_external_lessons_stand_in_their_own_tab(site: Client) -> None:
    indexed(ExternalFactory.create(title="Valve froze"))
    indexed(LessonFactory.create(title="Valve of the partner"))
    soup = shown(site, "/search/?q=valve")
    assert titles(soup) == ["Valve of the partner"]
    assert "1 external lesson." in soup.get_text()
    assert titles(shown(site, "/search/?q=valve&kind=external_lesson")) == ["Valve froze"]


def test_what_a_reader_may_not_see_is_nowhere(site: Client, reader: User) -> None:
    """The page with and without a hidden lesson is the same to the byte: hits, counts, facets, tabs, help."""
    indexed(LessonFactory.create(title="Open goals", outcome="positive"))
    addresses = [
        "/search/",
        "/search/?q=goals",
        "/search/?q=zebrawood",
        "/search/?q=zebrawod",
        f"{SUGGEST}?q=zebra",
    ]
    before = {address: _bytes(site, address) for address in addresses}
    indexed(LessonFactory.create(title="Zebrawood goals", outcome="negative", audience=PRACTITIONERS))
    assert {address: _bytes(site, address) for address in addresses} == before
    reader.is_practitioner = True
    reader.save()
    assert "Zebrawood" in site.get("/search/?q=zebrawood").content.decode()


def test_a_narrowed_lesson_is_gone_at_once(site: Client) -> None:
    """Also while the index still says otherwise: the row is changed behind its back."""
    lesson = indexed(LessonFactory.create(title="Zebrawood goals"))
    assert titles(shown(site, "/search/?q=zebrawood")) == ["Zebrawood goals"]
    Lesson.objects.filter(pk=lesson.pk).update(audience=PRACTITIONERS)
    assert titles(shown(site, "/search/?q=zebrawood")) == []
    assert site.get(f"{SUGGEST}?q=zebra").json()["suggestions"] == []


def _bytes(site: Client, address: str) -> str:
    """The answer without what changes with every request."""
    soup = BeautifulSoup(site.get(address).content, "lxml")
    for field in soup.select("input[name=csrfmiddlewaretoken]"):
        field.decompose()
    return str(soup)


def test_titles_are_offered_while_typing(site: Client) -> None:
    lesson = indexed(LessonFactory.create(title="Governance relaunch"))
    for number in range(12):
        indexed(LessonFactory.create(title=f"Governance number {number}"))
    answer = site.get(f"{SUGGEST}?q=gover")
    offered = answer.json()["suggestions"]
    assert len(offered) == 8
    assert answer.json()["words"] == "8 suggestions"
    first = next(offer for offer in site.get(f"{SUGGEST}?q=governance rel").json()["suggestions"])
    assert "".join(piece["text"] for piece in first["title"]) == "Governance relaunch"
    assert (first["url"], first["kind"]) == (lesson.get_absolute_url(), "Lesson")
    assert first["icon"].endswith("icons.svg#lightbulb")


@pytest.mark.parametrize("typed", ["", "g", " ", "\t\x07"])
def test_too_little_typed_offers_nothing(site: Client, typed: str) -> None:
    indexed(LessonFactory.create(title="Governance relaunch"))
    assert site.get(SUGGEST, {"q": typed}).json()["suggestions"] == []


@pytest.mark.parametrize("address", ["/search/", "/search/?q=goals", f"{SUGGEST}?q=goals"])
def test_answers_are_private(site: Client, address: str) -> None:
    assert site.get(address)["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/search/", SUGGEST])
def test_strangers_are_sent_to_sign_in_and_nothing_is_written(
    client: Client, reader: User, address: str
) -> None:
    assert client.get(f"{address}?q=x").status_code == 302
    client.force_login(reader)
    assert client.post(address, {"q": "x"}).status_code == 405


def test_htmx_is_told_the_address_of_the_state(site: Client) -> None:
    response = site.get(
        "/search/?q=goals&kind=&sort=relevance&outcome=negative", headers={"HX-Request": "true"}
    )
    assert response["HX-Push-Url"] == "/search/?q=goals&outcome=negative"


@pytest.mark.parametrize(
    "address",
    [
        "/search/?page=99999", "/search/?q=%07&phase=%1F", "/search/?q=" + "x" * 10_000, "/search/?q=" + "a+OR+" * 1_000,
        "/search/?phase=nothing&kind=nothing&sort=nothing&page=nothing", "/search/?q=%22open+quote", "/search/?q=(((",
        "/search/?q=*", "/search/?q=%5C", "/search/?q=NEAR(a+b)", "/search/?q=title:x", "/search/?q=-x", "/search/?q=%F0%28%8C",
    ],
)  # fmt: skip
def test_no_address_is_an_error(site: Client, address: str) -> None:
    indexed(LessonFactory.create())
    assert site.get(address, follow=True).status_code == 200


def test_a_zero_byte_is_refused_as_a_bad_request(site: Client) -> None:
    assert site.get("/search/?q=%00").status_code == 400


@pytest.mark.thorough
def test_no_naughty_string_is_an_error_or_markup(site: Client) -> None:
    indexed(LessonFactory.create())
    for words in naughty_strings():
        response = site.get("/search/", {"q": words})
        assert response.status_code == 200 or "\x00" in words, words
        main = BeautifulSoup(response.content, "lxml").select_one("main")
        assert main is not None
        assert not main.select("script, img, iframe, [onerror], [onload], [onclick], [style]"), words
        assert site.get(SUGGEST, {"q": words}).status_code == 200, words


def test_hostile_content_is_shown_as_text(site: Client) -> None:
    bad = "<script>alert('lesson')</script><img src=x onerror=alert(1)> committee"
    indexed(LessonFactory.create(title=bad[:190], summary=bad))
    soup = shown(site, "/search/?q=committee")
    assert titles(soup) == [" ".join(bad.split())]
    assert not soup.select("#results script, #results img")


def test_the_cost_of_a_page_does_not_grow(site: Client) -> None:
    count = _queries(site)
    for number in range(3):
        indexed(LessonFactory.create(title=f"Goals {number}"))
    few = count("/search/?q=goals")
    for number in range(60):
        indexed(LessonFactory.create(title=f"More goals {number}"))
    assert count("/search/?q=goals") == few
    assert few <= MOST_QUERIES
    assert count("/search/?q=goals&phase=operate&outcome=negative") <= MOST_QUERIES
    assert count(f"{SUGGEST}?q=goals") <= MOST_QUERIES


def _queries(site: Client) -> Callable[[str], int]:
    """Counts the statements of one request, after one that warmed what is kept between requests."""

    def count(address: str) -> int:
        site.get(address)
        with CaptureQueriesContext(connection) as captured:
            site.get(address)
        return len(captured)

    return count
