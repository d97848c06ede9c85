"""Titles while typing: one request to the engine, one query to the database for each kind shown."""

from core.audiences import tokens_of
from search.engines.base import SUGGESTIONS
from search.engines.choice import answered
from search.parsing import cleaned
from search.results import Hit
from search.services.recheck import recheck

MIN_TYPED = 2


def suggest(text: str, reader: object) -> list[Hit]:
    """Visible titles that go on from what was typed, best first, objects filled, matches marked in `title`."""
    typed, tokens = cleaned(text), tokens_of(reader)
    if len(typed) < MIN_TYPED or not tokens:
        return []
    found, _degraded = answered(
        lambda engine, excluded: engine.suggest(typed, tokens, excluded=excluded, limit=SUGGESTIONS)
    )
    return recheck(found, reader)
