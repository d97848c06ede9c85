"""Asks for a round and solves it as a job: the draft is proposed to nobody until a coordinator publishes it.

The same seed over the same people gives the same pairs. Reasons of who stays alone are kept as the counts that everybody
may know: a private filter counts like a place that is taken.
"""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from core.services.record import record
from mentoring.choices import Objective, RunState
from mentoring.matching.data import FULL, Pool
from mentoring.matching.solver import LockedPairError, Rules, Solution, solve
from mentoring.matching.table import ScoreTable, score
from mentoring.models import Candidate, MatchRun, Programme, Wish
from mentoring.models.programme import HIGHEST_FLOOR
from mentoring.proposals import public_codes
from mentoring.rounds import pool_of
from people.models import User


@transaction.atomic
def draft_round(
    *,
    actor: User,
    programme: Programme,
    objective: str,
    floor: int = 0,
    seed: str = "1",
    locked: Iterable[tuple[int, int]] = (),
) -> MatchRun:
    """A round that waits to be solved."""
    if objective not in Objective.values or not 0 <= floor <= HIGHEST_FLOOR:
        raise ValidationError({"floor": _("Choose a floor from 0 to 1000.")})
    if not programme.is_open:
        raise ValidationError({"programme": _("This programme is not open. Open it first.")})
    run: MatchRun = MatchRun.objects.create(
        programme=programme,
        objective=objective,
        floor=floor,
        seed=seed,
        locked=[list(two) for two in sorted(locked)],
        made_by=actor,
        created=timezone.now(),
    )
    record(actor=actor, action="mentoring.round_draft", target=run)
    transaction.on_commit(lambda: solve_later.enqueue(run.pk))
    return run


@task()
def solve_later(run_id: int) -> None:
    """The job."""
    solve_round(run_id=run_id)


@transaction.atomic
def solve_round(*, run_id: int) -> None:
    """Solves a round that waits; safe to repeat."""
    run = (
        MatchRun.objects.select_for_update(of=("self",)).select_related("made_by", "programme").get(pk=run_id)
    )
    if run.state != RunState.QUEUED or run.made_by is None:
        return
    pool = pool_of(run.made_by, run.programme)
    table = score(pool)
    try:
        found = {one: solve(table, _rules(run, one)) for one in Objective.values}
    except LockedPairError:
        run.state, run.error = RunState.FAILED, "locked"
    else:
        _keep(run, table, found)
        run.stats["supply"] = _supply(pool)
    run.stats["people"] = sorted({*table.mentees, *table.mentors})
    run.solved, run.input_digest = timezone.now(), _digest(pool)
    run.save()


def _rules(run: MatchRun, objective: str) -> Rules:
    rows = Wish.objects.filter(programme=run.programme_id)
    return Rules(
        seed=run.seed,
        objective=objective,
        floor=run.floor,
        wishes={(one.mentee_id, one.mentor_id): one.rank for one in rows},
        locked=[(mentee, mentor) for mentee, mentor in run.locked],
    )


def _keep(run: MatchRun, table: ScoreTable, found: dict[str, Solution]) -> None:
    chosen, now = found[run.objective], timezone.now()
    Candidate.objects.bulk_create(
        Candidate(
            run=run,
            mentee_id=one.mentee,
            mentor_id=one.mentor,
            score=one.score,
            breakdown=dict(one.points),
            created=now,
        )
        for one in chosen.pairs
    )
    run.state = RunState.DRAFT
    run.stats = {
        "mentees": len(table.mentees),
        "places": sum(table.free),
        "alone": [_alone(table, one.mentee) for one in chosen.alone],
        "by_objective": {name: _figures(one) for name, one in found.items()},
    }


def _figures(found: Solution) -> dict[str, Any]:
    load = Counter(one.mentor for one in found.pairs)
    return {
        "matched": len(found.pairs),
        "total": found.total,
        "worst": found.worst,
        "floor": found.floor,
        "mentors": len(load),
        "most": max(load.values(), default=0),
    }


def _alone(table: ScoreTable, mentee: int) -> dict[str, Any]:
    """Mentors who fit but have mentees in the draft count like those who were full before."""
    others = [one for one in table.mentors if one != mentee]
    codes = (table.codes_of(mentee, one) or frozenset({FULL}) for one in others)
    counts = Counter(code for one in codes for code in public_codes(one))
    return {"mentee": mentee, "asked": len(others), "counts": dict(counts)}


def _supply(pool: Pool) -> dict[str, list[int]]:
    """For each competence how many mentees want it and how many free places know it."""
    wanted = Counter(code for one in pool.seekers for code in one.wants)
    offered: Counter[str] = Counter()
    for giver in pool.givers:
        offered.update(dict.fromkeys(giver.offers, giver.free))
    return {code: [wanted[code], offered[code]] for code in sorted({*wanted, *offered})}


def _digest(pool: Pool) -> str:
    seekers = [str(one.person.id) for one in pool.seekers]
    givers = [f"{one.person.id}:{one.free}" for one in pool.givers]
    text = "|".join([pool.on.isoformat(), *sorted(seekers), "", *sorted(givers)])
    return sha256(text.encode()).hexdigest()
