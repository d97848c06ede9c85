"""`manage.py prepare`: everything between an unpacked release and a running one; safe to repeat at each start.

Migrations, the cache table, and the starter content this database has not had yet: all of it the first time, what a new
release adds later. A page that an editor has deleted since does not come back by itself. With Elasticsearch named, its
missing indexes are made.
"""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Runs the other commands in one process, since starting each takes longer than the work."""

    help = "Migrates the database and loads the starter content that it has not had yet."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument(
            "--no-demo", dest="demo", action="store_false", help="without the invented content"
        )

    def handle(self, *args: Any, demo: bool, verbosity: int, **options: Any) -> None:
        """Runs them."""
        if verbosity:
            self.stdout.write("Preparing the database ...")
            self.stdout.flush()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if settings.ELASTICSEARCH_URL:
            call_command("search_index", "create", verbosity=verbosity)
        call_command("load_starter", demo=demo, new=True, verbosity=verbosity, stdout=self.stdout)
