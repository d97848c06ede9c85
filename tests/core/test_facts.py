"""Facts: stored with the change, handed over at least once, parked when they keep failing."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import pytest
from django.db import transaction

from core.facts import (
    CATALOGUE,
    MAX_ATTEMPTS,
    Fact,
    LessonPublished,
    PlayPublished,
    deliver_waiting,
    publish,
    subscribe,
    unsubscribe,
)
from core.models import StoredFact

pytestmark = pytest.mark.django_db


@dataclass
class Listener:
    """Remembers what it heard and fails as often as told."""

    heard: list[Fact]
    failures: int = 0

    def __call__(self, fact: Fact) -> None:
        if self.failures:
            self.failures -= 1
            raise RuntimeError("not now")
        self.heard.append(fact)

    def __hash__(self) -> int:
        return id(self)


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Subscribed to published lessons."""
    made = Listener([])
    subscribe(LessonPublished, made)
    yield made
    unsubscribe(LessonPublished, made)


def test_a_fact_is_handed_over_once_delivered(listener: Listener) -> None:
    publish(LessonPublished(lesson_id=7))
    assert listener.heard == []
    assert deliver_waiting() == 1
    assert deliver_waiting() == 0
    assert listener.heard == [LessonPublished(lesson_id=7)]


def test_oldest_first_and_no_more_than_asked(listener: Listener) -> None:
    for number in range(5):
        publish(LessonPublished(lesson_id=number))
    assert deliver_waiting(limit=2) == 2
    assert listener.heard == [LessonPublished(lesson_id=0), LessonPublished(lesson_id=1)]
    assert deliver_waiting() == 3


def test_a_fact_of_a_change_that_failed_was_never_there(listener: Listener) -> None:
    @transaction.atomic
    def change() -> None:
        publish(LessonPublished(lesson_id=1))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    assert deliver_waiting() == 0
    assert listener.heard == []


def test_a_failure_is_kept_and_tried_again(listener: Listener) -> None:
    listener.failures = 1
    publish(LessonPublished(lesson_id=1))
    assert deliver_waiting() == 0
    stored = StoredFact.objects.get()
    assert (stored.attempts, stored.error, stored.delivered) == (1, "RuntimeError: not now", None)
    assert deliver_waiting() == 1
    assert len(listener.heard) == 1


def test_what_fails_eight_times_is_parked_and_others_flow(listener: Listener) -> None:
    listener.failures = MAX_ATTEMPTS
    publish(LessonPublished(lesson_id=1))
    for _ in range(MAX_ATTEMPTS):
        assert deliver_waiting() == 0
    publish(LessonPublished(lesson_id=2))
    assert deliver_waiting() == 1
    assert listener.heard == [LessonPublished(lesson_id=2)]
    parked = StoredFact.objects.get(delivered=None)
    assert parked.attempts == MAX_ATTEMPTS


def test_one_failing_subscriber_undoes_what_others_wrote(listener: Listener) -> None:
    def writer(fact: LessonPublished) -> None:
        publish(PlayPublished(page_id=fact.lesson_id, version=1))

    unsubscribe(LessonPublished, listener)
    subscribe(LessonPublished, writer)
    subscribe(LessonPublished, listener)
    listener.failures = 1
    try:
        publish(LessonPublished(lesson_id=3))
        deliver_waiting()
        assert not StoredFact.objects.filter(name=PlayPublished.name).exists()
        deliver_waiting(limit=1)
        assert StoredFact.objects.filter(name=PlayPublished.name).count() == 1
    finally:
        unsubscribe(LessonPublished, writer)


def test_subscribing_twice_is_hearing_once(listener: Listener) -> None:
    subscribe(LessonPublished, listener)
    publish(LessonPublished(lesson_id=1))
    deliver_waiting()
    assert len(listener.heard) == 1


def test_the_catalogue_is_closed() -> None:
    @dataclass(frozen=True, slots=True)
    class Rumour(Fact):
        name = "rumour"

    with pytest.raises(KeyError):
        publish(Rumour())
    assert StoredFact.objects.count() == 0


@pytest.mark.parametrize("fact", CATALOGUE.values(), ids=lambda fact: fact.name)
def test_facts_hold_numbers_and_codes_only(fact: type[Fact]) -> None:
    """No text that somebody wrote: the subscriber reads afresh what its reader may see."""
    codes = {"status", "uptake"}
    assert {field.type for field in fields(fact) if field.name not in codes} <= {int, int | None}
    assert {field.type for field in fields(fact) if field.name in codes} <= {str}
