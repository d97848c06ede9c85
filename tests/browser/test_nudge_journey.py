"""Thirty days of reminders on a copy of the portal: no more than two mails a week reach anybody, over real SMTP.

Then somebody follows the link of a mail they got: mail stops, and what is under the bell goes on.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Portal
from tests.browser.own_people import copy_of, press_on, run
from tests.browser.page_checks import demo_email
from tests.notifications.smtp import Mailbox, part, smtp_server

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]
PERSON = "ilse_koster"
WEEK, MOST = timedelta(days=7), 2
GROUPS = ("Reminders of your path", "Reminders of your pair")
STOP = re.compile(r"Stop mail about: Reminders of your path\s+(http\S+)")
LIVE = """
from datetime import timedelta
import time_machine
from django.utils import timezone
from core.facts import deliver_waiting
from mentoring.api import run_mentoring_clock
from notifications.api import send_waiting_mail
from notifications.models import Notice
from onboarding.api import run_onboarding_clock
begin = timezone.now()
for hour in range(0, 24 * {days}, 6):
    with time_machine.travel(begin + timedelta(hours=hour), tick=False):
        run_mentoring_clock()
        run_onboarding_clock()
        deliver_waiting()
    with time_machine.travel(begin + timedelta(hours=hour, minutes=11), tick=False):
        while send_waiting_mail():
            pass
told = Notice.objects.filter(recipient__email={email!r}, verb="onboarding_reminder", bell=True, created__gt=begin)
print("told", told.count())
"""


def live(portal: Portal, target: Path, days: int, mailbox: Mailbox) -> int:
    """Lets days pass in a copy, with every mail sent to a mail server; how often the bell reminded the person."""
    copy_of(portal, target)
    changed = {
        "DATABASE_URL": f"sqlite:///{target}",
        "EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}",
        "BASE_URL": portal.url,
    }
    copy = Portal(portal.url, portal.environment | changed)
    told = run(copy, LIVE.format(days=days, email=demo_email(PERSON)))
    return int(told.rsplit("told ", 1)[1])


def reminders(mailbox: Mailbox) -> dict[str, list[EmailMessage]]:
    """The mails that remind, by who got them."""
    found: dict[str, list[EmailMessage]] = defaultdict(list)
    for message in mailbox.messages:
        if any(f"Stop mail about: {group}" in part(message, "plain") for group in GROUPS):
            found[str(message["To"])].append(message)
    return found


def sent(message: EmailMessage) -> datetime:
    """When the portal sent it, by its own clock."""
    return parsedate_to_datetime(str(message["Date"]))


def test_two_mails_a_week_at_most_and_a_link_that_stops_them(
    open_as: OpenAs, check_page: CheckPage, portal: Portal, tmp_path: Path
) -> None:
    with smtp_server() as mailbox:
        assert live(portal, tmp_path / "before.sqlite3", 30, mailbox) > 0
        by_person = reminders(mailbox)
    assert demo_email(PERSON) in by_person
    assert len(by_person) > 1
    for messages in by_person.values():
        moments = [sent(message) for message in messages]
        assert all(sum(one <= other < one + WEEK for other in moments) <= MOST for one in moments)
        assert all("List-Unsubscribe" in message for message in messages)
    found = STOP.search(part(by_person[demo_email(PERSON)][0], "plain"))
    assert found is not None

    stranger, person = open_as("stranger", width=390, scheme="dark"), open_as(PERSON)
    stranger.goto(found[1])
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Stop this mail?")
    check_page(stranger)
    press_on(stranger, stranger.get_by_role("button", name="Stop this mail"))
    expect(stranger.get_by_role("heading", level=1)).to_have_text("This mail has stopped")
    check_page(stranger)
    person.goto("/notices/settings/")
    mail, bell = (person.get_by_label(f"{way}: {GROUPS[0]}") for way in ("By mail", "Under the bell"))
    expect(mail).not_to_be_checked()
    expect(bell).to_be_checked()
    check_page(person)

    with smtp_server() as mailbox:
        assert live(portal, tmp_path / "after.sqlite3", 11, mailbox) > 0
        by_person = reminders(mailbox)
    assert by_person
    assert not any(GROUPS[0] in part(message, "plain") for message in by_person.get(demo_email(PERSON), []))
    mail.check()
    person.get_by_role("button", name="Save your settings").click()
    expect(person.get_by_text("Your settings are saved.")).to_be_visible()
