"""What people write cannot leave its place in a mail: not a header, not the HTML, not a link."""

import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
import time_machine
from bs4 import BeautifulSoup

from notifications.api import send_waiting_mail
from notifications.mail.plain import plain_text, safe_line
from tests.core.hostile import attacks, naughty_strings, through_pages
from tests.notifications.conftest import Things
from tests.notifications.factories import tell
from tests.notifications.smtp import Mailbox, part
from tests.people.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("things")]
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
HEADERS = {
    "content-type",
    "mime-version",
    "subject",
    "from",
    "to",
    "date",
    "message-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "auto-submitted",
    "x-peer",
    "x-mailfrom",
    "x-rcptto",
}
INJECTIONS = (
    "x\r\nBcc: thief@example.com",
    "x\nBcc: thief@example.com\n\n<script>alert(1)</script>",
    "x\rTo: thief@example.com",
    "x\u2028Bcc: thief@example.com",
    "x\x85Bcc: thief@example.com",
    "x\x0b\x0cBcc: thief@example.com",
    "=?utf-8?q?x=0d=0aBcc:_thief@example.com?=",
    "\u202egnp.exe",
    "x%0d%0aBcc: thief@example.com",
)
PARTS = 6
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def mailed(title: str, things: Things, mailbox: Mailbox) -> EmailMessage:
    """The mail that tells of a thing of this title, by an actor of this name."""
    with time_machine.travel(NOON, tick=False) as clock:
        reader, actor = UserFactory(), UserFactory()
        type(actor).objects.filter(pk=actor.pk).update(name=storable(title)[:120])
        things.titles[1] = title
        tell(reader, actor_id=actor.pk)
        clock.shift(timedelta(minutes=10))
        send_waiting_mail()
    assert len(mailbox.messages) == 1
    message = mailbox.messages[0]
    mailbox.raw.clear()
    return message


def storable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()


@pytest.mark.parametrize("title", INJECTIONS)
def test_no_header_is_added_and_no_other_person_reached(title: str, things: Things, mailbox: Mailbox) -> None:
    message = mailed(title, things, mailbox)
    assert {name.lower() for name in message.keys()} <= HEADERS
    assert len(message.get_all("To")) == 1
    assert "\n" not in str(message["Subject"])
    assert "\u202e" not in str(message["Subject"])


@pytest.mark.thorough
@pytest.mark.parametrize("part_number", range(PARTS))
def test_every_hostile_title_and_name_stays_text(things: Things, mailbox: Mailbox, part_number: int) -> None:
    harmless = skeleton(part(mailed("Two chairs", things, mailbox), "html"))
    for title in through_pages((*naughty_strings(), *attacks()))[part_number::PARTS]:
        message = mailed(title, things, mailbox)
        assert {name.lower() for name in message.keys()} <= HEADERS, title
        assert "\n" not in str(message["Subject"]), title
        assert skeleton(part(message, "html")) == harmless, title
        assert not CONTROL.search(part(message, "plain")), title


def skeleton(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a mail with the names of their attributes: what markup in a title would change."""
    return [(tag.name, tuple(sorted(tag.attrs))) for tag in BeautifulSoup(html, "lxml").find_all(True)]


def test_a_line_for_a_header_is_one_line_of_what_can_be_seen() -> None:
    assert safe_line("a\r\nb\u2028c\x00d\u202ee", 50) == "a b c d e"
    assert safe_line("word " * 50, 20) == "word word word word…"
    assert safe_line("日本 語", 50) == "日本 語"


def test_plain_text_keeps_addresses_and_leaves_out_what_is_not_read() -> None:
    html = '<head><title>t</title><style>p{}</style></head><h1>Two  things</h1><p>One<br>more</p><a href="https://x/">All &amp; more</a>'
    assert plain_text(html) == "Two things\n\nOne\nmore\n\nAll & more\nhttps://x/\n"
