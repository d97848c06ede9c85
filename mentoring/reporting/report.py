"""The report as page and file show it: funnel, figures with targets, and a table by group. Nine queries at most."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mentoring.reporting.cohort import Grouping, Member, Stage, cohort
from mentoring.reporting.figures import Figure, figures
from mentoring.reporting.measures import measures
from mentoring.reporting.periods import Period
from mentoring.reporting.suppress import gather, shown, suppress

WHOLE = 100

HOW: dict[Stage, str | Promise] = {
    Stage.APPOINTED: gettext_lazy("in this period, and not rejected"),
    Stage.CONTEXT: gettext_lazy("named at least one alliance"),
    Stage.ASKED: gettext_lazy("sent a request, or was paired by a round"),
    Stage.PAIRED: gettext_lazy("a mentor said yes, or a round was published"),
    Stage.TALKED: gettext_lazy("marked as held"),
    Stage.SIGNED: gettext_lazy("by both"),
    Stage.CLOSED: gettext_lazy("by one of the two"),
}


@dataclass(frozen=True, slots=True)
class FunnelLine:
    """How many of the cohort have come so far; `percent` of who was appointed."""

    stage: Stage
    label: str | Promise
    how: str | Promise
    count: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One row of the table; None for a count that is not shown."""

    label: str
    cells: list[int | None]


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. `groups` add up to `funnel`, as far as they are shown."""

    period: Period
    grouping: Grouping
    figures: list[Figure]
    funnel: list[FunnelLine]
    groups: list[GroupLine]

    @property
    def withholds(self) -> bool:
        """Whether the table leaves out a count."""
        return any(cell is None for line in self.groups for cell in line.cells)


def report(period: Period, grouping: Grouping) -> Report:
    """The figures of a period."""
    people = cohort(period, grouping)
    totals = [shown(count) for count in _counts(people)]
    by_stage = dict(zip(Stage, totals, strict=True))
    return Report(
        period=period,
        grouping=grouping,
        figures=figures(measures(period), appointed=by_stage[Stage.APPOINTED], paired=by_stage[Stage.PAIRED]),
        funnel=_funnel(totals),
        groups=_groups(people),
    )


def _counts(people: Sequence[Member]) -> list[int]:
    reached = Counter(stage for one in people for stage in one.stages)
    return [reached[stage] for stage in Stage]


def _funnel(totals: Sequence[int | None]) -> list[FunnelLine]:
    whole = totals[0]
    return [
        FunnelLine(stage, stage.label, HOW[stage], count, _percent(count, whole))
        for stage, count in zip(Stage, totals, strict=True)
    ]


def _percent(count: int | None, whole: int | None) -> int | None:
    return round(WHOLE * count / whole) if count is not None and whole else None


def _groups(people: Sequence[Member]) -> list[GroupLine]:
    """Small groups stand together in the last row, without their names."""
    names = sorted({one.group for one in people}, key=lambda name: (not name, name.casefold()))
    rows = [_counts([one for one in people if one.group == name]) for name in names]
    alone, together = gather(rows)
    labels = [names[place] or _("Not said") for place in alone]
    counts = [rows[place] for place in alone]
    if together:
        number = len(together)
        labels.append(ngettext("%(n)d small group", "%(n)d groups together", number) % {"n": number})
        counts.append([sum(column) for column in zip(*(rows[place] for place in together), strict=True)])
    return [GroupLine(label, cells) for label, cells in zip(labels, suppress(counts), strict=True)]
