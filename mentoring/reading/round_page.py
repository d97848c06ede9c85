"""A round as its coordinator sees it: figures by objective, pairs, who stays alone and why in counts, wants beside offers."""

from collections import Counter
from dataclasses import dataclass

from mentoring.choices import Objective
from mentoring.models import Candidate, MatchRun, MentorProfile
from mentoring.proposals import PARTS, REASONS
from mentoring.rounds import pool_of
from people.api import competences
from people.models import User

WIDE = 100


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
    """One pair with its strongest reason."""

    row: Candidate
    strongest: str


@dataclass(frozen=True, slots=True)
class AloneLine:
    """A mentee without a mentor."""

    pk: int
    name: str
    reasons: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class SupplyLine:
    """How many mentees want a competence and how many free places know it; widths of the bars in per cent."""

    title: str
    wanted: int
    offered: int
    wide_wanted: int
    wide_offered: int


def objective_lines(run: MatchRun) -> list[ObjectiveLine]:
    """All three, the chosen one as it stands after swaps."""
    figures = dict(run.stats.get("by_objective", {}))
    scores = list(run.candidates.values_list("score", flat=True))
    load = Counter(run.candidates.values_list("mentor", flat=True))
    if figures:
        now = {"matched": len(scores), "total": sum(scores), "worst": min(scores, default=0)}
        now |= {"mentors": len(load), "most": max(load.values(), default=0)}
        figures[run.objective] = now
    return [_objective(Objective(code), run, figures[code]) for code in Objective.values if code in figures]


def _objective(one: Objective, run: MatchRun, figures: dict[str, int]) -> ObjectiveLine:
    names = ("matched", "total", "worst", "mentors", "most")
    return ObjectiveLine(
        one.value, str(one.label), one == run.objective, **{name: figures[name] for name in names}
    )


def pair_lines(run: MatchRun) -> list[PairLine]:
    """The weakest first: these are the ones to look at."""
    rows = run.candidates.select_related("mentee__profile", "mentor__profile").order_by("score", "pk")
    return [PairLine(row, _strongest(row.breakdown)) for row in rows]


def _strongest(points: dict[str, int]) -> str:
    return str(PARTS[max(PARTS, key=lambda code: points.get(code, 0))])


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


def supply_lines(run: MatchRun) -> list[SupplyLine]:
    """By competence, over everybody in the round."""
    if run.made_by is None:
        return []
    pool = pool_of(run.made_by)
    wanted = Counter(code for one in pool.seekers for code in one.wants)
    offered = Counter(dict.fromkeys(wanted, 0))
    for giver in pool.givers:
        offered.update({code: giver.free for code in giver.offers if giver.free})
    most = max([*wanted.values(), *offered.values()], default=0) or 1
    titles = {one.code: one.title for one in competences()}
    return [
        SupplyLine(
            titles.get(code, code),
            wanted[code],
            offered[code],
            WIDE * wanted[code] // most,
            WIDE * offered[code] // most,
        )
        for code in sorted({*wanted, *offered}, key=lambda code: (offered[code] - wanted[code], code))
    ]


def mentors_by_id(ids: list[int]) -> dict[int, str]:
    """Names of people in a list of swaps."""
    rows = MentorProfile.objects.filter(person__in=ids).select_related("person")
    return {one.person_id: one.person.name for one in rows}
