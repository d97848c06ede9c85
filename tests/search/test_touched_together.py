"""Touched together: indexed once, at the end, or not at all."""

import pytest

from search.api import touch, touched_together
from search.models import IndexEntry
from tests.lessons.factories import LessonFactory

pytestmark = pytest.mark.django_db


def entry(pk: int) -> IndexEntry:
    return IndexEntry.objects.get(kind="lesson", object_id=pk)


def test_indexed_once_at_the_end_whatever_touched_it() -> None:
    lesson = LessonFactory(title="Before")
    touch(lesson, kind="lesson")
    version = entry(lesson.pk).version
    with touched_together():
        for title in ("Between", "After"):
            lesson.title = title
            lesson.save(update_fields=["title"])
            touch(lesson, kind="lesson")
        assert entry(lesson.pk).title == "Before"
    assert entry(lesson.pk).title == "After"
    assert entry(lesson.pk).version == version + 1


def test_a_failure_indexes_nothing_and_undoes_all() -> None:
    lesson = LessonFactory(title="Before")
    touch(lesson, kind="lesson")

    def fails() -> None:
        with touched_together():
            lesson.title = "After"
            lesson.save(update_fields=["title"])
            touch(lesson, kind="lesson")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    lesson.refresh_from_db()
    assert lesson.title == entry(lesson.pk).title == "Before"


def test_inside_another_it_waits_for_the_outer_one() -> None:
    lesson = LessonFactory(title="Before")
    touch(lesson, kind="lesson")
    with touched_together():
        with touched_together():
            lesson.title = "After"
            lesson.save(update_fields=["title"])
            touch(lesson, kind="lesson")
        assert entry(lesson.pk).title == "Before"
    assert entry(lesson.pk).title == "After"
