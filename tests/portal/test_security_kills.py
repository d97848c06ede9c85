"""The canary is alive: with any one of the portal's filters switched off, it turns red.

Each case takes one guard away and lets the canary walk; a case that stays green is a hole in the canary. Guards that
stand behind another one are tried with that one open: the re-check of hits with an index that lags behind a narrowing.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q, QuerySet
from django.test import Client
from pytest_django import DjangoDbBlocker

from core.audiences import COMMUNITY, PRACTITIONERS
from core.managers import AudienceQuerySet
from lessons.managers import LessonQuerySet
from playbook.managers import PortalPageQuerySet
from playbook.models import ToolPage
from playbook.models.mixins import PortalPageMixin
from search import spelling
from search.documents import specs
from search.engines import database
from search.engines.database import DatabaseEngine
from search.models import IndexEntry
from search.services import recheck
from tests.people.factories import UserFactory
from tests.portal.planting import Planted, plant
from tests.portal.test_security_canary import (
    LISTS,
    NARROWED,
    compared,
    leaked,
    leaks,
    read_topics,
    seen,
    shown,
    slip,
    take_out,
)

pytestmark = [pytest.mark.django_db, pytest.mark.thorough, pytest.mark.world("small")]
EVERY_TOKEN = frozenset({COMMUNITY, PRACTITIONERS})
WORDS = 3
"""So many words of each object are searched for."""
Patch = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Guard:
    """One place that filters, and how it is switched off. `lagging`: the index still tells what was narrowed."""

    name: str
    switch_off: Patch
    lagging: bool = False


def all_rows(rows: QuerySet[Any], reader: object) -> QuerySet[Any]:
    """What `visible_to` gives when it does not look at the reader."""
    return rows.filter(live=True) if isinstance(rows, PortalPageQuerySet) else rows.all()


def replaced(owner: Any, name: str, value: Any) -> Patch:
    """Puts something in the place of a guard."""
    return lambda patcher: patcher.setattr(owner, name, value)


def blind_in(module: str, function: str) -> Guard:
    """`visible_to` looks away when one function asks it."""

    def switch_off(patcher: pytest.MonkeyPatch) -> None:
        for owner in (LessonQuerySet, PortalPageQuerySet):
            patcher.setattr(owner, "visible_to", _blind_for(owner.visible_to, module, function))

    return Guard(f"{module}.{function}", switch_off)


def _blind_for(original: Any, module: str, function: str) -> Any:
    def visible_to(rows: Any, reader: object) -> Any:
        frame = sys._getframe(1)
        while frame.f_globals["__name__"] == "django.db.models.manager":
            frame = frame.f_back  # a manager hands on to its queryset
        asked_here = (frame.f_globals["__name__"], frame.f_code.co_name) == (module, function)
        return all_rows(rows, reader) if asked_here else original(rows, reader)

    return visible_to


def all_of(*patches: Patch) -> Patch:
    """Switches off guards that stand behind each other."""

    def switch_off(patcher: pytest.MonkeyPatch) -> None:
        for patch in patches:
            patch(patcher)

    return switch_off


def with_every_token(owner: Any, name: str, place: int) -> Patch:
    """A function that takes tokens in `place` gets all of them."""
    original = getattr(owner, name)

    def generous(*args: Any, **kwargs: Any) -> Any:
        return original(*args[:place], EVERY_TOKEN, *args[place + 1 :], **kwargs)

    return replaced(owner, name, generous)


def _unchecked(kind: str, pks: Any, reader: object) -> dict[int, Any]:
    spec = specs.get(kind)
    return {found.pk: found for found in spec.for_hits(spec.queryset().filter(pk__in=pks))}


GUARDS = [
    Guard("visible_to of everything with an audience", replaced(AudienceQuerySet, "visible_to", all_rows)),
    Guard("visible_to of pages", replaced(PortalPageQuerySet, "visible_to", all_rows)),
    Guard("serving a page", replaced(PortalPageMixin, "is_readable_by", lambda page, reader: page.live)),
    Guard("engine: all", replaced(database, "_access", lambda tokens: database.ALWAYS)),
    Guard("engine: counts and facets", with_every_token(database, "_count", 1)),
    Guard("engine: page of hits", with_every_token(database, "_page", 1)),
    Guard(
        "did you mean, both its filters",
        all_of(with_every_token(DatabaseEngine, "frequencies", 2), with_every_token(spelling, "_nearest", 1)),
    ),
    Guard("re-check of hits", replaced(recheck, "_visible", _unchecked), lagging=True),
    Guard(
        "rule of plays and pages in search",
        lambda patcher: patcher.setattr("playbook.search_documents.readable", lambda reader: Q(live=True)),
        lagging=True,
    ),
    blind_in("lessons.views.browse", "lesson_list"),
    blind_in("lessons.views.reading", "found_lesson"),
    blind_in("lessons.api", "newest_for_home"),
    blind_in("lessons.api", "_alike_in_facts"),
    blind_in("lessons.api", "citing_plays_of"),
    blind_in("lessons.slots", "lessons_for_play"),
    blind_in("playbook.reading.cards", "visible_plays"),
    blind_in("playbook.reading.cards", "tool_counts"),
    blind_in("playbook.reading.play", "surroundings"),
    blind_in("playbook.reading.tool", "around_tool"),
    blind_in("playbook.reading.tool_library", "_cards"),
    blind_in("playbook.reading.tool_library", "_uses"),
    blind_in("playbook.views.tools", "tool_download"),
]


@pytest.fixture(scope="module")
def planted(django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Planted]]:
    """One narrowed object of each kind in a small portal that all cases share; each undoes what it changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {kind: plant(kind) for kind in NARROWED}
        transaction.set_rollback(True)


