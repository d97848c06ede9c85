"""A round as its coordinator sees it: figures, what each objective would give, pairs, who stays alone and why in counts."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mentoring.choices import Objective, RunState
from mentoring.models import Candidate, MatchRun, Wish
from mentoring.proposals import REASONS
from people.models import User

HUES = ("b", "c", "d", "e")
RANKS: dict[int, str | Promise] = {
    1: gettext_lazy("first wish"),
    2: gettext_lazy("second wish"),
    3: gettext_lazy("third wish"),
}
STRONGEST = 2
PARTS = {
    "competence": gettext_lazy("Wanted competences"),
    "type": gettext_lazy("Alliance types"),
    "phase": gettext_lazy("Phases"),
    "style": gettext_lazy("Style of talking"),
    "overlap": gettext_lazy("Working hours"),
    "area": gettext_lazy("Therapeutic area"),
    "language": gettext_lazy("A second language"),
    "experience": gettext_lazy("Years ahead"),
}
"""The parts of a fit in the words of somebody who looks on."""


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """What the round would be under one objective."""

    code: str
    words: str
    chosen: bool
    matched: int
    total: int
    worst: int
    mentors: int
    most: int


@dataclass(frozen=True, slots=True)
class PairLine:
    """One pair with its strongest reasons, the wish it fulfils, and whether it is kept in the next solution."""

    row: Candidate
    strongest: str
    wish: str | Promise
    kept: bool
    hues: tuple[str, str]


@dataclass(frozen=True, slots=True)
class AloneLine:
    """A mentee without a mentor."""

    pk: int
    name: str
    reasons: list[tuple[str, int]]


def objective_lines(run: MatchRun) -> list[ObjectiveLine]:
    """All three, the chosen one of a draft as it stands after swaps."""
    figures = dict(run.stats.get("by_objective", {}))
    if figures and run.state != RunState.DISCARDED:
        figures[run.objective] = figures[run.objective] | _as_it_stands(run)
    return [_objective(Objective(code), run, figures[code]) for code in Objective.values if code in figures]


def _as_it_stands(run: MatchRun) -> dict[str, int]:
    rows = list(run.candidates.values_list("mentor", "score"))
    load, scores = Counter(mentor for mentor, _score in rows), [score for _mentor, score in rows]
    return {
        "matched": len(rows),
        "total": sum(scores),
        "worst": min(scores, default=0),
        "mentors": len(load),
        "most": max(load.values(), default=0),
    }


def _objective(one: Objective, run: MatchRun, figures: dict[str, int]) -> ObjectiveLine:
    names = ("matched", "total", "worst", "mentors", "most")
    return ObjectiveLine(
        one.value, str(one.label), one == run.objective, **{name: figures[name] for name in names}
    )


def figures_of(run: MatchRun, objectives: list[ObjectiveLine]) -> list[tuple[str, str]]:
    """The strip over the pairs: paired, alone, points, the weakest, the load; the wishes where there are any."""
    now = next((one for one in objectives if one.chosen), None)
    if now is None:
        return []
    mentees = run.stats["mentees"]
    mean = now.total // now.matched if now.matched else 0
    lines = [
        (_("Paired"), _("%(n)d of %(all)d") % {"n": now.matched, "all": mentees}),
        (_("Without a mentor"), str(mentees - now.matched)),
        (_("Total fit"), _("%(total)s, mean %(mean)d") % {"total": f"{now.total:,}", "mean": mean}),
        (_("Weakest pair"), _("%(worst)d, floor %(floor)d") % {"worst": now.worst, "floor": run.floor}),
        (_("Load"), _load(now)),
    ]
    wished = _wish_share(run)
    return lines if wished is None else [*lines, (_("A wished mentor"), f"{wished} %")]


def _load(now: ObjectiveLine) -> str:
    words = ngettext(
        "%(n)d mentor, at most %(most)d each", "%(n)d mentors, at most %(most)d each", now.mentors
    )
    return words % {"n": now.mentors, "most": now.most}


def _wish_share(run: MatchRun) -> int | None:
    """How many in a hundred of the paired mentees with wishes have a mentor whom they wished for."""
    wishes = wishes_of(run)
    pairs = list(run.candidates.values_list("mentee", "mentor"))
    wishing = {mentee for mentee, _mentor in wishes} & {mentee for mentee, _mentor in pairs}
    return 100 * sum(two in wishes for two in pairs) // len(wishing) if wishing else None


def wishes_of(run: MatchRun) -> dict[tuple[int, int], int]:
    """Rank by mentee and mentor. For the coordinator of the round alone."""
    rows = Wish.objects.filter(programme=run.programme_id)
    return {(mentee, mentor): rank for mentee, mentor, rank in rows.values_list("mentee", "mentor", "rank")}


def pair_lines(run: MatchRun, kept: Collection[int] = ()) -> list[PairLine]:
    """The weakest first: these are the ones to look at. `kept` are the numbers of pairs that were ticked."""
    rows = run.candidates.select_related("mentee__profile", "mentor__profile").order_by("score", "pk")
    wishes = wishes_of(run)
    return [
        PairLine(
            row,
            _strongest(row.breakdown),
            RANKS.get(wishes.get((row.mentee_id, row.mentor_id), 0), ""),
            row.pk in kept,
            (HUES[row.mentee_id % len(HUES)], HUES[row.mentor_id % len(HUES)]),
        )
        for row in rows
    ]


def _strongest(points: dict[str, int]) -> str:
    best = sorted(PARTS, key=lambda code: -points.get(code, 0))[:STRONGEST]
    return ", ".join(str(PARTS[code]) for code in best if points.get(code, 0)).capitalize()


def alone_lines(run: MatchRun, reader: object) -> list[AloneLine]:
    """Who has no mentor in the draft as it stands."""
    paired = set(run.candidates.values_list("mentee", flat=True))
    rows = [one for one in run.stats.get("alone", []) if one["mentee"] not in paired]
    people = User.objects.visible_to(reader).in_bulk([one["mentee"] for one in rows])
    return [
        AloneLine(one["mentee"], people[one["mentee"]].name, _reasons(one["counts"]))
        for one in rows
        if one["mentee"] in people
    ]


def _reasons(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(str(words), counts[code]) for code, words in REASONS.items() if counts.get(code)]
