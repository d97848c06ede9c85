"""One play as it is read: trust, links in prose, lessons in their places, previews."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone

from playbook.data import LessonLink, PlayLessons
from playbook.models import PlayPage
from playbook.reading.play import play_context
from playbook.reading.text import Target, codes_in, linked, paragraphs
from playbook.slots import lesson_slots, lessons_for_play
from tests.playbook.factories import make_page, make_person, make_play, make_terms, make_tool, publish, step

HOSTILE = '<script>alert("x")</script> & P07'
LESSON = LessonLink(code="L20", title="Gate misread", url="/lessons/l20/", note="Used 3 times", because=True)
OTHER = LessonLink(code="L07", title="Pre-read late", url="/lessons/l07/")


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(make_person())
    return client


@pytest.fixture
def no_lessons() -> Iterator[None]:
    """The slot as it is without the room of the lessons."""
    entries = {key: lesson_slots.get(key) for key in list(lesson_slots.keys())}
    for key in entries:
        lesson_slots.unregister(key)
    yield
    for key in [*lesson_slots.keys()]:
        lesson_slots.unregister(key)
    for key, provider in entries.items():
        lesson_slots.register(key, provider)


def page_of(reader: Client, play: PlayPage) -> str:
    answer = reader.get(play.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_codes_become_links_and_the_rest_stays_text() -> None:
    targets = {"P07": Target("/p07/", "Start up"), "T03b": Target("/t03b/", "Charter")}
    pieces = linked("See P07, T03b (and P08), not XP07 or P071234.", targets)
    assert [(piece.text, piece.target.url) for piece in pieces if piece.target] == [
        ("P07", "/p07/"),
        ("T03b", "/t03b/"),
    ]
    assert "".join(piece.text for piece in pieces) == "See P07, T03b (and P08), not XP07 or P071234."


def test_codes_are_found_in_all_texts() -> None:
    assert codes_in(["P07 and T02.", "L20; nothing in PL1 or H1"]) == {"P07", "T02", "L20"}


def test_an_empty_line_makes_a_paragraph() -> None:
    assert len(paragraphs("One.\n\nTwo\nstill two.\n \n", {})) == 2


@pytest.mark.django_db
def test_what_people_typed_is_escaped_everywhere(reader: Client) -> None:
    make_play("Start up", code="P07")
    note = {"type": "pitfall", "value": {"title": HOSTILE, "text": HOSTILE}}
    case = {"type": "variant", "value": {"case": HOSTILE, "text": HOSTILE}}
    play = make_play(
        "Hostile", summary=HOSTILE, purpose=HOSTILE, when=HOSTILE, effort=HOSTILE, inputs=HOSTILE,
        outputs=HOSTILE, signs=HOSTILE, steps=[step(HOSTILE[:60], text=HOSTILE, who=HOSTILE)],
        pitfalls=[note], variants=[case],
    )  # fmt: skip
    page = page_of(reader, play)
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert") > 10
    assert "-p07/" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "words"),
    [(None, "Not yet verified"), (10, "Verified"), (400, "Review due")],
)
def test_trust_tells_what_people_said_of_the_play(reader: Client, days: int | None, words: str) -> None:
    verified = timezone.localdate() - timedelta(days=days) if days else None
    assert words in page_of(reader, make_play(last_verified=verified))


@pytest.mark.django_db
def test_the_owner_is_named(reader: Client) -> None:
    owner = make_person(name="Jonas Lindqvist")
    assert "Jonas Lindqvist" in page_of(reader, make_play(play_owner=owner))
    assert "No owner yet" in page_of(reader, make_play("Orphan"))


@pytest.mark.django_db
@pytest.mark.usefixtures("no_lessons")
def test_a_play_is_whole_without_any_lessons(reader: Client) -> None:
    page = page_of(reader, make_play())
    assert "Lessons here" not in page
    assert 'id="step-open_the_door"' in page


@pytest.mark.django_db
@pytest.mark.usefixtures("no_lessons")
def test_lessons_stand_at_their_step_and_in_the_rail(reader: Client) -> None:
    found = PlayLessons(
        by_step={"open_the_door": (LESSON,)}, others=(OTHER,), more_url="/lessons/?x", more_count=4
    )
    lesson_slots.register("test", lambda play, person: found)
    page = page_of(reader, make_play(purpose="Because of L20."))
    assert "Exists because of L20 Gate misread" in page
    assert "Used 3 times" in page
    assert 'href="/lessons/l07/"' in page
    assert "4 more lessons" in page
    assert '<a href="/lessons/l20/" title="Gate misread">L20</a>' in page


@pytest.mark.django_db
@pytest.mark.usefixtures("no_lessons")
def test_two_rooms_may_fill_the_same_place() -> None:
    lesson_slots.register("one", lambda play, person: PlayLessons(by_step={"a": (LESSON,)}, more_count=1))
    lesson_slots.register("two", lambda play, person: PlayLessons(by_step={"a": (OTHER,)}, more_url="/more/"))
    found = lessons_for_play(make_play(), None)
    assert [link.code for link in found.all()] == ["L20", "L07"]
    assert (found.more_url, found.more_count) == ("/more/", 1)


@pytest.mark.django_db
def test_tools_stand_at_their_step_and_once_in_the_rail(reader: Client) -> None:
    tool = make_tool("Start-up plan", code="T02")
    chosen = [{"type": "item", "id": "a", "value": tool.pk}]
    steps = [step(tools=chosen), step("Again", "again", tools=chosen)]
    page = page_of(reader, make_play(steps=steps, more_tools=[tool]))
    assert page.count("T02 Start-up plan") == 2
    assert page.count('<a class="tool"') == 1


@pytest.mark.django_db
def test_versions_are_listed_from_the_second_on(reader: Client) -> None:
    play = make_play()
    assert "see changes" not in page_of(reader, play)
    play = publish(play, title="Better", change_note="Clearer title")
    page = page_of(reader, play)
    assert "2, see changes" in page
    assert "Clearer title" in page


@pytest.mark.django_db
def test_a_preview_shows_what_is_being_edited() -> None:
    play, other = make_play("Live title"), make_play("Neighbour")
    play.title, play.habits, play.related = "Draft title", [make_terms()["H1"]], [other]
    request = RequestFactory().get("/")
    request.user = make_person()
    request.__dict__["is_preview"] = True  # as Wagtail sets it
    shown = play_context(play, request)["play"]
    assert [term.code for term in shown.terms.habits] == ["H1"]
    assert [related.pk for related in shown.related] == [other.pk]


@pytest.mark.django_db
def test_a_page_of_text_is_rendered_once_and_cleaned(reader: Client) -> None:
    page = make_page(body="## Heading\n\n<script>alert(1)</script> **bold**")
    assert "<strong>bold</strong>" in page.body_html
    answer = reader.get(page.get_absolute_url()).content.decode()
    assert "<h2>Heading</h2>" in answer
    assert "<script>alert(1)" not in answer


@pytest.mark.django_db
def test_the_list_of_pages_names_them_by_title(reader: Client) -> None:
    make_page("Zebra"), make_page("Aardvark")
    page = reader.get("/pages/").content.decode()
    assert page.index("Aardvark") < page.index("Zebra")


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["nonsense", "map", ""])
def test_an_unknown_view_is_the_map(reader: Client, view: str) -> None:
    make_play("Only play")
    page = reader.get(f"/playbook/?view={view}").content.decode()
    assert 'class="map"' in page


@pytest.mark.django_db
def test_an_empty_playbook_says_so(reader: Client) -> None:
    play = make_play()
    play.unpublish()
    assert "No plays here yet" in reader.get("/playbook/?view=a-z").content.decode()


@pytest.mark.django_db
def test_a_play_without_a_component_is_on_the_map_all_the_same(reader: Client) -> None:
    make_play("Homeless play", components=())
    assert "Homeless play" in reader.get("/playbook/").content.decode()
    assert "Homeless play" in reader.get("/playbook/label-of-startup/").content.decode()


@pytest.mark.django_db
def test_a_play_prints_alone_with_version_and_day(reader: Client) -> None:
    play = make_play("Print me", code="P44")
    with time_machine.travel("2026-11-03T09:00:00+00:00", tick=False):
        page = reader.get(f"{play.get_absolute_url()}?print").content.decode()
    assert "P44, version 1, printed 3 November 2026. Uncontrolled copy" in page
    assert page.count('class="stack book-play') == 1
