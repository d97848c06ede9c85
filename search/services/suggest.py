"""Titles while typing."""

from search.results import Hit


def suggest(text: str, reader: object) -> list[Hit]:
    """Visible titles that go on from what was typed, best first, objects filled, matches marked in `title`."""
    raise NotImplementedError
