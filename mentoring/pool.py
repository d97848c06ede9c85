"""Loads what matching reckons with, for one mentee, one pair or a whole round: a constant number of queries.

Everything private goes in here (exclusions, walls, earlier pairs that were no fit) and nothing of it comes out but codes
of filters, which `mentoring.proposals` turns into counts that tell a private reason from a full mentor by nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from alliances.api import alliances_of_all
from alliances.data import AllianceData
from mentoring.matching.data import FULL, Giver, Person, Pool, Seeker
from mentoring.matching.overlap import longest_shared
from mentoring.matching.table import score
from mentoring.models import Exclusion, MentorProfile, Programme, RematchRequest, Wall
from mentoring.places import places_taken
from mentoring.programmes import people_of, standing_programme
from people.api import managers
from people.models import Profile, User

DAYS_PER_YEAR, DAYS_PER_MONTH = 365.25, 30
LEVELS_UP = 3
UNSIGNED = "want_get"


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
    mentees = _mentees(list(mentee_ids))
    mentors = _profiles(_mentors(mentor_ids))
    loader = _Loader.of([*mentees, *mentors], day, reserved or {})
    return Pool(
        seekers=tuple(loader.seeker(one) for one in mentees),
        givers=tuple(loader.giver(one) for one in mentors),
        exclusions=_exclusions(),
        walls=frozenset(frozenset(two) for two in Wall.objects.values_list("first_id", "second_id")),
        former=_former(),
        audience=people_of(programme, among={one.person_id for one in (*mentees, *mentors)}),
        least_years=programme.least_months * DAYS_PER_MONTH / DAYS_PER_YEAR if programme else 0.0,
        on=day,
    )


def _mentees(ids: list[int]) -> list[MentorProfile]:
    """Whoever has no mentoring profile yet is reckoned with an empty one, which is not kept."""
    known = _profiles(MentorProfile.objects.filter(person__in=ids))
    missing = set(ids) - {one.person_id for one in known}
    if not missing:
        return known
    people = User.objects.filter(pk__in=missing, profile__isnull=False).select_related("profile")
    return known + [MentorProfile(person=one) for one in people.order_by("pk")]


def _mentors(ids: Collection[int] | None) -> QuerySet[MentorProfile]:
    rows = MentorProfile.objects.filter(is_mentor=True, person__is_active=True)
    return rows if ids is None else rows.filter(person__in=list(ids))


def _profiles(rows: QuerySet[MentorProfile]) -> list[MentorProfile]:
    """Those of people with a profile; accounts for operation alone have none, and fit nobody."""
    found = rows.filter(person__profile__isnull=False).select_related("person__profile").order_by("person_id")
    return list(found.prefetch_related("person__profile__alliance_types", "person__profile__phases"))


def _exclusions() -> frozenset[frozenset[int]]:
    return frozenset(frozenset(two) for two in Exclusion.objects.values_list("owner_id", "other_id"))


def _former() -> frozenset[tuple[int, int]]:
    rows = RematchRequest.objects.filter(not_a_fit=True)
    return frozenset(rows.values_list("mentorship__mentee_id", "mentorship__mentor_id"))


@dataclass(frozen=True, slots=True)
class _Loader:
    """What is needed to turn a row into a value without another query."""

    day: date
    above: Mapping[int, int]
    beneath: Mapping[int, frozenset[int]]
    alliances: Mapping[int, list[AllianceData]]
    taken: Mapping[int, int]
    reserved: Mapping[int, int]

    @classmethod
    def of(cls, profiles: Iterable[MentorProfile], day: date, reserved: Mapping[int, int]) -> "_Loader":
        ids = {one.person_id for one in profiles}
        above = managers()
        return cls(day, above, _beneath(ids, above), alliances_of_all(ids), places_taken(), reserved)

    def person(self, row: MentorProfile) -> Person:
        profile = row.person.profile
        return Person(
            id=row.person_id,
            languages=frozenset(profile.languages),
            zone=profile.time_zone,
            days=profile.working_days,
            start=profile.working_from.hour * 60 + profile.working_from.minute,
            until=profile.working_until.hour * 60 + profile.working_until.minute,
            areas=frozenset(profile.therapeutic_areas),
            line=_line(row.person_id, self.above),
            below=self.beneath[row.person_id],
        )

    def seeker(self, row: MentorProfile) -> Seeker:
        """Types and phases of alliances that are only being talked about stay out: a mentor sees the points."""
        profile, own = row.person.profile, self.alliances.get(row.person_id, [])
        signed = [one for one in own if one.phase != UNSIGNED]
        return Seeker(
            person=self.person(row),
            wants=tuple(row.wants),
            types=_codes(profile.alliance_types) | {one.alliance_type for one in signed if one.alliance_type},
            phases=_codes(profile.phases) | {one.phase for one in signed if one.phase},
            style=(row.advice, row.structure, row.cadence),
            years=self.years(profile),
            alliances=frozenset(one.pk for one in own),
        )

    def giver(self, row: MentorProfile) -> Giver:
        profile, own = row.person.profile, self.alliances.get(row.person_id, [])
        taken = self.taken.get(row.person_id, 0) + self.reserved.get(row.person_id, 0)
        return Giver(
            person=self.person(row),
            offers=frozenset(row.offers),
            types=_codes(profile.alliance_types),
            phases=_codes(profile.phases),
            style=(row.advice, row.structure, row.cadence),
            years=self.years(profile),
            capacity=row.capacity if row.takes_requests else 0,
            used=taken,
            away=row.is_away(self.day),
            trained=row.trained_on is not None,
            alliances=frozenset(one.pk for one in own),
        )

    def years(self, profile: Profile) -> float:
        since = profile.in_role_since
        return max(0.0, (self.day - since).days / DAYS_PER_YEAR) if since else 0.0


def _codes(terms: object) -> frozenset[str]:
    return frozenset(term.code for term in terms.all())  # type: ignore[attr-defined]  # prefetched terms


def _line(person: int, above: Mapping[int, int]) -> frozenset[int]:
    line: list[int] = []
    at = person
    while len(line) < LEVELS_UP and at in above and above[at] not in (person, *line):
        at = above[at]
        line.append(at)
    return frozenset(line)


def _beneath(ids: Iterable[int], above: Mapping[int, int]) -> dict[int, frozenset[int]]:
    """Everybody below each of these; cycles end the walk."""
    reports: dict[int, list[int]] = {}
    for person, manager in above.items():
        reports.setdefault(manager, []).append(person)
    return {pk: _tree(pk, reports) for pk in ids}


def _tree(top: int, reports: Mapping[int, list[int]]) -> frozenset[int]:
    found: set[int] = set()
    level = list(reports.get(top, ()))
    while level:
        person = level.pop()
        if person not in found and person != top:
            found.add(person)
            level.extend(reports.get(person, ()))
    return frozenset(found)


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
