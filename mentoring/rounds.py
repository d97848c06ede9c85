"""Who is in a round, and who sees it: a facilitator without a part in any of its pairs.

A round leaves out its coordinator and everybody below them: these are for another coordinator. Pairs that stand and
requests that wait keep their places and are never moved.
"""

from collections import Counter

from mentoring.choices import OPEN_PAIRS
from mentoring.coordinators import is_facilitator
from mentoring.matching.data import Pool
from mentoring.models import MatchRequest, MatchRun, MentorProfile, Mentorship
from mentoring.pool import load_pool
from people.api import reports_below
from people.models import User


def pool_of(coordinator: User) -> Pool:
    """Mentees who look for a mentor and all mentors, but those the coordinator has a part with. Constant queries."""
    apart = {coordinator.pk, *reports_below(coordinator.pk)}
    waiting = list(MatchRequest.objects.open().values_list("mentee", "mentor"))
    paired = Mentorship.objects.filter(state__in=OPEN_PAIRS).values("mentee")
    present = MentorProfile.objects.filter(person__is_active=True)
    seeking = present.filter(is_mentee=True).exclude(person__in=apart).exclude(person__in=paired)
    mentees = seeking.exclude(person__in=[mentee for mentee, _mentor in waiting])
    mentors = present.filter(is_mentor=True).exclude(person__in=apart)
    return load_pool(
        mentee_ids=list(mentees.values_list("person", flat=True)),
        mentor_ids=list(mentors.values_list("person", flat=True)),
        programme=None,
        reserved=Counter(mentor for _mentee, mentor in waiting),
    )


def run_for(reader: User, pk: int) -> MatchRun:
    """A round without a part of the reader; raises `DoesNotExist` for everybody else."""
    run: MatchRun = MatchRun.objects.select_related("programme", "made_by").get(pk=pk)
    if not may_coordinate_run(reader, run):
        raise MatchRun.DoesNotExist
    return run


def may_coordinate_run(reader: User, run: MatchRun) -> bool:
    """Facilitators who made it, or who are, with those below them, neither in a pair nor left alone."""
    if not is_facilitator(reader):
        return False
    if run.made_by_id == reader.pk:
        return True
    mine = {reader.pk, *reports_below(reader.pk)}
    pairs = run.candidates.values_list("mentee", "mentor")
    people = {pk for two in pairs for pk in two} | {line["mentee"] for line in run.stats.get("alone", [])}
    return not mine & people
