"""Gives the letters about mentoring their words, as facilitators edit them beside those of the path."""

from collections.abc import Mapping

from mentoring.api import letter_writers
from notifications.data import Paragraphs
from onboarding.letter_text import fill
from onboarding.models import Letter


def write(key: str, values: Mapping[str, str], links: Mapping[str, tuple[str, str]]) -> Paragraphs:
    """The letter of a key; nothing where facilitators have taken it out."""
    letter = Letter.objects.filter(key=key).first()
    return () if letter is None else fill(letter.subject, letter.body, values, links).paragraphs


def register() -> None:
    """Called once when the app is ready."""
    letter_writers.register("onboarding", write)
