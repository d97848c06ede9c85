"""Plans talks: one proposes a time, the other books it, either moves or cancels it.

The entry in both calendars keeps its UID for life; each change raises its SEQUENCE, as calendars ask. Times are never
refused for being early, late or past: the form warns, the two decide.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.services.record import record
from mentoring.agenda import AgendaItem, agenda_for, carried_over, stored_items
from mentoring.choices import PairState, SessionState
from mentoring.models import Mentorship, Session
from mentoring.models.sessions import MINUTES
from mentoring.pair_notices import tell_of_talk
from mentoring.pairs import phase_of
from mentoring.services.hand_over import leader_at
from mentoring.services.pair_checks import locked_pair, locked_talk
from people.models import User

SHORTEST, LONGEST = 10, 120
AHEAD = (SessionState.PROPOSED, SessionState.BOOKED)


@transaction.atomic
def propose_talk(*, actor: User, mentorship_id: int, start: datetime, minutes: int = MINUTES) -> Session:
    """Asks the other for a time. The same proposal again gives the one there is."""
    pair = locked_pair(actor, mentorship_id)
    if pair.state == PairState.PAUSED:
        raise ValidationError(_("This pair is paused. Go on after the pause first."))
    _check_length(minutes)
    same: Session | None = pair.sessions.filter(start=start, state__in=AHEAD).first()
    if same is not None:
        return same
    number = next_number(pair)
    talk = Session.objects.create(
        mentorship=pair,
        number=number,
        start=start,
        zone=actor.profile.time_zone,
        minutes=minutes,
        agenda=[item.as_json() for item in _agenda(pair, number)],
        proposed_by=actor,
        host=leader_at(pair, start),
        changed=timezone.now(),
    )
    record(actor=actor, action="talk.propose", target=talk)
    tell_of_talk(talk, "talk_proposed", actor)
    return talk


@transaction.atomic
def book_talk(*, actor: User, session_id: int) -> bool:
    """Says yes to the other's proposal; False where it is booked already."""
    talk = locked_talk(actor, session_id)
    if talk.state == SessionState.BOOKED:
        return False
    if talk.state != SessionState.PROPOSED or talk.proposed_by_id == actor.pk:
        raise PermissionDenied
    talk.state, talk.changed = SessionState.BOOKED, timezone.now()
    talk.save(update_fields=["state", "changed"])
    record(actor=actor, action="talk.book", target=talk)
    tell_of_talk(talk, "talk_booked", actor, to_all=True)
    return True


@transaction.atomic
def change_talk(*, actor: User, session_id: int, start: datetime, minutes: int) -> bool:
    """Moves a talk. What was only proposed is the actor's proposal then; what was booked stays so."""
    talk = locked_talk(actor, session_id)
    if talk.state not in AHEAD:
        raise PermissionDenied
    _check_length(minutes)
    if (talk.start, talk.minutes) == (start, minutes):
        return False
    talk.start, talk.minutes, talk.zone = start, minutes, actor.profile.time_zone
    talk.host = leader_at(talk.mentorship, start)
    talk.sequence, talk.changed = talk.sequence + 1, timezone.now()
    if talk.state == SessionState.PROPOSED:
        talk.proposed_by = actor
    talk.save()
    record(actor=actor, action="talk.change", target=talk)
    booked = talk.state == SessionState.BOOKED
    tell_of_talk(talk, "talk_moved" if booked else "talk_proposed", actor, to_all=booked)
    return True


@transaction.atomic
def cancel_talk(*, actor: User, session_id: int) -> bool:
    """Takes a talk out of both calendars; False where that has been done."""
    talk = locked_talk(actor, session_id)
    if talk.state == SessionState.CANCELLED:
        return False
    if talk.state not in AHEAD:
        raise PermissionDenied
    drop_talk(talk, actor)
    record(actor=actor, action="talk.cancel", target=talk)
    return True


def drop_talk(talk: Session, actor: User | None) -> None:
    """Cancels a talk and tells both calendars, where they know of it."""
    was_booked = talk.state == SessionState.BOOKED
    talk.state = SessionState.CANCELLED
    talk.sequence, talk.changed = talk.sequence + 1, timezone.now()
    talk.save(update_fields=["state", "sequence", "changed"])
    tell_of_talk(talk, "talk_cancelled", actor, to_all=was_booked)


def next_number(pair: Mentorship) -> int:
    """How many talks stand or were held, and one more."""
    standing = pair.sessions.filter(state__in=(*AHEAD, SessionState.HELD))
    return standing.count() + 1


def _agenda(pair: Mentorship, number: int) -> list[AgendaItem]:
    last = pair.sessions.filter(state=SessionState.HELD).order_by("-start").first()
    open_items = stored_items(last.agenda) if last is not None else []
    return carried_over(open_items, agenda_for(number, phase_of(pair)).items)


def _check_length(minutes: int) -> None:
    if not SHORTEST <= minutes <= LONGEST:
        raise ValidationError(
            {"minutes": _("Between %(least)d and %(most)d minutes.") % {"least": SHORTEST, "most": LONGEST}}
        )
