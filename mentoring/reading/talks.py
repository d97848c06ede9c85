"""A talk as pages show it: by both clocks, with what its reader may do to it now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.agenda import agenda_for
from mentoring.choices import SessionState
from mentoring.hours import LocalTime, local_times
from mentoring.models import Session
from people.models import User

SIGNS: Mapping[str, tuple[str, str]] = {
    SessionState.PROPOSED: ("clock", "warn"),
    SessionState.BOOKED: ("calendar", "ok"),
    SessionState.HELD: ("circle-check", "ok"),
    SessionState.MISSED: ("circle-alert", "bad"),
    SessionState.CANCELLED: ("x", ""),
}
STATES: Mapping[str, str | Promise] = {SessionState.MISSED: gettext_lazy("Did not take place")}


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One talk for one reader."""

    pk: int
    pair: int
    uid: UUID
    number: int
    title: str
    state: str
    icon: str
    tone: str
    start: datetime
    minutes: int
    times: tuple[LocalTime, ...]
    host: str
    counts: bool
    is_ahead: bool
    is_proposed: bool
    is_booked: bool
    may_book: bool
    may_change: bool
    may_tell: bool


def talk_line(talk: Session, reader: User) -> TalkLine:
    """A talk with its people at hand; no query."""
    pair = talk.mentorship
    icon, tone = SIGNS[talk.state]
    stands = talk.state in (SessionState.PROPOSED, SessionState.BOOKED) and pair.is_open
    begun = talk.start <= timezone.now()
    proposed = talk.state == SessionState.PROPOSED
    return TalkLine(
        pk=talk.pk,
        pair=pair.pk,
        uid=talk.uid,
        number=talk.number,
        title=_("Talk %(number)d: %(about)s")
        % {"number": talk.number, "about": agenda_for(talk.number).title},
        state=str(STATES.get(talk.state, talk.get_state_display())),
        icon=icon,
        tone=tone,
        start=talk.start,
        minutes=talk.minutes,
        times=tuple(local_times((pair.mentee.profile, talk.host.profile), talk.start, talk.minutes)),
        host=talk.host.name if talk.host_id != pair.mentor_id else "",
        counts=talk.state not in (SessionState.MISSED, SessionState.CANCELLED),
        is_ahead=stands and not begun,
        is_proposed=proposed,
        is_booked=talk.state == SessionState.BOOKED,
        may_book=stands and proposed and talk.proposed_by_id != reader.pk,
        may_change=stands,
        may_tell=stands and begun,
    )
