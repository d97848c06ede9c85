"""`manage.py import_appointments FILE`: who was appointed as an alliance manager, from personnel's CSV.

Exit code 1 where the file cannot be used, 2 where it has lines and none could be used, 0 otherwise.
"""

import hashlib
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onboarding.importing.rows import FileError, read_rows
from onboarding.models import ImportBatch
from onboarding.services.import_appointments import import_appointments

CHUNK = 65_536
NOTHING_USED = 2


class Command(BaseCommand):
    """Imports appointments; a second import of the same file changes nothing."""

    help = "Imports appointments of alliance managers from personnel's CSV file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether to write."""
        parser.add_argument("file", type=Path, help="the .csv file, in UTF-8")
        parser.add_argument("--dry-run", action="store_true", help="judge every line and write nothing")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        """Runs the import and prints what came of it."""
        try:
            batch = self._import(file, dry_run)
        except OSError as error:
            raise CommandError(f"{file.name} cannot be read: {error.strerror}.") from error
        except FileError as error:
            raise CommandError(str(error)) from error
        for fault in batch.errors:
            self.stdout.write(f"line {fault['line']}: {fault['reason']}")
        self.stdout.write(
            f"{batch.rows} lines: {batch.created_count} created, {batch.changed_count} changed, "
            f"{batch.unchanged_count} unchanged, {batch.invited_count} invited, {batch.faulty_count} faulty"
        )
        if dry_run:
            self.stdout.write("Dry run: nothing was written.")
        if batch.rows and batch.rows == batch.faulty_count:
            raise CommandError("No line could be used.", returncode=NOTHING_USED)

    def _import(self, file: Path, dry_run: bool) -> ImportBatch:
        digest = hashlib.sha256()
        with file.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return import_appointments(
                read_rows(stream),
                name=file.name,
                digest=digest.hexdigest(),
                by=None,
                dry_run=dry_run,
                progress=self._progress,
            )

    def _progress(self, rows: int) -> None:
        self.stderr.write(f"{rows} lines read", ending="\r" if sys.stderr.isatty() else "\n")
