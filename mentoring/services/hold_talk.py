"""Says what became of a talk: held or missed; and keeps its agenda. What was not reached goes into the next talk."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import facts
from core.services.record import record
from mentoring.agenda import LONGEST, AgendaItem, carried_over, stored_items
from mentoring.choices import SessionState
from mentoring.models import Session
from mentoring.services.pair_checks import NUL, begin, has_begun, locked_talk
from people.models import User

POINT_LENGTH = 200


@transaction.atomic
def hold_talk(*, actor: User, session_id: int) -> bool:
    """Both have talked. False where it stands so already; not before the hour has come."""
    talk = locked_talk(actor, session_id)
    if talk.state == SessionState.HELD:
        return False
    _settle(talk, SessionState.HELD)
    record(actor=actor, action="talk.held", target=talk)
    begin(talk.mentorship)
    _carry(talk)
    facts.publish(facts.SessionHeld(session_id=talk.pk))
    return True


@transaction.atomic
def miss_talk(*, actor: User, session_id: int) -> bool:
    """It did not take place. Nobody is asked whose fault it was."""
    talk = locked_talk(actor, session_id)
    if talk.state == SessionState.MISSED:
        return False
    _settle(talk, SessionState.MISSED)
    record(actor=actor, action="talk.missed", target=talk)
    return True


@transaction.atomic
def keep_agenda(*, actor: User, session_id: int, done: Collection[int], added: Sequence[str] = ()) -> None:
    """Ticks points by their place and adds further ones; raises `ValidationError` for too many or too long ones."""
    talk = locked_talk(actor, session_id)
    items = [replace(item, done=place in done) for place, item in enumerate(stored_items(talk.agenda))]
    known = {item.text for item in items}
    items += [AgendaItem(text) for text in map(str.strip, added) if text and text not in known]
    _check(items)
    talk.agenda = [item.as_json() for item in items]
    talk.save(update_fields=["agenda"])
    record(actor=actor, action="talk.agenda", target=talk, private_fields=["agenda"])
    if talk.state == SessionState.HELD:
        _carry(talk)


def _settle(talk: Session, status: SessionState) -> None:
    settled = (SessionState.BOOKED, SessionState.PROPOSED, SessionState.HELD, SessionState.MISSED)
    if talk.state not in settled or not has_begun(talk):
        raise PermissionDenied
    talk.state = status
    talk.save(update_fields=["state"])


def _carry(talk: Session) -> None:
    """Puts what was left in front of the next talk that is planned already; what was reached leaves it again."""
    following = _next(talk)
    if following is None:
        return
    own = [item for item in stored_items(following.agenda) if not item.carried]
    following.agenda = [item.as_json() for item in carried_over(stored_items(talk.agenda), own)]
    following.save(update_fields=["agenda"])


def _next(talk: Session) -> Session | None:
    ahead = (SessionState.PROPOSED, SessionState.BOOKED)
    rows: QuerySet[Session] = talk.mentorship.sessions.filter(state__in=ahead, start__gt=talk.start)
    return rows.order_by("start").first()


def _check(items: Sequence[AgendaItem]) -> None:
    if len(items) > LONGEST:
        raise ValidationError({"added": _("A talk holds %(most)d points at most.") % {"most": LONGEST}})
    if any(len(item.text) > POINT_LENGTH or NUL in item.text for item in items):
        raise ValidationError(
            {"added": _("A point has %(most)d characters at most.") % {"most": POINT_LENGTH}}
        )
