"""Who sees which page where: reader by audience by surface, all from one table.

A surface is any place that could give a page away: the page itself, lists, the map, the print, related links, search,
and the admin. What a reader may not see is missing in all of them, and its address answers like one that never was.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from core.audiences import COMMUNITY, PRACTITIONERS, function_token
from people.models import User
from people.services.ensure_roles import grant_admin_rights
from playbook import api
from playbook.models import PlaybookIndexPage, PlayPage
from playbook.permissions import closed_to, is_closed
from search import api as search_api
from search.queries import SearchQuery
from tests.playbook.factories import (
    make_front,
    make_page,
    make_person,
    make_play,
    make_tool,
    phase_page,
    publish,
    step,
)

pytestmark = pytest.mark.django_db
LEGAL = function_token("legal")
AUDIENCES = (COMMUNITY, PRACTITIONERS, LEGAL)
READERS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "member": ({}, {COMMUNITY}),
    "practitioner": ({"is_practitioner": True}, {COMMUNITY, PRACTITIONERS}),
    "lawyer": ({"business_function": "legal"}, {COMMUNITY, LEGAL}),
    "practising lawyer": (
        {"is_practitioner": True, "business_function": "legal"},
        {COMMUNITY, PRACTITIONERS, LEGAL},
    ),
    "superuser": ({"is_superuser": True}, {COMMUNITY}),
}
TITLE = "Quokka protocol"
NAMES = {COMMUNITY: "open", PRACTITIONERS: "practised", LEGAL: "lawful"}
NOT_FOUND = "/playbook/quokka-that-never-was/"


def words_at(path: str) -> Callable[[User], str]:
    """A surface of the site: the page at an address as the reader gets it."""

    def read(reader: User) -> str:
        client = Client()
        client.force_login(reader)
        return client.get(path).content.decode()

    return read


SURFACES: dict[str, Callable[[User], str]] = {
    "map": words_at("/playbook/"),
    "role areas": words_at("/playbook/?view=role-areas"),
    "habits": words_at("/playbook/?view=habits"),
    "a to z": words_at("/playbook/?view=a-z"),
    "changed lately": words_at("/playbook/?view=changed"),
    "the book": words_at("/playbook/?print"),
    "phase": words_at("/playbook/label-of-startup/"),
    "phase printed": words_at("/playbook/label-of-startup/?print"),
    "related play": words_at("/playbook/neighbour-p07/"),
    "search": lambda reader: repr(
        [hit.object for hit in search_api.search(SearchQuery(text="quokka"), reader).hits]
    ),
    "door": lambda reader: repr(api.visible_play_refs(reader)),
}


def make_guarded_plays() -> None:
    """One play of each audience that stands on every surface, and a neighbour that names them all."""
    plays = []
    for number, audience in enumerate(AUDIENCES):
        play = make_play("Before", audience=audience, code=f"P5{number}")
        terms = {term.code: term for term in play.phases.model.objects.all()}
        title = f"{TITLE} {NAMES[audience]}"
        plays.append(publish(play, title=title, role_areas=[terms["contract"]], habits=[terms["H1"]]))
    make_play("Neighbour", code="P07", related=plays, purpose="Read P50, P51 and P52 first.")


@pytest.mark.parametrize("surface", SURFACES)
def test_a_play_shows_only_to_its_readers(surface: str) -> None:
    make_guarded_plays()
    shown = {}
    for who, (fields, _tokens) in READERS.items():
        words = SURFACES[surface](make_person(**fields))
        shown[who] = {audience for audience in AUDIENCES if f"{TITLE} {NAMES[audience]}" in words}
    assert shown == {who: tokens for who, (_fields, tokens) in READERS.items()}


@pytest.mark.parametrize("kind", ["play", "tool", "page", "phase", "front"])
def test_an_address_answers_only_to_its_readers(kind: str) -> None:
    page = {
        "play": lambda: make_play(TITLE),
        "tool": lambda: make_tool(TITLE),
        "page": lambda: make_page(TITLE),
        "phase": lambda: make_front() and phase_page("startup"),
        "front": make_front,
    }[kind]()
    people = {who: make_person(**fields) for who, (fields, _tokens) in READERS.items()}
    for audience in AUDIENCES:
        publish(page, audience=audience)
        answers = {}
        for who, person in people.items():
            client = Client()
            client.force_login(person)
            answers[who] = client.get(page.get_absolute_url()).status_code
        assert answers == {who: 200 if audience in READERS[who][1] else 404 for who in READERS}


def test_a_closed_page_answers_like_one_that_never_was(client: Client) -> None:
    play = make_play(TITLE, audience=PRACTITIONERS)
    client.force_login(make_person())
    closed, missing = client.get(play.get_absolute_url()), client.get(NOT_FOUND)
    assert closed.status_code == missing.status_code == 404
    assert closed.headers["Content-Type"] == missing.headers["Content-Type"]
    assert without_changing_parts(closed) == without_changing_parts(missing)


def without_changing_parts(answer: Any) -> str:
    """A page without its form tokens and its own address."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|/playbook/[\w-]+/', "", answer.content.decode())