@pytest.fixture
def member(planted: dict[str, Planted]) -> Client:
    """Somebody outside all of them."""
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory())
    read_topics(client)
    return client


def walked(planted: Planted) -> Iterator[str]:
    """What the canary visits, the likely places first."""
    yield planted.address
    yield from LISTS
    if isinstance(planted.object, ToolPage):
        yield from (planted.object.download_url(extension) for extension in planted.object.offered_formats)
    for value in list(planted.words.values())[:WORDS]:
        yield from (
            f"/search/?q={slip(value)}",
            f"/search/?q={value[:10]}",
            f"/search/suggest/?q={value[:6]}",
        )
    yield from (url for url in compared(planted) if url not in LISTS)


def is_red(member: Client, planted: dict[str, Planted]) -> bool:
    """Whether the canary finds a word, or that an object's presence shows."""
    words = {word for found in planted.values() for word in found.all_words}
    before: dict[str, object] = {}
    for url in dict.fromkeys(chain.from_iterable(walked(found) for found in planted.values())):
        answer = member.get(url)
        if leaks(answer, words, url):
            return True
        before[url] = shown(answer, url)
    for found in planted.values():
        take_out(found)
    return any(seen(member, url) != before[url] for url in before)


def let_the_index_lag(planted: dict[str, Planted]) -> None:
    """As between a narrowing and the moment in which a slow engine hears of it."""
    for kind, found in planted.items():
        IndexEntry.objects.filter(kind=kind, object_id=found.object.pk).update(audience=COMMUNITY)


def test_with_every_guard_in_place_it_is_green(planted: dict[str, Planted], member: Client) -> None:
    assert not is_red(member, planted)


def test_a_lagging_index_alone_leaks_no_word(planted: dict[str, Planted], member: Client) -> None:
    let_the_index_lag(planted)
    for found in planted.values():
        assert leaked(member, walked(found), found) == {}


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_without_one_guard_it_is_red(
    planted: dict[str, Planted], member: Client, monkeypatch: pytest.MonkeyPatch, guard: Guard
) -> None:
    guard.switch_off(monkeypatch)
    if guard.lagging:
        let_the_index_lag(planted)
    assert is_red(member, planted), f"nobody would notice if {guard.name} let everything through"
