"""Mail about talks: both get the entry for their calendar, then its change, then its end; nobody else gets any."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from mentoring.services.plan_talk import book_talk, cancel_talk, change_talk, propose_talk
from notifications.api import send_waiting_mail
from notifications.models import Notice
from tests.mentoring.pair_factories import NoteFactory, PairFactory
from tests.notifications.smtp import Mailbox, smtp_server

pytestmark = pytest.mark.django_db
SOON = datetime(2031, 3, 28, 9, 0, tzinfo=UTC)


def entries(mailbox: Mailbox) -> list[tuple[str, str, str, int]]:
    """Who was sent which entry: address, method, UID, sequence."""
    found = []
    for message in mailbox.messages:
        for file in message.iter_attachments():
            calendar = Calendar.from_ical(file.get_content())
            (event,) = calendar.walk("VEVENT")
            found.append(
                (str(message["To"]), str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"]))
            )
    return sorted(found, key=lambda entry: (entry[3], entry[0]))


def test_both_calendars_follow_a_talk_by_mail() -> None:
    pair = PairFactory()
    NoteFactory(mentorship=pair, body="wombat-orchard")
    with smtp_server() as mailbox:
        talk = propose_talk(actor=pair.mentee, mentorship_id=pair.pk, start=SOON)
        send_waiting_mail()
        assert mailbox.messages == []
        book_talk(actor=pair.mentor, session_id=talk.pk)
        send_waiting_mail()
        change_talk(actor=pair.mentee, session_id=talk.pk, start=SOON + timedelta(hours=1), minutes=25)
        send_waiting_mail()
        cancel_talk(actor=pair.mentor, session_id=talk.pk)
        send_waiting_mail()
        raw = b"".join(mailbox.raw)
        found = entries(mailbox)
    both = sorted([pair.mentee.email, pair.mentor.email])
    assert [(who, method, sequence) for who, method, _uid, sequence in found] == [
        *((who, "REQUEST", 0) for who in both),
        *((who, "REQUEST", 1) for who in both),
        *((who, "CANCEL", 2) for who in both),
    ]
    assert len({uid for _who, _method, uid, _sequence in found}) == 1
    assert b"wombat" not in raw
    assert set(Notice.objects.values_list("recipient", flat=True)) == {pair.mentee_id, pair.mentor_id}
