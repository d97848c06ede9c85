"""Who is in a round, and who sees it: its coordinator, and facilitators without a part in it.

A round leaves out its coordinator and everybody below them: these are for another coordinator. It takes mentees for whom
its programme is. Pairs that stand and requests that wait keep their places and are never moved.

Whom it reckoned with has a part, as a mentee or as a mentor, paired or not: a mentor who read that somebody stayed alone
beside her free place would know that they are kept apart.
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
    """The rounds that the reader made, and those without theirs in any pair; none for who is no facilitator."""
    rows: QuerySet[MatchRun] = MatchRun.objects.select_related("programme", "made_by")
    if not isinstance(reader, User) or not is_facilitator(reader):
        return rows.none()
    mine = with_part(reader)
    part = Candidate.objects.filter(Q(mentee__in=mine) | Q(mentor__in=mine), run=OuterRef("pk"))
    return rows.filter(Q(made_by=reader.pk) | ~Exists(part))


def seen_by(reader: User, runs: Iterable[MatchRun]) -> list[MatchRun]:
    """Of `rounds_of`, those that did not reckon with anybody of the reader's either; the list of these is no table."""
    mine = with_part(reader)
    return [one for one in runs if one.made_by_id == reader.pk or _is_without(mine, one)]


def run_for(reader: User, pk: int) -> MatchRun:
    """One they made, or in which neither they nor those below have a part; raises `DoesNotExist` else."""
    for run in seen_by(reader, rounds_of(reader).filter(pk=pk)):
        return run
    raise MatchRun.DoesNotExist


def _is_without(mine: frozenset[int], run: MatchRun) -> bool:
    """Whether none of these has a part. Rounds that did not keep their people yet are for those who made them."""
    return not run.stats or ("people" in run.stats and mine.isdisjoint(run.stats["people"]))
