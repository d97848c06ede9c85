"""The canary: a word planted in a narrowed object is seen by nobody it is not for, at no address and in no search.

For each guarded kind that search knows, one object of the small portal is narrowed to one function and filled with
random words, one in every text (tests/portal/planting.py). Every role walks every address and searches for each word,
its beginnings and a slip of it. Then the object is taken out altogether: the answers to a reader who may not see it
must be the same, byte for byte, with and without it, which catches counts, orders and page numbers too. One exception
is known: how rare a word is, by which every engine weighs it, is counted over all documents, so two near equal hits of
a common word, or two similar lessons, may change places. There the pieces of a page are compared without their order.
"""

import re
import string
from collections.abc import Callable, Iterable
from typing import Any

import pytest
import time_machine
from django.db import models
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from search.api import touch
from search.documents import specs
from tests.people.factories import UserFactory
from tests.portal.planting import LENGTH, UNPLANTED, Planted, plant, text_fields, word
from tests.portal.world import World, normalised, object_addresses, pattern_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.thorough, pytest.mark.world("small")]
NARROWED = ("lesson", "play", "tool", "page")
PLANTED_ELSEWHERE = frozenset({"topic", "alliance"})
"""Kinds that the small portal does not hold: their own room tries them."""
OUTSIDERS = ("member", "contributor", "stranger")
PREFIXES = (3, 6, 10, 15)
SEARCHED_INSIDE = 4
"""Words inside streams that are searched for: all of them lie in one text of one document."""
SEEN_INSIDE = {"play": 0.9, "tool": 0.25}
"""The least share of the words inside streams that somebody inside finds: a tool shows the parts of its kind only."""
LISTS = ("/", "/playbook/", "/playbook/?view=a-z", "/playbook/?view=habits", "/playbook/?view=role-areas")
LISTS += ("/playbook/?view=changed", "/playbook/?print", "/playbook/tools/", "/lessons/", "/pages/")
LISTS += ("/search/?q=", "/search/?q=alliance", "/search/?q=committee", "/search/suggest/?q=com")
RANKED = ("/search/?q=", "/lessons/L")
PIECES = re.compile(rb"\n|(?=<)")


def guarded_models() -> dict[str, type[models.Model]]:
    """The models of the kinds that carry an audience; external lessons are lessons."""
    found = {spec.kind: spec.model for spec in specs if spec.kind != "external_lesson"}
    return {
        kind: model
        for kind, model in found.items()
        if any(field.name == "audience" for field in model._meta.fields)
    }


def take_out(planted: Planted) -> None:
    """Makes the object as if it had never been."""
    spec, pk = specs.get(planted.kind), planted.object.pk
    if isinstance(planted.object, Page):
        type(planted.object).objects.filter(pk=pk).update(live=False)
    else:
        type(planted.object).objects.filter(pk=pk).update(audience="nobody")
    touch(spec.model._default_manager.get(pk=pk), kind=planted.kind)


def slip(text: str) -> str:
    """The word with one wrong letter."""
    return text[:7] + ("x" if text[7] != "x" else "y") + text[8:]


def searches(planted: Planted) -> list[str]:
    """Every way to look for the words."""
    found = []
    for value in (*planted.words.values(), *list(planted.inside.values())[:SEARCHED_INSIDE]):
        asked = [value, slip(value), *(value[:length] for length in PREFIXES)]
        found += [f"/search/?q={text}" for text in asked]
        found += [f"/search/?q={value}&kind={planted.kind}", f"/search/?q={value}&sort=newest"]
        found += [f"/search/suggest/?q={text}" for text in (value, value[:3], value[:8])]
        found += [f"/lessons/?q={value}"]
    return found


def leaks(answer: Any, words: Iterable[str], asked: str) -> list[str]:
    """The words in status line, headers and body, but for those that the reader typed."""
    text = answer.reason_phrase + str(answer.headers) + answer.content.decode("utf-8", "replace")
    return [value for value in words if value in text and value not in asked]


