"""Which counts of a table may be shown: pure rules, no database.

A group under five is not shown. Where that group could be worked out from the total, because it is the only one or
because all that is left out is itself under five, the next smallest is left out too. Columns of a table follow each
other (who has a mentor was appointed first): what is left out of one stays out of the next, so that a later count says
nothing about an earlier one. That a count is left out says nothing of which of the two reasons it has. Of equal counts
all are left out or none, so that the choice between them tells nothing either.
"""

from collections.abc import Collection, Sequence

SMALLEST = 5
"""The smallest group that is shown."""

Counts = Sequence[int]


def shown(count: int) -> int | None:
    """A count that stands for itself, such as a total; None for a group that is too small."""
    return count if count >= SMALLEST else None


def left_out(column: Counts, before: Collection[int] = ()) -> frozenset[int]:
    """The places of a column that are not shown beside its total; those of the column before are among them."""
    out = {place for place, count in enumerate(column) if place in before or count < SMALLEST}
    while (rest := set(range(len(column))) - out) and out and _tells(column, out):
        next_one = min(column[place] for place in rest)
        out |= {place for place in rest if column[place] == next_one}
    return frozenset(out)


def _tells(column: Counts, out: Collection[int]) -> bool:
    """Whether the total less what is shown gives a count away.

    The last case: the sum of what is left out is as high as groups under five can reach, hence each of them is four.
    """
    together = sum(column[place] for place in out)
    return len(out) == 1 or together < SMALLEST or together == len(out) * (SMALLEST - 1)


def suppress(rows: Sequence[Counts]) -> list[list[int | None]]:
    """The table with None for each count that is not shown; rows are groups, columns follow each other."""
    cells: list[list[int | None]] = [[] for _row in rows]
    out: frozenset[int] = frozenset()
    for column in zip(*rows, strict=True):
        out = left_out(column, out)
        for place, count in enumerate(column):
            cells[place].append(None if place in out else count)
    return cells


def gather(rows: Sequence[Counts]) -> tuple[list[int], list[int]]:
    """Places of the groups that stand for themselves, and of those that only stand together, by their first column."""
    out = left_out([row[0] for row in rows]) if rows else frozenset()
    return [place for place in range(len(rows)) if place not in out], sorted(out)
