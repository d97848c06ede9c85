"""Measures whether a question that was asked before is noticed, on the imported forum's own marks of duplicates.

    python -m benchmarks.forum_duplicates

Each question that its forum marked as a duplicate is asked for as if somebody were writing it. Prints one line: how many
pairs are present, and in how many the other question stands in the top five. Everything is in a scratch database.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.conf import settings
from django.db import connection
from django.test.utils import override_settings, setup_databases, teardown_databases

from benchmarks.duplicates import TOP, Reader
from forums.importing.stack_exchange import read_dump
from forums.models import Board, TopicLink
from forums.services.import_forum import import_forum
from forums.services.indexing import KIND
from search import api as search

FOLDER = "forum-bicycles-meta"


def main() -> int:
    """Imports and asks; returns the exit code."""
    scratch = setup_databases(verbosity=0, interactive=False)
    try:
        with override_settings(ELASTICSEARCH_URL=""):
            board = Board.objects.create(slug="imported", title="Imported", external_source="imported")
            report = import_forum(
                read_dump(settings.SHARED_DATA_DIR / FOLDER), board=board, source="imported"
            )
            print(
                f"forum_duplicates engine={connection.vendor} topics={report.created} pairs={report.links} "
                f"in_top{TOP}={_found()}",
                flush=True,
            )
    finally:
        teardown_databases(scratch, verbosity=0)
    return 0


def _found() -> int:
    found = 0
    for link in TopicLink.objects.select_related("topic", "other"):
        topic = link.topic
        opening = topic.posts.get(number=1)
        alike = search.alike(topic.title, opening.words("body"), kind=KIND, reader=Reader(), limit=TOP + 1)
        others = [one.hit.object_id for one in alike if one.hit.object_id != topic.pk][:TOP]
        found += link.other_id in others
    return found


if __name__ == "__main__":
    sys.exit(main())
