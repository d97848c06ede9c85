"""A person's first and last self-check side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from people.data import CompetenceData, SelfCheckData

WIDTH_OF_LEVEL = 25


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One competence: the levels before and now (0 where there was no check), and how wide the bars of both are."""

    title: str
    before: int
    now: int
    width: int
    width_before: int
    picked: bool
    example: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The rows, and when the two checks were taken; `first` is None after a single check."""

    first: datetime | None
    last: datetime
    rows: Sequence[ChartRow]


def chart_of(competences: Sequence[CompetenceData], checks: Sequence[SelfCheckData]) -> Chart | None:
    """None where no check was taken. `checks` has the newest first."""
    if not checks:
        return None
    last, first = checks[0], checks[-1] if len(checks) > 1 else None
    return Chart(first.taken if first else None, last.taken, [_row(one, first, last) for one in competences])


def _row(competence: CompetenceData, first: SelfCheckData | None, last: SelfCheckData) -> ChartRow:
    now = last.levels.get(competence.code, 0)
    before = first.levels.get(competence.code, 0) if first else 0
    return ChartRow(
        title=competence.title,
        before=before,
        now=now,
        width=now * WIDTH_OF_LEVEL,
        width_before=before * WIDTH_OF_LEVEL,
        picked=competence.code in last.picks,
        example=last.examples.get(competence.code, ""),
    )