def leaked(client: Client, urls: Iterable[str], planted: Planted) -> dict[str, list[str]]:
    """Visits all: what leaked where."""
    found = {url: leaks(client.get(url), planted.all_words, url) for url in urls}
    return {url: words for url, words in found.items() if words}


def telling(client: Client, urls: Iterable[str], planted: Planted) -> set[str]:
    """The addresses that answer differently once the object is taken out, which it is."""
    read_topics(client)
    with_it = {url: seen(client, url) for url in urls}
    take_out(planted)
    return {url for url in with_it if seen(client, url) != with_it[url]}


def read_topics(client: Client) -> None:
    """Opens what remembers its readers, so that a second look finds it as the first did."""
    for url in object_addresses():
        if url.startswith("/forums/"):
            client.get(url)


def compared(planted: Planted) -> list[str]:
    """Lists, counts, facets and pages around an object: where its presence would show."""
    words = list(planted.words.values())[:2]
    urls = [*LISTS, planted.address, f"/search/?q=partner&kind={planted.kind}"]
    urls += [f"/search/?q={value}" for value in words]
    urls += [f"/search/suggest/?q={value[:5]}" for value in words]
    return urls + [address for address in object_addresses() if address != planted.address]


def seen(client: Client, url: str) -> tuple[int, object]:
    """What a reader sees at an address."""
    return shown(client.get(url), url)


def shown(answer: Any, url: str) -> tuple[int, object]:
    """What a reader sees of an answer; what is ranked by words without its order, see above."""
    status, body = answer.status_code, normalised(answer.content)
    return status, sorted(PIECES.split(body)) if url.startswith(RANKED) else body


def test_every_guarded_kind_is_tried() -> None:
    assert set(guarded_models()) - PLANTED_ELSEWHERE == set(NARROWED)


def test_what_is_left_unplanted_is_there() -> None:
    """A name that no model has any more would hide the next field of that name."""
    fields = {field.name for model in guarded_models().values() for field in model._meta.fields}
    assert set(UNPLANTED) <= fields


@pytest.mark.parametrize("kind", NARROWED)
def test_nobody_outside_sees_a_word(
    world: World, kind: str, record_property: Callable[[str, object], None]
) -> None:
    planted = plant(kind)
    assert set(planted.words) | {path.split(".")[1] for path in planted.inside} == {
        field.name for field in text_fields(type(planted.object))
    }
    assert_somebody_inside_sees(planted)
    pages = sorted({*pattern_addresses(world.samples).values(), *object_addresses(), planted.address})
    total = 0
    for role in OUTSIDERS:
        client = world.client(role)
        readable = [page for page in pages if role == "contributor" or not page.startswith("/admin/")]
        asked = [*readable, *searches(planted)]
        assert leaked(client, asked, planted) == {}, role
        assert client.get(planted.address).status_code in (302, 404)
        total += len(asked)
    record_property("canary", f"{kind}: {total} answers, {len(planted.all_words)} words, 0 leaks")


def assert_somebody_inside_sees(planted: Planted) -> None:
    """Else nothing is tried."""
    insider = Client()
    insider.force_login(UserFactory(is_practitioner=True))
    page = insider.get(planted.address).content.decode()
    assert sum(value in page for value in planted.words.values()) >= 3
    inside = planted.inside.values()
    assert sum(value in page for value in inside) >= SEEN_INSIDE.get(planted.kind, 0) * len(inside)
    for value in (planted.words["title"], *list(inside)[:1]):
        assert planted.address in insider.get(f"/search/?q={value}").content.decode()


@pytest.mark.parametrize("kind", NARROWED)
def test_with_and_without_it_the_portal_looks_the_same(world: World, kind: str) -> None:
    planted = plant(kind)
    member = world.client("member")
    with time_machine.travel(timezone.now(), tick=False):  # pages that offer times say others a minute later
        assert telling(member, compared(planted), planted) == set()


def test_words_are_words() -> None:
    made = {word(f"x.{number}") for number in range(500)}
    assert len(made) == 500
    assert all(set(value) <= set(string.ascii_lowercase) and len(value) == LENGTH for value in made)
