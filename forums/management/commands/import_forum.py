"""`manage.py import_forum FOLDER --source bicycles-meta --board "Bicycles Meta"`: a Stack Exchange dump as a board.

Exit code 1 where the folder cannot be read, the board belongs to members, or nobody could open it; 0 otherwise.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from core.services.check_audience import check_audience
from forums.importing.stack_exchange import Dump, DumpError, read_dump
from forums.models import Board
from forums.services.import_forum import ForumImport, import_forum

AT_THE_END = 1000


class Command(BaseCommand):
    """Imports a forum; a second import of the same dump changes nothing."""

    help = "Imports the folder of a Stack Exchange data dump into a board of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, what to call its source and its board, and what to do without."""
        parser.add_argument("folder", type=Path, help="the folder with Posts.xml and Users.xml")
        parser.add_argument(
            "--source", required=True, help="a short name of the source; stays the same for ever"
        )
        parser.add_argument("--board", required=True, help="the title of the board it fills")
        parser.add_argument("--audience", default="community", help="who may read the board")
        parser.add_argument("--dry-run", action="store_true", help="read and count, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the import and prints what came of it."""
        try:
            dump = read_dump(options["folder"])
        except DumpError as error:
            raise CommandError(str(error)) from error
        board = self._board(options)
        report = import_forum(
            dump, board=board, source=options["source"], dry_run=options["dry_run"], progress=self._progress
        )
        for line in _lines(dump, report):
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was written.")

    def _board(self, options: dict[str, Any]) -> Board:
        slug = slugify(options["board"])
        if not slug:
            raise CommandError(
                "The title of the board needs a letter from a to z: its address is made of it."
            )
        board = Board.objects.filter(slug=slug).first()
        if board is not None and board.external_source != options["source"]:
            raise CommandError(f"The board {slug!r} belongs to others: choose another title.")
        if board is None:
            _check_audience(options["audience"])
        fresh = Board(
            slug=slug,
            title=options["board"],
            audience=options["audience"],
            order=AT_THE_END,
            closed=True,
            external_source=options["source"],
        )
        if board is None and not options["dry_run"]:
            fresh.save()
        return board or fresh

    def _progress(self, done: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{done} threads", ending="\r")


def _check_audience(token: str) -> None:
    try:
        check_audience(token)
    except ValidationError as refusal:
        raise CommandError(refusal.messages[0]) from refusal


def _lines(dump: Dump, report: ForumImport) -> list[str]:
    figures = [
        ("threads", len(dump.threads)),
        ("created", report.created),
        ("updated", report.updated),
        ("unchanged", report.unchanged),
        ("without a title", report.rejected),
        ("posts written", report.posts),
        ("duplicates linked", report.links),
        *((f"passed over: {reason}", count) for reason, count in dump.passed_over.most_common()),
    ]
    width = max(len(name) for name, _count in figures)
    return [f"{name:<{width}}  {count:>8}" for name, count in figures]
