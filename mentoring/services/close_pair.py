"""Ends a mentorship: with a look back, or without fault so that another mentor can be found. History stays.

Whatever the way, talks ahead are cancelled in both calendars, the mentor's place is free again and the end is told.
The other one of the pair may add their own look back later.
"""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import facts
from core.services.record import record
from mentoring.choices import Ending, GoalOutcome, PairState, SessionState
from mentoring.models import Closure, Mentorship, RematchRequest
from mentoring.pair_notices import tell_pair
from mentoring.services.keep_status import keep_status
from mentoring.services.pair_checks import NUL, locked_pair
from mentoring.services.plan_talk import drop_talk
from people.models import User

NOTE_LENGTH = 4_000
VALUES = range(1, 6)


@transaction.atomic
def close_pair(
    *,
    actor: User,
    mentorship_id: int,
    outcomes: Mapping[int, str],
    value: int,
    recommends: bool,
    note: str = "",
) -> Closure:
    """Keeps the actor's look back, with what became of each goal by its number; the first one closes the pair.

    Refused for a pair that ended in another way, and for a second look back of the same person.
    """
    pair = locked_pair(actor, mentorship_id, open_only=False)
    done = Closure.objects.visible_to(actor).filter(mentorship=pair, person=actor).exists()
    if done or pair.ending not in ("", Ending.COMPLETED):
        raise PermissionDenied
    if value not in VALUES or len(note) > NOTE_LENGTH or NUL in note:
        raise ValidationError({"note": _("Keep the note to %(most)d characters.") % {"most": NOTE_LENGTH}})
    _keep_outcomes(pair, outcomes)
    closure: Closure = Closure.objects.create(
        mentorship=pair,
        person=actor,
        value=value,
        recommends=recommends,
        note=note.strip(),
        created=timezone.now(),
    )
    record(actor=actor, action="mentorship.look_back", target=pair, private_fields=("value", "note"))
    if pair.is_open:
        end_pair(pair, actor=actor, ending=Ending.COMPLETED)
    return closure


@transaction.atomic
def ask_rematch(*, actor: User, mentorship_id: int) -> Mentorship:
    """Ends the pair without a reason, so that another can be found. The two are not proposed to each other again."""
    pair = locked_pair(actor, mentorship_id)
    RematchRequest.objects.create(mentorship=pair, person=actor, created=timezone.now())
    end_pair(pair, actor=actor, ending=Ending.REMATCHED)
    return pair


def end_pair(pair: Mentorship, *, actor: User | None, ending: Ending) -> None:
    """What every end has in common; the caller holds the lock of the pair."""
    ahead = pair.sessions.filter(state__in=(SessionState.PROPOSED, SessionState.BOOKED))
    for talk in ahead.select_related("host", "mentorship"):
        drop_talk(talk, actor)
    pair.state, pair.ending, pair.ended = PairState.CLOSED, ending, timezone.now()
    pair.save(update_fields=["state", "ending", "ended"])
    record(actor=actor, action="mentorship.end", target=pair)
    keep_status([pair.mentor_id])
    facts.publish(facts.MentorshipEnded(mentorship_id=pair.pk))
    tell_pair(pair, "pair_ended", actor=actor, key=f"ended:{pair.pk}")


def _keep_outcomes(pair: Mentorship, outcomes: Mapping[int, str]) -> None:
    for goal in pair.goals.filter(pk__in=outcomes):
        goal.outcome = GoalOutcome(outcomes[goal.pk]).value
        goal.save(update_fields=["outcome"])
