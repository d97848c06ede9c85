"""When a mentor is away: the one rule for a row of the database and for a profile."""

from datetime import date


def is_away(first: date | None, last: date | None, on: date) -> bool:
    """Whether a day lies in an absence; one without a beginning has begun, one without an end lasts."""
    if first is None and last is None:
        return False
    return (first is None or first <= on) and (last is None or on <= last)
