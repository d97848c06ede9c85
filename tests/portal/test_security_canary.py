"""The canary: a word planted in a narrowed object is seen by nobody it is not for, at no address and in no search.

For each kind that search knows, one object of the small portal is narrowed to one function and filled with random words,
one a text field. Every role walks every address and searches for each word, its beginnings and a slip of it. Then the
object is taken out altogether: the answers to a reader who may not see it must be the same, byte for byte, with and
without it, which catches counts, orders and page numbers too. One exception is known: how rare a word is, by which every
engine weighs it, is counted over all documents, so two near equal hits of a common word may change places. There the
lines of a page are compared without their order.
"""

import random
import string
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from django.test import Client
from wagtail.fields import StreamField
from wagtail.models import Page

from core.audiences import PRACTITIONERS
from search.api import touch
from search.documents import specs
from tests.people.factories import UserFactory
from tests.portal.world import World, make_world, normalised, object_addresses, pattern_addresses

pytestmark = pytest.mark.django_db
NARROWED = ("lesson", "play", "tool", "page")
OUTSIDERS = ("member", "contributor", "stranger")
PREFIXES = (3, 6, 10, 15)
LENGTH = 16
SKIPPED = frozenset(
    {
        "audience",
        "effective_audience",
        "status",
        "uptake",
        "outcome",
        "slug",
        "url_path",
        "path",
        "code",
        "kind",
    }
)
STATE = frozenset({"risk_tier", "search_version", "content_hash", "content_digest", "body_stamp", "url"})


@dataclass
class Planted:
    """A narrowed object with its words by field."""

    kind: str
    object: Any
    words: dict[str, str]
    address: str


def word(seed: str) -> str:
    """A word of 16 letters that stands nowhere else; the same at each run."""
    source = random.Random(seed)  # nobody guesses it, everybody may
    return "".join(source.choices("bcdfghjklmnpqrstvwxz" + "aeiou", k=LENGTH))


def text_fields(instance: models.Model) -> list[str]:
    """The names of the fields that hold text people wrote."""
    return [
        field.name
        for field in instance._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, StreamField)
        and not field.choices
        and not field.is_relation
        and field.editable
        and field.name not in SKIPPED | STATE
        and (field.max_length or 1000) >= LENGTH
    ]


def plant(kind: str) -> Planted:
    """Narrows the first object of a kind and fills it."""
    spec = specs.get(kind)
    instance = spec.queryset().order_by("pk").first()
    assert instance is not None, f"the small portal has no {kind}"
    instance = type(instance)._default_manager.get(pk=instance.pk)
    words = {name: word(f"{kind}.{name}") for name in text_fields(instance)}
    for name, value in words.items():
        setattr(instance, name, value)
    for name in ("audience", "effective_audience"):
        if hasattr(instance, name):
            setattr(instance, name, PRACTITIONERS)
    models.Model.save(instance) if not isinstance(instance, Page) else instance.save(clean=False)
    touch(instance, kind=kind, narrowing=True)
    instance.refresh_from_db()
    return Planted(kind, instance, words, instance.get_absolute_url())


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
    for value in planted.words.values():
        asked = [value, slip(value), *(value[:length] for length in PREFIXES)]
        found += [f"/search/?q={text}" for text in asked]
        found += [f"/search/?q={value}&kind={planted.kind}", f"/search/?q={value}&sort=newest"]
        found += [f"/search/suggest/?q={text}" for text in (value, value[:3], value[:8])]
        found += [f"/lessons/?q={value}"]
    return found


def leaks(answer: Any, planted: Planted, asked: str) -> list[str]:
    """The words in status line, headers and body, but for those that the reader typed."""
    text = answer.reason_phrase + str(answer.headers) + answer.content.decode("utf-8", "replace")
    typed = {value for value in planted.words.values() if value in asked or slip(value) in asked}
    return [value for value in planted.words.values() if value not in typed and value in text]


def walk(client: Client, urls: list[str], planted: Planted) -> tuple[int, list[tuple[str, list[str]]]]:
    """Visits all; how many, and what leaked where."""
    found = []
    for url in urls:
        if words := leaks(client.get(url), planted, url):
            found.append((url, words))
    return len(urls), found


@pytest.fixture
def world(db: None, tmp_path: Path) -> World:
    """The small portal."""
    return make_world(tmp_path / "content")


def test_every_guarded_kind_is_tried() -> None:
    assert set(specs.keys()) - {"person", "external_lesson"} == set(NARROWED)


@pytest.mark.parametrize("kind", NARROWED)
def test_nobody_outside_sees_a_word(
    world: World, kind: str, record_property: Callable[[str, object], None]
) -> None:
    planted = plant(kind)
    assert len(planted.words) >= 3
    insider = Client()
    insider.force_login(UserFactory(is_practitioner=True))
    seen = insider.get(planted.address).content.decode()
    assert sum(value in seen for value in planted.words.values()) >= 2, (
        "the insider must see it, else nothing is tried"
    )
    shown = insider.get(f"/search/?q={planted.words['title']}").content.decode()
    assert planted.address in shown
    pages = sorted({*pattern_addresses(world.samples).values(), *object_addresses(), planted.address})
    total = 0
    for role in OUTSIDERS:
        client = world.client(role)
        readable = [page for page in pages if role == "contributor" or not page.startswith("/admin/")]
        count, found = walk(client, [*readable, *searches(planted)], planted)
        assert found == [], role
        assert client.get(planted.address).status_code in (302, 404)
        total += count
    record_property("canary", f"{kind}: {total} answers, {len(planted.words)} words, 0 leaks")


@pytest.mark.parametrize("kind", NARROWED)
def test_with_and_without_it_the_portal_looks_the_same(world: World, kind: str) -> None:
    planted = plant(kind)
    member = world.client("member")
    words = list(planted.words.values())[:2]
    urls = ["/", "/playbook/", "/playbook/?view=a-z", "/playbook/?view=habits", "/playbook/?view=role-areas"]
    urls += [
        "/playbook/tools/",
        "/lessons/",
        "/pages/",
        "/search/?q=",
        "/search/?q=alliance",
        "/search/?q=committee",
    ]
    urls += [f"/search/?q={value}" for value in words] + [
        f"/search/suggest/?q={value[:5]}" for value in words
    ]
    urls += ["/search/suggest/?q=com", f"/search/?q=partner&kind={kind}"]
    urls += [address for address in object_addresses() if address != planted.address]
    with_it = {url: seen(member, url) for url in urls}
    missing = state(member.get(planted.address))
    take_out(planted)
    assert {url for url in urls if seen(member, url) != with_it[url]} == set()
    assert state(member.get(planted.address)) == missing


def seen(client: Client, url: str) -> tuple[int, object]:
    """What a reader sees at an address; results of words without their order, see above."""
    status, body = state(client.get(url))
    return status, sorted(body.splitlines()) if url.startswith("/search/?q=") else body


def state(answer: Any) -> tuple[int, bytes]:
    """What a reader sees of an answer."""
    return answer.status_code, normalised(answer.content)


def test_words_are_words() -> None:
    made = {word(f"x.{number}") for number in range(500)}
    assert len(made) == 500
    assert all(set(value) <= set(string.ascii_lowercase) and len(value) == LENGTH for value in made)
