"""Keeps count of an import and writes its report, one line a row.

The report is opened in spreadsheets: a cell that would be read as a formula there is written with a quote before it.
"""

import csv
from collections import Counter
from dataclasses import dataclass, field
from typing import IO

from lessons.importing.rows import JudgedRow, Verdict

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("row", "key", "title", "verdict", "change", "reasons")


@dataclass(slots=True)
class ImportReport:
    """Counts by verdict, by change and by reason; `stream` gets the report where one is wanted."""

    stream: IO[str] | None = None
    verdicts: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        if self.stream is not None:
            csv.writer(self.stream).writerow(COLUMNS)

    def add(self, row: JudgedRow, *, change: str) -> None:
        """Counts a row; `change` is created, updated, unchanged or empty."""
        self.verdicts[row.verdict] += 1
        if change:
            self.changes[change] += 1
        for reason in row.reasons:
            self.reasons[reason.split("“")[0].strip(" :")] += 1
        if self.stream is not None:
            cells = [str(row.number), row.key, row.title, row.verdict, change, " ".join(row.reasons)]
            csv.writer(self.stream).writerow([harmless(cell) for cell in cells])

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return sum(self.verdicts.values())

    @property
    def accepted(self) -> int:
        """How many became, or already were, lessons."""
        return self.verdicts[Verdict.ACCEPTED] + self.verdicts[Verdict.WARNED]

    def lines(self) -> list[str]:
        """The summary as a table for the terminal."""
        figures: list[tuple[str, int]] = [("rows", self.rows)]
        figures += [(verdict, self.verdicts[verdict]) for verdict in Verdict]
        figures += [(change, self.changes[change]) for change in ("created", "updated", "unchanged")]
        width = max(len(name) for name, _count in figures)
        table = [f"{name:<{width}}  {count:>8}" for name, count in figures]
        reasons = [f"  {count:>6}  {reason}" for reason, count in self.reasons.most_common()]
        return [*table, *(["reasons", *reasons] if reasons else [])]


def harmless(cell: str) -> str:
    """The cell, with a quote before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
