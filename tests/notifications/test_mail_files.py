"""What goes with a mail: the file of each object once, as its room gives it to this reader now."""

from collections.abc import Collection, Iterator

import pytest
from icalendar import Calendar

from mentoring.calendars import calendar_file
from notifications.api import send_waiting_mail, target_kinds, verbs
from notifications.data import LetterPart, MailFile, TargetKind, Verb, says
from tests.mentoring.test_calendars import BOOKED
from tests.notifications.conftest import Things
from tests.notifications.factories import tell
from tests.notifications.smtp import Mailbox, part
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
KIND = "thing_with_file"


def entries(ids: Collection[int], reader: object) -> list[MailFile]:
    """A calendar entry for each but number 2, which this reader may not have."""
    return [
        MailFile(f"talk-{pk}.ics", calendar_file(BOOKED), "text/calendar; method=REQUEST")
        for pk in ids
        if pk != 2
    ]


@pytest.fixture(autouse=True)
def kind(things: Things) -> Iterator[None]:
    target_kinds.register(KIND, TargetKind(KIND, things.resolve, entries))
    verbs.register("booked", Verb("booked", "urgent", "Booked", "bell", says("Booked"), transactional=True))
    yield
    target_kinds.unregister(KIND)
    verbs.unregister("booked")


def test_each_object_sends_its_file_once(mailbox: Mailbox) -> None:
    reader = UserFactory()
    for number in (1, 1, 2, 3):
        tell(reader, verb="booked", target_kind=KIND, target_id=number)
    send_waiting_mail()
    (message,) = mailbox.messages
    files = {file.get_filename(): file for file in message.iter_attachments()}
    assert sorted(files) == ["talk-1.ics", "talk-3.ics"]
    file = files["talk-1.ics"]
    assert (file.get_content_type(), file["Content-Type"].params["method"]) == ("text/calendar", "REQUEST")
    (event,) = Calendar.from_ical(file.get_content()).walk("VEVENT")
    assert (str(event["UID"]), event["DTSTART"].dt) == (BOOKED.uid, BOOKED.start)


def test_a_kind_without_files_sends_none(mailbox: Mailbox) -> None:
    tell(UserFactory(), verb="alarmed")
    send_waiting_mail()
    assert list(mailbox.messages[0].iter_attachments()) == []


def test_a_letter_stands_below_its_line_in_both_parts_with_whole_addresses(
    things: Things, mailbox: Mailbox
) -> None:
    def letters(ids: Collection[int], reader: object) -> dict[int, list[list[LetterPart]]]:
        parts = [LetterPart("You may <b>also</b> "), LetterPart("decide here", "/things/1/")]
        return {pk: [[LetterPart("Dear reader,")], parts] for pk in ids if pk == 1}

    target_kinds.register("written", TargetKind("written", things.resolve, letters=letters))
    try:
        for number in (1, 2):
            tell(
                UserFactory(),
                verb="booked",
                target_kind="written",
                target_id=number,
                group_key=f"thing:{number}",
            )
        send_waiting_mail()
    finally:
        target_kinds.unregister("written")
    first, second = sorted(mailbox.messages, key=lambda message: "Dear" not in part(message, "plain"))
    assert "Dear reader,\n\nYou may <b>also</b> decide here\nhttp" in part(first, "plain").replace(
        "\r\n", "\n"
    )
    assert "&lt;b&gt;also" in part(first, "html")
    assert "Dear reader" not in part(second, "html")
