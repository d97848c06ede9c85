"""The calendar file of a talk, read again by a parser: one entry for life, moved and taken away, in nobody's zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from mentoring.calendars import Appointment, Attendee, calendar_file

BOOKED = Appointment(
    uid="6f1c-talk@portal.example",
    sequence=0,
    start=datetime(2026, 3, 27, 9, 30, tzinfo=UTC),
    minutes=25,
    title="Talk 1: Ilse Koster and Amara Osei",
    text="Bring the question,\nthe one; you know",
    url="https://portal.example/mentoring/pair/1/",
    organiser=Attendee("Alliance Commons", "commons@portal.example"),
    attendees=(
        Attendee("Ilse Koster", "ilse@demo.example"),
        Attendee('Amara "Ama" Osei;X', "amara@demo.example"),
    ),
    changed=datetime(2026, 3, 20, 8, 0, tzinfo=UTC),
)


def parsed(appointment: Appointment) -> tuple[Calendar, Event]:
    """The calendar and its one event, as a calendar program reads them."""
    calendar = Calendar.from_ical(calendar_file(appointment))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_a_booked_talk_can_be_read_by_a_calendar() -> None:
    calendar, event = parsed(BOOKED)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (str(event["UID"]), event["SEQUENCE"], event["STATUS"]) == (BOOKED.uid, 0, "CONFIRMED")
    assert event["DTSTART"].dt == BOOKED.start
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=25)
    assert str(event["SUMMARY"]) == BOOKED.title
    assert str(event["DESCRIPTION"]) == BOOKED.text
    assert [str(one) for one in event["ATTENDEE"]] == [
        "mailto:ilse@demo.example",
        "mailto:amara@demo.example",
    ]


def test_a_change_moves_the_same_entry() -> None:
    moved = replace(BOOKED, sequence=1, start=BOOKED.start + timedelta(days=1))
    calendar, event = parsed(moved)
    assert (calendar["METHOD"], str(event["UID"]), event["SEQUENCE"]) == ("REQUEST", BOOKED.uid, 1)
    assert event["DTSTART"].dt == moved.start


def test_a_cancelled_talk_takes_the_same_entry_away() -> None:
    calendar, event = parsed(replace(BOOKED, sequence=2, cancelled=True))
    assert (calendar["METHOD"], str(event["UID"]), event["SEQUENCE"]) == ("CANCEL", BOOKED.uid, 2)
    assert event["STATUS"] == "CANCELLED"


def test_the_same_talk_gives_the_same_bytes() -> None:
    assert calendar_file(BOOKED) == calendar_file(replace(BOOKED))


@pytest.mark.parametrize("day", ["2026-03-29T14:00", "2026-10-25T14:00"])
@pytest.mark.parametrize("zone", ["Europe/Zurich", "America/New_York", "Asia/Kolkata", "Pacific/Chatham"])
def test_the_clock_of_both_days_of_change_is_kept(day: str, zone: str) -> None:
    clock = datetime.fromisoformat(day)
    start = clock.replace(tzinfo=ZoneInfo(zone))
    _calendar, event = parsed(replace(BOOKED, start=start))
    assert event["DTSTART"].dt.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == clock
    assert b"DTSTART:" in calendar_file(replace(BOOKED, start=start))


def test_no_name_or_title_adds_a_line_of_its_own() -> None:
    evil = "Ilse\r\nATTENDEE:mailto:spy@example.com"
    made = replace(BOOKED, title=evil, attendees=(Attendee(evil, "ilse@demo.example"),))
    calendar, event = parsed(made)
    assert str(event["ATTENDEE"]) == "mailto:ilse@demo.example"
    assert str(event["SUMMARY"]) == "Ilse ATTENDEE:mailto:spy@example.com"
    assert len(calendar.walk("VEVENT")) == 1
