"""Loads what matching reckons with, for one mentee, one pair or a whole round: a constant number of queries.

Everything private goes in here (exclusions, walls, earlier pairs that were no fit) and nothing of it comes out but codes
of filters, which `mentoring.proposals` turns into counts that tell a private reason from a full mentor by nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from alliances.api import alliances_of_all
from alliances.data import AllianceData
from mentoring.absence import is_away
from mentoring.matching.data import FULL, Giver, Person, Pool, Seeker
from mentoring.matching.overlap import longest_shared
from mentoring.matching.table import score
from mentoring.models import Exclusion, Programme, RematchRequest, Wall
from mentoring.places import places_taken
from mentoring.pool_rows import Row, mentee_rows, mentor_rows, picked
from mentoring.programmes import people_of, standing_programme
from people.api import lines_above

DAYS_PER_YEAR, DAYS_PER_MONTH = 365.25, 30
UNSIGNED = "want_get"
NONE: frozenset[str] = frozenset()


def load_pool(
    *,
    mentee_ids: Collection[int],
    mentor_ids: Collection[int] | None = None,
    programme: Programme | None,
    reserved: Mapping[int, int] | None = None,
) -> Pool:
    """The pool of these mentees with these mentors, else with all who are present and mentor, by a programme's rules.

    `reserved` adds places that a round must leave free, such as those of open requests.
    """
    day = timezone.localdate()
    mentees, mentors = mentee_rows(mentee_ids), mentor_rows(mentor_ids)
    loader = _Loader.of([*mentees, *mentors], day, reserved or {})
    return Pool(
        seekers=tuple(loader.seeker(one) for one in mentees),
        givers=tuple(loader.giver(one) for one in mentors),
        exclusions=_exclusions(),
        walls=frozenset(frozenset(two) for two in Wall.objects.values_list("first_id", "second_id")),
        former=_former(),
        audience=people_of(programme, among={one.person for one in (*mentees, *mentors)}),
        least_years=programme.least_months * DAYS_PER_MONTH / DAYS_PER_YEAR if programme else 0.0,
        on=day,
    )


def _exclusions() -> frozenset[frozenset[int]]:
    return frozenset(frozenset(two) for two in Exclusion.objects.values_list("owner_id", "other_id"))


def _former() -> frozenset[tuple[int, int]]:
    rows = RematchRequest.objects.filter(not_a_fit=True)
    return frozenset(rows.values_list("mentorship__mentee_id", "mentorship__mentor_id"))


@dataclass(frozen=True, slots=True)
class _Loader:
    """What is needed to turn a row into a value without another query."""

    day: date
    above: Mapping[int, frozenset[int]]
    types: Mapping[int, frozenset[str]]
    phases: Mapping[int, frozenset[str]]
    alliances: Mapping[int, list[AllianceData]]
    taken: Mapping[int, int]
    reserved: Mapping[int, int]

    @classmethod
    def of(cls, rows: Sequence[Row], day: date, reserved: Mapping[int, int]) -> "_Loader":
        ids = {one.person for one in rows}
        return cls(
            day=day,
            above=lines_above({one.person: one.manager for one in rows}),
            types=picked(ids, "alliance_types"),
            phases=picked(ids, "phases"),
            alliances=alliances_of_all(ids),
            taken=places_taken(),
            reserved=reserved,
        )

    def person(self, row: Row) -> Person:
        return Person(
            id=row.person,
            languages=frozenset(row.languages),
            zone=row.time_zone,
            days=row.working_days,
            start=row.working_from.hour * 60 + row.working_from.minute,
            until=row.working_until.hour * 60 + row.working_until.minute,
            areas=frozenset(row.therapeutic_areas),
            above=self.above[row.person],
        )

    def seeker(self, row: Row) -> Seeker:
        """Types and phases of alliances that are only being talked about stay out: a mentor sees the points."""
        own = self.alliances.get(row.person, [])
        signed = [one for one in own if one.phase != UNSIGNED]
        return Seeker(
            person=self.person(row),
            wants=tuple(row.wants),
            types=self.types.get(row.person, NONE)
            | {one.alliance_type for one in signed if one.alliance_type},
            phases=self.phases.get(row.person, NONE) | {one.phase for one in signed if one.phase},
            style=(row.advice, row.structure, row.cadence),
            years=self.years(row.in_role_since),
            alliances=frozenset(one.pk for one in own),
        )

    def giver(self, row: Row) -> Giver:
        own = self.alliances.get(row.person, [])
        taken = self.taken.get(row.person, 0) + self.reserved.get(row.person, 0)
        return Giver(
            person=self.person(row),
            offers=frozenset(row.offers),
            types=self.types.get(row.person, NONE),
            phases=self.phases.get(row.person, NONE),
            style=(row.advice, row.structure, row.cadence),
            years=self.years(row.in_role_since),
            capacity=row.capacity if row.takes_requests else 0,
            used=taken,
            away=is_away(row.away_from, row.away_until, self.day),
            trained=row.trained_on is not None,
            alliances=frozenset(one.pk for one in own),
        )

    def years(self, since: date | None) -> float:
        return max(0.0, (self.day - since).days / DAYS_PER_YEAR) if since else 0.0


def pool_of_pair(mentee_id: int, mentor_id: int) -> Pool:
    """Two people by the rules under which requests are sent."""
    return load_pool(mentee_ids=[mentee_id], mentor_ids=[mentor_id], programme=standing_programme())


def codes_of_pair(mentee_id: int, mentor_id: int) -> frozenset[str]:
    """What stands between two people now; one who does not mentor at all counts as full."""
    pool = pool_of_pair(mentee_id, mentor_id)
    if not pool.seekers or not pool.givers:
        return frozenset({FULL})
    return score(pool).codes_of(mentee_id, mentor_id)


def shared_hours(mentee_id: int, mentor_id: int) -> int:
    """Whole working hours of their best day in common."""
    pool = pool_of_pair(mentee_id, mentor_id)
    if not pool.seekers or not pool.givers:
        return 0
    return longest_shared(pool.seekers[0].person, pool.givers[0].person, pool.on) // 60
