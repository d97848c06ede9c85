"""`manage.py mail`: what waits to be mailed and what could not be sent; `--retry` sends the latter again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count
from django.utils import timezone

from notifications.models import MailState, Notice

SHOWN = (MailState.WAITING, MailState.TAKEN, MailState.PARKED)
LISTED = 50


class Command(BaseCommand):
    """Shows numbers and the answers of the mail server, never a word of a mail."""

    help = "Shows the mail that waits and the mail that could not be sent."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--retry", action="store_true", help="send what could not be sent once more")

    def handle(self, *args: Any, retry: bool, **options: Any) -> None:
        """Prints, and with `--retry` puts back."""
        parked = Notice.objects.filter(mail=MailState.PARKED)
        if retry:
            again = parked.update(mail=MailState.WAITING, mail_due=timezone.now(), mail_attempts=0)
            self.stdout.write(f"{again} notices are sent again.")
            return
        counts = dict(Notice.objects.order_by().values_list("mail").annotate(Count("pk")))
        for state in SHOWN:
            self.stdout.write(f"{state.label}: {counts.get(state.value, 0)}")
        for notice in parked.select_related("recipient").order_by("-pk")[:LISTED]:
            self.stdout.write(
                f"  notice {notice.pk} to {notice.recipient.email}: {notice.mail_error}, tried {notice.mail_attempts} times"
            )
