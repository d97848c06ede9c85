"""`manage.py import_lessons FILE --mapping MAPPING.yaml`: external lessons from a CSV, JSON or JSON Lines file.

Exit code 1 where the file or the mapping cannot be used, 2 where no row was accepted, 0 otherwise.
"""

import sys
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from lessons.importing.mapping import MappingError, read_mapping
from lessons.importing.reading import read_rows
from lessons.importing.report import ImportReport
from lessons.services.import_lessons import import_lessons

NOTHING_ACCEPTED = 2


class Command(BaseCommand):
    """Imports lessons; a second import of the same file changes nothing."""

    help = "Imports external lessons from a CSV, JSON or JSON Lines file by a mapping."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, its mapping, and what to do without."""
        parser.add_argument("file", type=Path, help="the .csv, .json or .jsonl file")
        parser.add_argument("--mapping", type=Path, required=True, help="what its columns mean, as YAML")
        parser.add_argument("--dry-run", action="store_true", help="judge every row and write nothing")
        parser.add_argument("--report", type=Path, help="a CSV file that gets one line a row")
        parser.add_argument("--limit", type=int, help="stop after so many rows")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the import and prints what came of it."""
        try:
            report = self._import(options)
        except (MappingError, ValidationError) as error:
            words = error.messages[0] if isinstance(error, ValidationError) else str(error)
            raise CommandError(words) from error
        if self._shows_progress():
            self.stderr.write("", ending="\r")
        for line in report.lines():
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was written.")
        if not report.accepted:
            raise CommandError("No row was accepted.", returncode=NOTHING_ACCEPTED)

    def _import(self, options: dict[str, Any]) -> ImportReport:
        mapping = read_mapping(options["mapping"])
        with ExitStack() as stack:
            stream = None
            if options["report"]:
                stream = stack.enter_context(_opened(options["report"]))
            return import_lessons(
                read_rows(options["file"], mapping),
                mapping=mapping,
                report=ImportReport(stream),
                dry_run=options["dry_run"],
                limit=options["limit"],
                progress=self._progress,
            )

    def _shows_progress(self) -> bool:
        return sys.stderr.isatty()

    def _progress(self, rows: int) -> None:
        if self._shows_progress():
            self.stderr.write(f"{rows} rows read", ending="\r")


def _opened(path: Path) -> Any:
    try:
        return path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise MappingError(f"The report {path} cannot be written: {error.strerror}.") from error
