"""What time does in mentoring: reminders and the end of requests, absences, pulses, talks that change hands, health."""

from datetime import datetime

from mentoring.services.ask_pulses import ask_pulses
from mentoring.services.hand_over import hand_over_all
from mentoring.services.keep_status import keep_status
from mentoring.services.remind_mentors import remind_mentors
from mentoring.services.remind_pairs import remind_pairs
from mentoring.services.take_snapshots import take_snapshots


def look_after_pairs() -> int:
    """How much was done. Safe to call at any time; a day's work is done once."""
    return ask_pulses() + hand_over_all() + take_snapshots()


def run_mentoring_clock(now: datetime) -> int:
    """All of it; how much was done. Safe to call at any time, and again."""
    return remind_mentors(now) + keep_status() + look_after_pairs() + remind_pairs(now)
