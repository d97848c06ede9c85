"""The calendar file of a talk: one entry under one UID for life, told again with a higher SEQUENCE when it changes.

Times are written in UTC, so that no calendar has to know our zones and no daylight-saving change moves a talk. Nothing
here reads the database; what stands in the file is what `Appointment` holds, and that names no alliance and no notes.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText, vUri

PRODUCT = "-//Alliance Commons//Mentoring//EN"
REQUEST, CANCEL = "REQUEST", "CANCEL"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody whose calendar shows the talk."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """A talk as a calendar knows it; `changed` is when its details last changed, `start` is aware."""

    uid: str
    sequence: int
    start: datetime
    minutes: int
    title: str
    text: str
    url: str
    organiser: Attendee
    attendees: tuple[Attendee, ...]
    changed: datetime
    cancelled: bool = False


def calendar_file(appointment: Appointment) -> bytes:
    """The file that books, moves or takes away the entry. The same appointment gives the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", CANCEL if appointment.cancelled else REQUEST)
    calendar.add_component(_event(appointment))
    return bytes(calendar.to_ical())


def _event(appointment: Appointment) -> Event:
    event = Event()
    start = appointment.start.astimezone(UTC)
    event.add("uid", vText(appointment.uid))
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", appointment.changed.astimezone(UTC))
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=appointment.minutes))
    event.add("summary", one_line(appointment.title))
    event.add("description", appointment.text)
    event.add("url", vUri(appointment.url))
    event.add("status", "CANCELLED" if appointment.cancelled else "CONFIRMED")
    event.add("organizer", _address(appointment.organiser))
    for attendee in appointment.attendees:
        event.add("attendee", _address(attendee))
    return event


def _address(person: Attendee) -> vCalAddress:
    """Nobody has to answer: the portal keeps who comes."""
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = one_line(person.name).replace('"', "'")
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = "ACCEPTED"
    return address


def one_line(text: str) -> str:
    """Text without control characters, which neither a parameter nor a title may hold."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
