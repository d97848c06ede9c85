"""One calendar for a pair, whoever looks: its days are counted by UTC, since its people live by different clocks.

Counted by the reader's own clock, a pair would be a day older for one of the two than for the other, and a coordinator
in America would set aside the pair of yesterday.
"""

from datetime import UTC, date

from django.utils import timezone


def current_day() -> date:
    """The day it is now."""
    return timezone.now().astimezone(UTC).date()
