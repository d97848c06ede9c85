"""Turns a draft into mentorships, once; whoever is second learns that somebody was faster.

The round and the profiles of its people are held meanwhile. Each pair is checked again: who withdrew, found a mentor
otherwise or lost their place is left out and named, and no pair that stands is moved.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import facts
from core.services.again import again_after_deadlock
from core.services.record import record
from mentoring.choices import Origin, PairState, RunState
from mentoring.matching.table import ScoreTable, score
from mentoring.models import Candidate, MatchRun, MentorProfile, Mentorship
from mentoring.pair_notices import tell_pair
from mentoring.rounds import pool_of, run_for
from mentoring.services.keep_status import keep_status
from people.models import User


class RoundChanged(ValidationError):
    """Another coordinator changed or published the draft while this one looked at it."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed or published this round meanwhile. Look at it again before you go on.")
        )


@dataclass(frozen=True, slots=True)
class Published:
    """The mentorships that began, and the pairs that could not."""

    made: list[Mentorship]
    left_out: list[Candidate]


def held_draft(actor: User, run_id: int, version: int) -> MatchRun:
    """The draft as the coordinator saw it, locked; raises `RoundChanged` where it moved on."""
    run_for(actor, run_id)
    rows = MatchRun.objects.select_for_update(of=("self",)).select_related("programme", "made_by")
    run: MatchRun = rows.get(pk=run_id)
    if run.state != RunState.DRAFT or run.version != version:
        raise RoundChanged
    return run


@again_after_deadlock
@transaction.atomic
def publish_round(*, actor: User, run_id: int, version: int) -> Published:
    """Begins every pair of the draft that may still be."""
    run = held_draft(actor, run_id, version)
    rows = list(run.candidates.select_related("mentee", "mentor").order_by("mentee"))
    people = {pk for one in rows for pk in (one.mentee_id, one.mentor_id)}
    list(MentorProfile.objects.select_for_update().filter(person__in=people).order_by("person_id"))
    good, left_out = _still_good(rows, score(pool_of(run.made_by or actor, run.programme)))
    made = [_begin(run, one, actor) for one in good]
    run.state, run.published, run.published_by = RunState.PUBLISHED, timezone.now(), actor
    run.stats = {**run.stats, "left_out": [[one.mentee_id, one.mentor_id] for one in left_out]}
    run.save(update_fields=["state", "published", "published_by", "stats"])
    record(actor=actor, action="mentoring.round_publish", target=run)
    keep_status(sorted({one.mentor_id for one in made}))
    return Published(made, left_out)


def _still_good(rows: list[Candidate], table: ScoreTable) -> tuple[list[Candidate], list[Candidate]]:
    free = Counter(dict(zip(table.mentors, table.free, strict=True)))
    good: list[Candidate] = []
    left_out: list[Candidate] = []
    for row in rows:
        known = row.mentee_id in table.mentees and row.mentor_id in table.mentors
        if known and free[row.mentor_id] and not table.codes_of(row.mentee_id, row.mentor_id):
            free[row.mentor_id] -= 1
            good.append(row)
        else:
            left_out.append(row)
    return good, left_out


def _begin(run: MatchRun, row: Candidate, actor: User) -> Mentorship:
    today = timezone.localdate()
    pair: Mentorship = Mentorship.objects.create(
        programme_id=run.programme_id,
        mentee=row.mentee,
        mentor=row.mentor,
        candidate=row,
        origin=Origin.ROUND,
        state=PairState.AGREED,
        began=today,
        due_end=today + timedelta(weeks=run.programme.term_weeks),
    )
    record(actor=actor, action="mentorship.begin", target=pair)
    facts.publish(facts.MentorshipBegan(mentorship_id=pair.pk))
    tell_pair(pair, "pair_begun", actor=None, key=f"mentorship:{pair.pk}:begun")
    return pair
