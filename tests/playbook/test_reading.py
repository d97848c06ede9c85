"""Reading: prose with links, lists of plays, and a number of queries that does not grow with the data."""

from string import ascii_letters
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from core.audiences import PRACTITIONERS
from playbook import api
from playbook.models import PlayPage
from playbook.reading.cards import play_cards, tool_counts
from playbook.reading.index import View, groups
from playbook.reading.links import edited_links, links_of
from playbook.reading.stream import chosen, lines, values_of
from playbook.reading.terms import edited_terms, terms_of
from playbook.reading.text import Target, codes_in, linked, paragraphs
from playbook.templatetags.playbook_text import pieces, prose_paragraphs
from tests.playbook.factories import make_person, make_play, make_terms, make_tool, publish, step

PROSE = st.text(alphabet=ascii_letters + "0123456789<>&\"' \n()PTLé€", max_size=200)
TARGETS = {"P07": Target("/p07/", "Start up"), "T02": Target('/t"02/', "<Plan>")}


@given(PROSE)
def test_no_sign_of_a_text_is_lost_or_added(text: str) -> None:
    assert "".join(piece.text for piece in linked(text, TARGETS)) == text


@given(PROSE)
def test_what_is_typed_never_becomes_markup(text: str) -> None:
    assert pieces(linked(text, {})) == escape(text)


@given(st.lists(st.sampled_from(["P07", "T02", "L20", "P99"]), max_size=5))
def test_known_codes_are_links_and_unknown_ones_stay(codes: list[str]) -> None:
    text = ", ".join(codes)
    shown = [piece.text for piece in linked(text, TARGETS) if piece.target]
    assert shown == [code for code in codes if code in TARGETS]
    assert codes_in([text]) == set(codes)


def test_addresses_and_titles_of_links_are_escaped() -> None:
    html = pieces(linked("See T02.", TARGETS))
    assert html == 'See <a href="/t&quot;02/" title="&lt;Plan&gt;">T02</a>.'


def test_paragraphs_are_wrapped_and_escaped() -> None:
    assert prose_paragraphs(paragraphs("One <b>\n\nTwo", {})) == "<p>One &lt;b&gt;</p><p>Two</p>"


@pytest.mark.parametrize(("text", "expected"), [("", []), ("one", ["one"]), (" a \n\n b\r\n", ["a", "b"])])
def test_lines_are_what_stands_on_them(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [(None, []), ([], []), ([3, "4"], [3, 4]), ([{"type": "item", "value": 5, "id": "x"}, None], [5])],
)
def test_both_forms_of_a_stored_list_are_read(items: list[Any] | None, expected: list[int]) -> None:
    assert chosen(items) == expected


@pytest.mark.django_db
def test_a_stored_stream_and_an_edited_one_read_the_same() -> None:
    play = make_play(steps=[step("One", "one"), step("Two", "two")])
    stored = [value["key"] for value in values_of(PlayPage.objects.get(pk=play.pk).steps)]
    edited = [value["key"] for value in values_of(play.get_latest_revision_as_object().steps)]
    assert stored == edited == ["one", "two"]


@pytest.mark.django_db
def test_terms_and_links_of_many_plays_are_those_of_each() -> None:
    tool, terms = make_tool(), make_terms()
    first = make_play("One", phases=("operate", "startup"), components=("AG", "PL"), more_tools=[tool])
    second = make_play("Two", phases=(), components=(), related=[first])
    first = publish(first, habits=[terms["H1"]])
    for play in (first, second):
        many = terms_of([first, second])
        one = many.get(play.pk) or type(edited_terms(play))()
        assert one == edited_terms(play)
        links, own = links_of([first, second]), edited_links(play)
        assert list(links.tools.get(play.pk, [])) == own.tools[play.pk]
        assert list(links.related.get(play.pk, [])) == own.related[play.pk]
    assert [term.code for term in terms_of([first])[first.pk].phases] == ["startup", "operate"]


