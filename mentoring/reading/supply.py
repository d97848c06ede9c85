"""What mentees of a round want beside what free places offer, as it was when the round was solved: a chart and its table."""

from dataclasses import dataclass

from mentoring.models import MatchRun
from people.api import competences

WIDEST, CHARTED = 240, 6
ROW, TEXT, FIRST, SECOND = 50, 12, 19, 32
"""Pixels of the chart: the widest bar; a row, its words and its two bars from the top of the row."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the chart with its number."""

    value: int
    width: int
    y: int

    @property
    def number_x(self) -> int:
        """Where the number stands."""
        return self.width + 6

    @property
    def number_y(self) -> int:
        """Its base line."""
        return self.y + 10


@dataclass(frozen=True, slots=True)
class SupplyLine:
    """How many mentees want a competence and how many free places know it, with the bars of both."""

    title: str
    wanted: Bar
    offered: Bar
    text_y: int


@dataclass(frozen=True, slots=True)
class Supply:
    """Every competence, what lacks most first; the first few are charted."""

    lines: list[SupplyLine]

    @property
    def charted(self) -> list[SupplyLine]:
        """What the chart shows."""
        return self.lines[:CHARTED]

    @property
    def height(self) -> int:
        """Of the chart."""
        return ROW * len(self.charted)


def supply_of(run: MatchRun) -> Supply:
    """From the figures that were kept when the round was solved. One query."""
    counts: dict[str, list[int]] = run.stats.get("supply", {})
    if not counts:
        return Supply([])
    titles = {one.code: one.title for one in competences()}
    most = max(max(two) for two in counts.values()) or 1
    order = sorted(counts.items(), key=lambda entry: (entry[1][1] - entry[1][0], entry[0]))
    return Supply([_line(titles.get(code, code), two, most, at) for at, (code, two) in enumerate(order)])


def _line(title: str, two: list[int], most: int, at: int) -> SupplyLine:
    top = at * ROW
    bars = [
        Bar(value, WIDEST * value // most, top + y) for value, y in zip(two, (FIRST, SECOND), strict=True)
    ]
    return SupplyLine(title, bars[0], bars[1], top + TEXT)
