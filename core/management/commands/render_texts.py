"""`manage.py render_texts`: makes the HTML of members' texts again after the rules of Markdown have changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.rendered import RenderedKind, all_kinds
from core.services.render_again import Renewal, render_again


class Command(BaseCommand):
    """Safe to repeat and to interrupt: what is done is done. Exit code 1 where a text could not be rendered."""

    help = "Renders again what members wrote, where the rules that rendered it have changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument(
            "--dry-run", action="store_true", help="say how many texts are old, change nothing"
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Goes through every kind of stored HTML."""
        renewals = [self._renew(kind, dry_run=dry_run) for kind in all_kinds()]
        failed = sum(len(renewal.failed) for renewal in renewals)
        done, stale = sum(one.done for one in renewals), sum(one.stale for one in renewals)
        if failed:
            raise CommandError(f"{failed} of {stale} texts could not be rendered; the log says why.")
        self.stdout.write(f"{stale} texts are old." if dry_run else f"{done} texts rendered.")

    def _renew(self, kind: RenderedKind, *, dry_run: bool) -> Renewal:
        def progress(done: int, stale: int) -> None:
            self.stdout.write(f"{kind.label}: {done} of {stale}")
            self.stdout.flush()

        renewal = render_again(kind, progress=progress, dry_run=dry_run)
        if dry_run and renewal.stale:
            self.stdout.write(f"{kind.label}: {renewal.stale}")
        return renewal