@pytest.mark.django_db
def test_tools_are_counted_as_the_reader_sees_them() -> None:
    open_tool, closed = make_tool("Open"), make_tool("Closed", audience=PRACTITIONERS)
    tools = [
        {"type": "item", "id": str(tool.pk), "value": tool.pk} for tool in (open_tool, closed, open_tool)
    ]
    play = make_play(steps=[step(tools=tools)], more_tools=[open_tool])
    assert tool_counts([play], make_person())[play.pk] == 1
    assert tool_counts([play], make_person(is_practitioner=True))[play.pk] == 2


@pytest.mark.django_db
def test_lists_group_and_sort() -> None:
    terms = make_terms()
    make_play("Beta", code="P20")
    alpha = make_play("alpha", code="P30")
    publish(alpha, habits=[terms["H1"]], role_areas=[terms["contract"]])
    cards = play_cards(make_person())
    assert [(group.heading, [card.code for card in group.cards]) for group in groups(cards, View.A_TO_Z)] == [
        ("A", ["P30"]),
        ("B", ["P20"]),
    ]
    assert [group.heading for group in groups(cards, View.HABITS)] == ["Label of H1"]
    assert [card.code for card in groups(cards, View.ROLE_AREAS)[0].cards] == ["P30"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/playbook/", "/playbook/?view=role-areas", "/playbook/?print"])
def test_more_plays_cost_no_more_queries(client: Client, path: str) -> None:
    tool = make_tool()
    chosen_tool = [{"type": "item", "id": "a", "value": tool.pk}]

    def grow(times: int) -> None:
        for number in range(times):
            other = make_play(f"Play {number}", steps=[step(tools=chosen_tool)])
            make_play(f"Friend {number}", related=[other], purpose=f"See {other.code}.")

    def asked() -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    client.force_login(make_person())
    grow(1)
    few = asked()
    grow(4)
    assert asked() == few


@pytest.mark.django_db
def test_more_steps_and_links_cost_no_more_queries(client: Client) -> None:
    tools = [make_tool(f"Tool {number}") for number in range(4)]
    friends = [make_play(f"Friend {number}") for number in range(3)]
    small = make_play("Small", steps=[step(tools=[{"type": "item", "id": "a", "value": tools[0].pk}])])
    small = publish(small, related=friends[:1])
    steps = [
        step(
            f"Step {number}", f"step_{number}", tools=[{"type": "item", "id": str(number), "value": tool.pk}]
        )
        for number, tool in enumerate(tools)
    ]
    large = make_play("Large", steps=steps, related=friends, more_tools=tools)
    client.force_login(make_person())
    counts = []
    for play in (small, large):
        client.get(play.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(play.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_the_door_gives_plays_as_readers_may_see_them() -> None:
    tool = make_tool()
    shown = make_play("Shown", code="P21", steps=[step("One", "one")], more_tools=[tool])
    hidden = make_play("Hidden", code="P22", audience=PRACTITIONERS, phases=("operate",), more_tools=[tool])
    member, practitioner = make_person(), make_person(is_practitioner=True)
    ref = api.play_by_code("P21", member)
    assert ref is not None
    assert (ref.pk, ref.title, ref.url) == (shown.pk, "Shown", shown.get_absolute_url())
    assert (ref.phases, dict(ref.steps)) == (("startup",), {"one": "One"})
    assert api.play_by_code("P22", member) is None
    assert api.play_by_code("P99", member) is None
    assert set(api.plays_by_id([shown.pk, hidden.pk], member)) == {shown.pk}
    assert [ref.code for ref in api.visible_play_refs(practitioner)] == ["P21", "P22"]
    assert [ref.code for ref in api.visible_play_refs(practitioner, phase="operate")] == ["P22"]
    assert [ref.code for ref in api.plays_of_tool(tool.pk, member)] == ["P21"]
