"""Who is in a round, and who sees it: a facilitator without a part in any of its pairs.

A round leaves out its coordinator and everybody below them: these are for another coordinator. It takes mentees for whom
its programme is. Pairs that stand and requests that wait keep their places and are never moved.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Exists, OuterRef, Q, QuerySet

from mentoring.choices import OPEN_PAIRS
from mentoring.coordinators import is_facilitator
from mentoring.matching.data import Giver, Pool
from mentoring.models import Candidate, MatchRequest, MatchRun, MentorProfile, Mentorship, Programme
from mentoring.pool import load_pool
from mentoring.programmes import people_of
from people.api import reports_below
from people.models import User


def pool_of(coordinator: User, programme: Programme) -> Pool:
    """Mentees who look for a mentor and all mentors, but those the coordinator has a part with. Constant queries."""
    apart = with_part(coordinator)
    waiting = list(MatchRequest.objects.open().values_list("mentee", "mentor"))
    paired = Mentorship.objects.filter(state__in=OPEN_PAIRS).values("mentee")
    present = MentorProfile.objects.filter(person__is_active=True).exclude(person__in=apart)
    seeking = present.filter(is_mentee=True).exclude(person__in=paired)
    mentees = set(seeking.values_list("person", flat=True)) - {mentee for mentee, _mentor in waiting}
    meant = people_of(programme, among=mentees)
    pool = load_pool(
        mentee_ids=sorted(mentees if meant is None else mentees & meant),
        mentor_ids=list(present.filter(is_mentor=True).values_list("person", flat=True)),
        reserved=Counter(mentor for _mentee, mentor in waiting),
        programme=programme,
    )
    return replace(pool, givers=tuple(_limited(one, programme.most_each) for one in pool.givers))


def _limited(giver: Giver, most: int | None) -> Giver:
    """A mentor with no more free places than the programme fills."""
    return giver if most is None else replace(giver, capacity=giver.used + min(giver.free, most))


def with_part(reader: User) -> frozenset[int]:
    """The reader and everybody below: those whose rounds are a colleague's. One query a level."""
    return frozenset({reader.pk, *reports_below(reader.pk)})


def rounds_of(reader: object) -> QuerySet[MatchRun]:
    """The rounds that the reader made, and those without a part of theirs in any pair; none for who is no facilitator."""
    rows: QuerySet[MatchRun] = MatchRun.objects.select_related("programme", "made_by")
    if not isinstance(reader, User) or not is_facilitator(reader):
        return rows.none()
    mine = with_part(reader)
    part = Candidate.objects.filter(Q(mentee__in=mine) | Q(mentor__in=mine), run=OuterRef("pk"))
    return rows.filter(Q(made_by=reader.pk) | ~Exists(part))


def seen_by(reader: User, runs: Iterable[MatchRun]) -> list[MatchRun]:
    """Of `rounds_of`, those in which nobody of the reader's was left alone either; the list of these is no table."""
    mine = with_part(reader)
    return [one for one in runs if one.made_by_id == reader.pk or not mine & _alone(one)]


def run_for(reader: User, pk: int) -> MatchRun:
    """One they made, or in which neither they nor those below are paired or left alone; raises `DoesNotExist` else."""
    for run in seen_by(reader, rounds_of(reader).filter(pk=pk)):
        return run
    raise MatchRun.DoesNotExist


def _alone(run: MatchRun) -> set[int]:
    return {line["mentee"] for line in run.stats.get("alone", [])}
