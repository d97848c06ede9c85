"""`manage.py load_starter`: the starter content, and the demo people and content beside it.

Idempotent: what exists is kept, also where people edited it, and what was deleted comes back only because somebody
ran the command again. With --new, only what this database has not had yet is loaded: what a new release brought.
Publishing a page queues jobs; they are run before the command ends.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.background import drain
from portal.starter import load, load_new


class Command(BaseCommand):
    """Runs the loaders in the order in which they need each other."""

    help = "Loads the starter content, and demo people and content; keeps everything that is there."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument(
            "--no-demo",
            dest="demo",
            action="store_false",
            help="leave out the invented people, owners and lessons",
        )
        parser.add_argument(
            "--demo", dest="demo", action="store_true", default=True, help="load them (default)"
        )

        parser.add_argument(
            "--new", action="store_true", help="only what this database has not had yet, as after an upgrade"
        )

    def handle(self, *args: Any, demo: bool, new: bool, verbosity: int, **options: Any) -> None:
        """Runs them and tells what each did."""

        def tell(name: str, outcome: str) -> None:
            if verbosity:
                self.stdout.write(f"  {name:<13}{outcome}")
                self.stdout.flush()

        if (load_new if new else load)(demo=demo, tell=tell):
            drain()
