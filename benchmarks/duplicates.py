"""Measures whether a lesson that is written again is noticed, on NASA's lessons taken as ours.

    python -m benchmarks.duplicates [database|elasticsearch ...]

Near copies are pairs of lessons whose texts, of twenty words at least, share four fifths of their shingles of three
words. Each lesson is asked for as if somebody were writing it. Prints one line an engine: how many near copies stand in
the top five of each other, on how many of them the alarm goes off, and on how many lessons that are nobody's near copy.
The lessons go into a scratch database and into indexes of their own; all is removed afterwards.
"""

import csv
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.conf import settings
from django.db import connection
from django.test.utils import override_settings, setup_databases, teardown_databases

from core.audiences import COMMUNITY
from lessons.choices import Status
from lessons.models import Lesson
from lessons.models.lesson import TITLE_LENGTH
from lessons.search_documents import lesson_document
from lessons.services.find_similar import find_similar
from search.documents import specs
from search.engines.elasticsearch_client import background_client
from search.services.index import write_documents
from search.services.rebuild import rebuild

FEWEST_WORDS = 20
NEAR = 0.8
TOP = 5
WORD = re.compile(r"\w+")
Pair = tuple[int, int]


class Reader:
    """An employee."""

    is_authenticated = True
    is_active = True
    audience_tokens = frozenset({COMMUNITY})


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of three words of a text; none of a text that is too short to be a copy."""
    words = WORD.findall(text.lower())
    return (
        frozenset(zip(words, words[1:], words[2:], strict=False))
        if len(words) >= FEWEST_WORDS
        else frozenset()
    )


def near_copies(texts: list[str]) -> list[Pair]:
    """Places of texts whose shingles have a Jaccard index of `NEAR` and more."""
    made = [shingles(text) for text in texts]
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, found in enumerate(made):
        for shingle in found:
            holders[shingle].append(place)
    shared = Counter(pair for places in holders.values() for pair in combinations(places, 2))
    return [
        (one, other)
        for (one, other), both in shared.items()
        if both / (len(made[one]) + len(made[other]) - both) >= NEAR
    ]


def stored(rows: list[dict[str, str]]) -> list[Lesson]:
    """The rows as published lessons of ours, found by both database engines."""
    lessons = [
        Lesson(
            code=f"N{number}",
            title=(row["Title"].strip() or row["Lesson"].strip())[:TITLE_LENGTH],
            context=row["Abstract"],
            happened=row["Lesson"],
            status=Status.PUBLISHED,
        )
        for number, row in enumerate(rows, 1)
    ]
    made = Lesson.objects.bulk_create(lessons, batch_size=500)
    write_documents([lesson_document(lesson) for lesson in Lesson.objects.prefetch_related("causes")])
    return made


def measure(lessons: list[Lesson], pairs: list[Pair]) -> str:
    """One line of figures."""
    place_of = {lesson.pk: place for place, lesson in enumerate(lessons)}
    top: list[list[int]] = []
    alarms: list[bool] = []
    for lesson in lessons:
        found = find_similar(
            title=lesson.title,
            text=f"{lesson.context}\n{lesson.happened}",
            reader=Reader(),
            leave_out=[lesson.pk],
            limit=TOP,
        )
        top.append([place_of[one.lesson.pk] for one in found])
        alarms.append(any(one.very_close for one in found))
    both = sum(one in top[other] and other in top[one] for one, other in pairs)
    copies = {place for pair in pairs for place in pair}
    rung = sum(alarms[place] for place in copies)
    wrong = sum(alarms[place] for place in range(len(lessons)) if place not in copies)
    others = len(lessons) - len(copies)
    return (
        f"near_copies={len(pairs)} in_top{TOP}={both} alarm_on_copies={rung}/{len(copies)} "
        f"alarm_on_others={wrong}/{others} ({wrong / others:.1%})"
    )


@contextmanager
def database() -> Iterator[None]:
    """The index in the database; it is filled already."""
    with override_settings(ELASTICSEARCH_URL=""):
        yield


@contextmanager
def elasticsearch() -> Iterator[None]:
    """Indexes of their own in Elasticsearch, deleted afterwards."""
    with override_settings(SEARCH_INDEX_PREFIX=f"benchmark-{uuid4().hex[:12]}", SEARCH_TIMEOUT_SECONDS=60.0):
        indexes: list[str] = []
        try:
            indexes.extend(rebuild(spec, lambda _text: None).index for spec in specs)
            yield
        finally:
            for index in indexes:
                background_client().indices.delete(index=index)


ENGINES = {"database": database, "elasticsearch": elasticsearch}


def main(names: list[str]) -> int:
    """Measures every engine named, or all that are there."""
    chosen = names or ["database", *(["elasticsearch"] if settings.ELASTICSEARCH_URL else [])]
    path: Path = settings.SHARED_DATA_DIR / "lessons-nasa" / "lessons.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = near_copies([row["Lesson"] for row in rows])
    scratch = setup_databases(verbosity=0, interactive=False)
    try:
        lessons = stored(rows)
        for name in chosen:
            with ENGINES[name]():
                label = connection.vendor if name == "database" else name
                print(
                    f"duplicates engine={label} lessons={len(lessons)} {measure(lessons, pairs)}", flush=True
                )
    finally:
        teardown_databases(scratch, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
