"""`manage.py run_mentoring_clock [--at 2026-11-09T12:00+00:00]`: what time does in mentoring, now or at another hour."""

from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from mentoring.clock import run_mentoring_clock


class Command(BaseCommand):
    """Reminds of requests, ends those without an answer, follows absences, asks pulses. Safe to repeat."""

    help = "Does what is due in mentoring: reminders, expired requests, absences, pulses. The worker does it by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--at", type=_moment, help="look at requests as at this time, with its zone")

    def handle(self, *args: Any, at: datetime | None, **options: Any) -> None:
        """Runs it once and says how much was done."""
        self.stdout.write(f"{run_mentoring_clock(at or timezone.now())} done")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no time such as 2026-11-09T12:00+00:00") from error
    if moment.tzinfo is None:
        raise ArgumentTypeError(f"{text!r} has no zone; add +00:00")
    return moment