def test_a_page_below_a_narrow_one_is_closed_too(client: Client) -> None:
    play = make_play(TITLE)
    publish(PlaybookIndexPage.objects.get(), audience=PRACTITIONERS)
    client.force_login(make_person())
    assert client.get(play.get_absolute_url()).status_code == 404


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    play = make_play(TITLE)
    answer = client.get(play.get_absolute_url())
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["Location"]


def test_a_tool_the_reader_may_not_see_is_no_chip_and_no_link(client: Client) -> None:
    tool = make_tool("Secret checklist", audience=PRACTITIONERS, code="T77")
    chosen = [{"type": "item", "id": "a", "value": tool.pk}]
    play = make_play("Open play", steps=[step(tools=chosen, text="Fill T77 together.")])
    client.force_login(make_person())
    page = client.get(play.get_absolute_url()).content.decode()
    assert "Secret checklist" not in page
    assert tool.get_absolute_url() not in page
    assert "Fill T77 together." in page
    assert "1 tool" not in client.get("/playbook/").content.decode()


def test_a_page_without_an_audience_is_served_to_nobody(client: Client) -> None:
    root = Page.objects.get(pk=make_page().get_parent().get_parent().pk)
    plain = root.add_child(instance=Page(title="Plain", slug="plain"))
    client.force_login(make_person(is_superuser=True))
    assert client.get(f"/{plain.slug}/").status_code == 404


def editor(**fields: Any) -> User:
    """Somebody who may publish everywhere and reads as the community does."""
    grant_admin_rights()
    return make_person(roles=("steward",), **fields)


ADMIN_LISTS = {
    "explorer": lambda play: reverse("wagtailadmin_explore", args=[play.get_parent().pk]),
    "search": lambda play: reverse("wagtailadmin_pages:search") + "?q=quokka",
    "chooser": lambda play: reverse("wagtailadmin_choose_page_child", args=[play.get_parent().pk]),
    "chooser search": lambda play: reverse("wagtailadmin_choose_page_search") + "?q=quokka",
    "api": lambda play: f"/admin/api/main/pages/?child_of={play.get_parent().pk}",
}


@pytest.mark.usefixtures("jobs_at_once")
@pytest.mark.parametrize("place", ADMIN_LISTS)
@pytest.mark.parametrize(("audience", "shown"), [(COMMUNITY, True), (PRACTITIONERS, False), (LEGAL, False)])
def test_lists_of_the_admin_hide_what_an_editor_may_not_read(
    client: Client, place: str, audience: str, shown: bool
) -> None:
    play = make_play(TITLE, audience=audience)
    client.force_login(editor())
    answer = client.get(ADMIN_LISTS[place](play))
    assert answer.status_code == 200
    assert (TITLE in answer.content.decode()) is shown


ADMIN_PAGES = (
    "edit",
    "view_draft",
    "history",
    "usage",
    "copy",
    "move",
    "delete",
    "unpublish",
    "workflow_history",
)


@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_pages_of_the_admin_about_a_closed_page_do_not_exist(client: Client, name: str) -> None:
    play = make_play(TITLE, audience=PRACTITIONERS)
    client.force_login(editor())
    assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[play.pk])).status_code == 404


@pytest.mark.parametrize("name", ["edit", "view_draft", "history"])
def test_the_same_pages_open_for_an_editor_who_may_read(client: Client, name: str) -> None:
    play = make_play(TITLE, audience=PRACTITIONERS)
    client.force_login(editor(is_practitioner=True))
    assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[play.pk])).status_code == 200


def test_revisions_of_a_closed_page_cannot_be_read_or_compared(client: Client) -> None:
    play = make_play(TITLE, audience=PRACTITIONERS)
    client.force_login(editor())
    revision = play.latest_revision_id
    view = reverse("wagtailadmin_pages:revisions_view", args=[play.pk, revision])
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[play.pk, "earliest", "latest"])
    detail = f"/admin/api/main/pages/{play.pk}/"
    assert [client.get(path).status_code for path in (view, compare, detail)] == [404, 404, 404]


def test_view_restrictions_of_wagtail_are_not_offered(client: Client) -> None:
    play = make_play(TITLE)
    client.force_login(make_person(is_superuser=True))
    page = client.get(reverse("wagtailadmin_pages:edit", args=[play.pk])).content.decode()
    assert "Change privacy" not in page
    answer = client.get(reverse("wagtailadmin_pages:set_privacy", args=[play.pk]))
    assert answer.status_code in (302, 403)


def test_closed_pages_by_predicate_and_by_queryset_are_the_same() -> None:
    for number, audience in enumerate(AUDIENCES):
        make_play(f"Draft {number}", audience=audience, publish=False)
        make_play(f"Live {number}", audience=audience)
        make_page(f"Page {number}", audience=audience)
    for who, (fields, tokens) in READERS.items():
        person = make_person(**fields)
        by_rule = {page.pk for page in Page.objects.all() if is_closed(page, person)}
        assert by_rule == set(closed_to(person).values_list("pk", flat=True))
        closed = 0 if who == "superuser" else 3 * len(set(AUDIENCES) - tokens)
        assert len(by_rule) == closed


def test_a_play_is_guarded_although_wagtail_knows_a_restriction(client: Client) -> None:
    play = make_play(TITLE)
    assert not play.get_view_restrictions().exists()
    assert isinstance(PlayPage.objects.get(pk=play.pk).permissions_for_user(editor()).permissions, set)
