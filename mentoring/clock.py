"""What the worker does for running pairs from time to time: pulses, talks that change hands, how each pair is doing."""

from mentoring.services.ask_pulses import ask_pulses
from mentoring.services.hand_over import hand_over_all
from mentoring.services.take_snapshots import take_snapshots


def look_after_pairs() -> int:
    """How much was done. Safe to call at any time; a day's work is done once."""
    return ask_pulses() + hand_over_all() + take_snapshots()
