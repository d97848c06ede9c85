"""The calendar file of a stored talk, for download and for mail."""

from django.conf import settings
from django.utils.translation import gettext as _

from mentoring.calendars import CANCEL, REQUEST, Appointment, Attendee, calendar_file
from mentoring.choices import SessionState
from mentoring.models import Session
from notifications.data import MailFile
from people.models import User

UID_DOMAIN = "talks.alliance-commons"
"""Behind each UID; must never change, since calendars know their entries by it."""


def file_of(talk: Session) -> MailFile:
    """The entry as it is now: what books or moves it, or what takes it away."""
    method = CANCEL if talk.state == SessionState.CANCELLED else REQUEST
    return MailFile(
        f"talk-{talk.number}.ics", calendar_file(appointment_of(talk)), f"text/calendar; method={method}"
    )


def appointment_of(talk: Session) -> Appointment:
    """What calendars learn of a talk: who, when, where to open it. No agenda, no alliance."""
    pair = talk.mentorship
    return Appointment(
        uid=f"{talk.uid}@{UID_DOMAIN}",
        sequence=talk.sequence,
        start=talk.start,
        minutes=talk.minutes,
        title=_("Talk %(number)d: %(mentee)s and %(leader)s")
        % {"number": talk.number, "mentee": pair.mentee.name, "leader": talk.host.name},
        text=_("The agenda is in the portal: %(url)s") % {"url": _address(talk)},
        url=_address(talk),
        organiser=Attendee("Alliance Commons", settings.DEFAULT_FROM_EMAIL),
        attendees=(_attendee(pair.mentee), _attendee(talk.host)),
        changed=talk.changed,
        cancelled=talk.state == SessionState.CANCELLED,
    )


def _attendee(person: User) -> Attendee:
    return Attendee(person.name, person.email)


def _address(talk: Session) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{talk.get_absolute_url()}"
