"""The thirty plays of the starter content as readers meet them: every field in sight, few queries, nothing loaded twice."""

import html
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.content import read_yaml
from people.models import User
from playbook.models import PlayPage, PlayVersion, StandardPage, ToolUse
from playbook.services.load_pages import READY, load_starter_pages
from playbook.services.load_plays import load_starter_plays

pytestmark = [pytest.mark.django_db, pytest.mark.world("starter")]
CODES = [f"P{number:02}" for number in range(1, 31)]
PLAY_QUERIES, OTHER_QUERIES = 20, 15
WARM_UP = "/playbook/"


def source(code: str) -> dict[str, Any]:
    """A play as its file has it."""
    path = settings.CONTENT_DIR / "plays" / f"{code}.yaml"
    loaded: dict[str, Any] = read_yaml(path)
    return loaded


@pytest.fixture
def reader(client: Client) -> Client:
    """A signed-in member, with what Django remembers for the life of a process already asked for."""
    client.force_login(User.objects.create_user("reader@example.com", name="Rita Reader"))
    ContentType.objects.clear_cache()
    client.get(WARM_UP)
    client.get(PlayPage.objects.get(code="P01").get_absolute_url())
    return client


def words_of(page: bytes) -> str:
    """The text of a page as it is read: tags gone, white space single."""
    text = []
    inside = False
    for sign in page.decode():
        inside = sign == "<" or (inside and sign != ">")
        if not inside and sign != ">":
            text.append(sign)
    return " ".join(html.unescape("".join(text)).split())


def spoken(text: str) -> str:
    return " ".join(text.split())


def labels(play: PlayPage) -> set[str]:
    """The words of all terms of a play."""
    names = ("phases", "components", "activities", "habits", "role_areas")
    return {term.label for name in names for term in getattr(play, name).all()}


@pytest.mark.parametrize("code", CODES)
def test_every_field_of_the_file_is_on_the_page(reader: Client, code: str) -> None:
    file, play = source(code), PlayPage.objects.get(code=code)
    answer = reader.get(play.get_absolute_url())
    page, words = answer.content.decode(), words_of(answer.content)
    lines = [*file["inputs"], *file["outputs"], *file["signs"]]
    lines += [file["title"], file["code"], file["summary"], file["purpose"], file["when"], file["effort"]]
    for part in (*file["pitfalls"], *file["variants"]):
        lines += part.values()
    for step in file["steps"]:
        lines += [step["title"], step["text"], step["who"], step["timing"]]
        assert f'id="step-{step["key"]}"' in page
    missing = [line for line in lines if spoken(line) not in words]
    assert missing == []
    assert labels(play) - {label for label in labels(play) if label in words} == set()
    related = PlayPage.objects.filter(code__in=file["related"])
    assert {other.get_absolute_url() for other in related} <= set(page.split('"'))


@pytest.mark.parametrize("code", CODES)
def test_terms_and_tools_are_those_of_the_file(code: str) -> None:
    file, play = source(code), PlayPage.objects.get(code=code)
    for name in ("phases", "components", "activities", "habits", "role_areas"):
        assert {term.code for term in getattr(play, name).all()} == set(file[name])
    assert play.main_component is not None
    assert play.main_component.code == file["components"][0]
    assert play.risk_tier == file["risk_tier"]
    in_steps = {(tool, step["key"]) for step in file["steps"] for tool in step["tools"]}
    uses = set(play.tool_uses.exclude(step_key="").values_list("tool__code", "step_key"))
    assert uses == in_steps


def test_tools_that_name_a_play_stand_on_it_although_no_step_names_them() -> None:
    named = set()
    for path in (settings.CONTENT_DIR / "tools").glob("*.yaml"):
        tool = read_yaml(path)
        named |= {(play, tool["code"]) for play in tool["plays"]}
    united = set(ToolUse.objects.values_list("play__code", "tool__code"))
    assert named <= united
    assert ToolUse.objects.filter(step_key="").exists()


def test_each_play_is_version_one_with_its_owner_or_without() -> None:
    owners = read_yaml(settings.CONTENT_DIR / "owners.yaml")["owners"]
    owned = {row["play"] for row in owners}
    assert PlayVersion.objects.count() == len(CODES)
    assert set(PlayPage.objects.exclude(play_owner=None).values_list("code", flat=True)) == owned
    assert PlayPage.objects.filter(last_verified=None).count() == len(CODES) - len(owned)


def test_a_play_without_an_owner_says_so(reader: Client) -> None:
    page = words_of(reader.get(PlayPage.objects.get(code="P16").get_absolute_url()).content)
    assert "No owner yet" in page
    assert "Not yet verified" in page
    assert "After the first check" in page


def test_an_overdue_play_says_so(reader: Client) -> None:
    assert "Review due" in words_of(reader.get(PlayPage.objects.get(code="P22").get_absolute_url()).content)


def test_loading_again_changes_nothing() -> None:
    again = load_starter_plays()
    assert (again.unchanged, again.created, again.updated, again.kept) == (len(CODES), 0, 0, 0)
    pages = load_starter_pages()
    assert (pages.unchanged, pages.created) == (len(READY), 0)
    assert PlayVersion.objects.count() == len(CODES)


def test_the_map_shows_each_play_once_per_phase_in_its_row(reader: Client) -> None:
    columns = reader.get("/playbook/").context["columns"]
    found = [
        (card.code, column.phase.code, cell.component.code)
        for column in columns
        for cell in column.cells
        for card in cell.cards
    ]
    expected = {
        (code, phase, source(code)["components"][0]) for code in CODES for phase in source(code)["phases"]
    }
    assert set(found) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    "view", ["", "?view=role-areas", "?view=habits", "?view=a-z", "?view=changed", "?print"]
)
def test_the_front_asks_the_database_seldom(
    reader: Client, view: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(OTHER_QUERIES):
        assert reader.get(f"/playbook/{view}").status_code == 200


@pytest.mark.parametrize(
    "path", ["/playbook/operate/", "/playbook/operate/?print", "/pages/", "/pages/charter/"]
)
def test_other_pages_ask_the_database_seldom(
    reader: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    reader.get(path)
    with django_assert_max_num_queries(OTHER_QUERIES):
        assert reader.get(path).status_code == 200


@pytest.mark.parametrize("code", ["P07", "P16", "P29"])
def test_a_play_asks_the_database_seldom(
    reader: Client, code: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = PlayPage.objects.get(code=code).get_absolute_url()
    with django_assert_max_num_queries(PLAY_QUERIES):
        assert reader.get(address).status_code == 200


def test_the_book_holds_every_play_with_its_version_and_the_day(reader: Client) -> None:
    answer = reader.get("/playbook/?print")
    words = words_of(answer.content)
    assert [play.page.code for play in answer.context["plays"]] == CODES
    assert words.count("Uncontrolled copy") == len(CODES) + 1
    assert "P07, version 1, printed" in words


def test_a_printed_phase_holds_the_plays_of_the_phase(reader: Client) -> None:
    plays = reader.get("/playbook/operate/?print").context["plays"]
    assert [play.page.code for play in plays] == [c for c in CODES if "operate" in source(c)["phases"]]


def test_the_pages_that_describe_what_exists_are_there(reader: Client) -> None:
    assert set(StandardPage.objects.live().values_list("slug", flat=True)) == set(READY)
    page = reader.get("/pages/charter/").content.decode()
    assert "<h2>Why we are here</h2>" in page
    assert "## Why" not in page
