"""Mail over a real SMTP server: what it says, when it goes, what stops it, and that none is lost or sent twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from core.audiences import COMMUNITY, NOBODY, PRACTITIONERS
from notifications.api import retarget, send_waiting_mail
from notifications.mail import send
from notifications.mail.bundles import LEASE, MAILS_A_DAY, take
from notifications.models import MailState, Notice, SentMail
from notifications.services.mark_read import mark_all_read
from notifications.services.save_settings import save_settings
from people.models import User
from scripts.processes import free_port
from tests.notifications.conftest import KIND, Things
from tests.notifications.factories import tell
from tests.notifications.smtp import Mailbox, part
from tests.people.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("things")]
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
"""A Tuesday, noon in Zurich."""
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def reader() -> User:
    return UserFactory(email="ilse@example.com", profile={"time_zone": "Europe/Zurich"})


def work() -> int:
    """Turns until nothing is left to do now."""
    done = 0
    while turn := send_waiting_mail():
        done += turn
    return done


def states() -> set[str]:
    return set(Notice.objects.values_list("mail", flat=True))


def test_mail_waits_ten_minutes_and_goes_once(
    clock: time_machine.Traveller, mailbox: Mailbox, reader: User
) -> None:
    tell(reader)
    clock.shift(TEN_MINUTES - timedelta(seconds=1))
    assert work() == 0
    clock.shift(1)
    work()
    clock.shift(3600)
    work()
    assert len(mailbox.messages) == 1
    assert states() == {MailState.SENT}
    sent = SentMail.objects.get()
    assert (sent.recipient, sent.notices, sent.transactional) == (reader, 1, False)


def test_a_mail_in_two_forms_with_its_headers(
    clock: time_machine.Traveller, mailbox: Mailbox, reader: User, things: Things
) -> None:
    things.titles[1] = "Zwei Vorsitzende, ein Ausschuss: 共同議長"
    tell(reader, actor_id=UserFactory(name="Mei Tanaka").pk)
    tell(reader, verb="asked", group_key="other", target_id=2)
    clock.shift(TEN_MINUTES)
    with override_settings(WAGTAILADMIN_BASE_URL="https://commons.example"):
        work()
    message = mailbox.messages[0]
    assert message["To"] == "ilse@example.com"
    assert str(message["Subject"]).strip() == "A colleague asked about “Thing 2”, and 1 more"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].strip().startswith("<https://commons.example/notices/stop/")
    assert message.get_content_type() == "multipart/alternative"
    plain, html = part(message, "plain"), part(message, "html")
    for words in (
        "Mei Tanaka told of “Zwei Vorsitzende, ein Ausschuss: 共同議長”",
        "Stop mail about: Gossip",
    ):
        assert words in plain
        assert words in html
    assert "https://commons.example/things/1/" in plain.splitlines()
    assert 'href="https://commons.example/things/1/"' in html
    assert "12:00" in plain
    assert "<" not in plain


def test_what_comes_together_goes_together(
    clock: time_machine.Traveller, mailbox: Mailbox, reader: User
) -> None:
    other = UserFactory()
    for number in range(5):
        tell([reader, other], target_id=number + 1, group_key=f"thing:{number % 2}")
    clock.shift(TEN_MINUTES)
    work()
    assert sorted(message["To"] for message in mailbox.messages) == sorted([reader.email, other.email])
    assert "and 2 more" in part(mailbox.messages[0], "plain")


def test_what_was_read_meanwhile_is_not_mailed(
    clock: time_machine.Traveller, mailbox: Mailbox, reader: User
) -> None:
    tell(reader)
    clock.shift(300)
    mark_all_read(reader=reader)
    clock.shift(TEN_MINUTES)
    work()
    assert mailbox.messages == []
    assert states() == {MailState.DROPPED}


def test_six_a_day_and_the_rest_together_next_morning(
    clock: time_machine.Traveller, mailbox: Mailbox, reader: User
) -> None:
    for number in range(9):
        tell(reader, group_key=f"thing:{number}", target_id=number + 1)
        clock.shift(TEN_MINUTES)
        work()
    assert len(mailbox.messages) == MAILS_A_DAY
    clock.move_to(datetime(2026, 11, 25, 5, 59, tzinfo=UTC))
    work()
    assert len(mailbox.messages) == MAILS_A_DAY
    clock.shift(60)
    work()
    assert len(mailbox.messages) == MAILS_A_DAY + 1
    assert "3 things are new for you" in part(mailbox.messages[-1], "plain")


def test_transactional_mail_goes_at_once_at_any_hour_and_counts_towards_no_limit(
    clock: time_machine.Traveller, mailbox: Mailbox, reader: User
) -> None:
    clock.move_to(datetime(2026, 11, 28, 2, tzinfo=UTC))
    tell(reader)
    for number in range(MAILS_A_DAY + 2):
        tell(reader, verb="alarmed", group_key=f"alarm:{number}", target_id=number + 1)
        work()
    assert len(mailbox.messages) == MAILS_A_DAY + 2
    assert all("cannot wait" in message["Subject"] for message in mailbox.messages)
    clock.move_to(datetime(2026, 11, 30, 6, tzinfo=UTC))
    for number in range(MAILS_A_DAY):
        tell(reader, verb="alarmed", group_key=f"alarm:{number}", target_id=number + 1)
        work()
    assert "told of" in mailbox.messages[-MAILS_A_DAY]["Subject"]
    tell(reader)
    clock.shift(TEN_MINUTES)
    work()
    assert "told of" in mailbox.messages[-1]["Subject"]


@pytest.mark.parametrize(
    ("zone", "days", "told", "too_early", "goes"),
    [
        ("Europe/Zurich", "12345", "2026-11-24T17:55", "2026-11-25T05:59", "2026-11-25T06:00"),
        ("Asia/Tokyo", "12345", "2026-11-24T12:00", "2026-11-24T21:59", "2026-11-24T22:00"),
        ("Europe/Zurich", "12345", "2026-11-27T18:00", "2026-11-30T05:59", "2026-11-30T06:00"),
        ("Europe/Zurich", "1234567", "2026-10-24T18:00", "2026-10-25T05:59", "2026-10-25T06:00"),
        ("Europe/Zurich", "1234567", "2027-03-27T19:00", "2027-03-28T04:59", "2027-03-28T05:00"),
    ],
)
def test_quiet_hours_and_free_days_are_those_of_the_person(
    mailbox: Mailbox, zone: str, days: str, told: str, too_early: str, goes: str
) -> None:
    reader = UserFactory(profile={"time_zone": zone, "working_days": days})
    with time_machine.travel(f"{told}Z", tick=False) as clock:
        tell(reader)
        clock.shift(TEN_MINUTES)
        work()
        clock.move_to(datetime.fromisoformat(f"{too_early}+00:00"))
        work()
        assert mailbox.messages == []
        clock.move_to(datetime.fromisoformat(f"{goes}+00:00"))
        work()
        assert len(mailbox.messages) == 1


def test_what_may_not_be_seen_any_more_is_not_mailed(
    clock: time_machine.Traveller, mailbox: Mailbox, reader: User, things: Things
) -> None:
    things.titles |= {1: "Narrowed thing", 2: "Hidden thing", 3: "Open thing"}
    for number in (1, 2, 3):
        tell(reader, target_id=number, group_key=f"thing:{number}")
    retarget(target_kind=KIND, target_ids=[1], audience=PRACTITIONERS)
    things.hidden.add(2)
    clock.shift(TEN_MINUTES)
    work()
    raw = mailbox.raw[0].decode()
    assert "Open thing" in raw
    assert "Narrowed" not in raw
    assert "Hidden" not in raw
    assert states() == {MailState.SENT, MailState.DROPPED}


@pytest.mark.parametrize("change", ["audience", "group", "left"])
def test_nothing_goes_where_everything_has_changed_since(
    clock: time_machine.Traveller, mailbox: Mailbox, reader: User, change: str
) -> None:
    tell(reader)
    if change == "audience":
        retarget(target_kind=KIND, target_ids=[1], audience=NOBODY)
    elif change == "group":
        save_settings(person=reader, values={"mail_off": ["gossip"]}, actor=reader)
    else:
        User.objects.filter(pk=reader.pk).update(is_active=False)
    clock.shift(TEN_MINUTES)
    work()
    assert mailbox.messages == []
    assert states() == {MailState.DROPPED}
    assert not SentMail.objects.exists()


def test_what_is_hidden_between_taking_and_writing_does_not_go(
    clock: time_machine.Traveller, mailbox: Mailbox, reader: User, things: Things
) -> None:
    tell(reader)
    clock.shift(TEN_MINUTES)
    things.all_hidden_after = 1
    work()
    assert things.asked == 2
    assert mailbox.messages == []
    assert states() == {MailState.DROPPED}


def test_a_refused_mail_is_tried_again_after_growing_pauses_then_parked_and_shown(
    clock: time_machine.Traveller, mailbox: Mailbox, reader: User, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(reader, verb="alarmed")
    mailbox.refusals = ["451 try later"] * (len(send.PAUSES) + 1)
    for pause in send.PAUSES:
        work()
        assert states() == {MailState.WAITING}
        assert Notice.objects.get().mail_due == datetime.now(UTC) + pause
        clock.shift(pause)
    work()
    assert states() == {MailState.PARKED}
    assert mailbox.refusals == []
    call_command("mail")
    shown = capsys.readouterr().out
    assert "Could not be sent: 1" in shown
    assert "451" in shown
    call_command("mail", "--retry")
    work()
    assert len(mailbox.messages) == 1
    assert states() == {MailState.SENT}


def test_a_server_that_is_away_costs_nothing_but_time(
    clock: time_machine.Traveller, mailbox: Mailbox, reader: User
) -> None:
    others = UserFactory.create_batch(3)
    tell([reader, *others], verb="alarmed")
    with override_settings(EMAIL_PORT=free_port()):
        for _minute in range(30):
            work()
            clock.shift(60)
    assert states() == {MailState.WAITING}
    assert set(Notice.objects.values_list("mail_attempts", flat=True)) == {0}
    work()
    assert len(mailbox.messages) == 4


def test_one_refused_letter_holds_up_nobody_else(
    clock: time_machine.Traveller, mailbox: Mailbox, reader: User
) -> None:
    other = UserFactory()
    tell([reader, other], verb="alarmed")
    mailbox.refusals = ["550 no such mailbox"]
    work()
    assert len(mailbox.messages) == 1
    assert states() == {MailState.WAITING, MailState.SENT}


def test_what_a_worker_took_no_other_takes_until_it_has_been_away_too_long(
    clock: time_machine.Traveller, mailbox: Mailbox, reader: User
) -> None:
    tell(reader, verb="alarmed")
    taken = take(reader.pk, datetime.now(UTC))
    assert taken.bundle is not None
    tell(reader, verb="alarmed", group_key="second")
    work()
    assert mailbox.messages == []
    clock.shift(LEASE)
    work()
    assert len(mailbox.messages) == 1
    assert "2 things" in part(mailbox.messages[0], "plain")


def test_a_turn_asks_one_question_where_nothing_waits(reader: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert send_waiting_mail() == 0
    assert len(asked) == 1


def test_a_person_costs_the_same_with_many_notices(clock: time_machine.Traveller, mailbox: Mailbox) -> None:
    counts = []
    for size in (1, 40):
        reader = UserFactory()
        for number in range(size):
            tell(reader, target_id=number + 1, group_key=f"thing:{number}", audience=COMMUNITY)
        clock.shift(TEN_MINUTES)
        with CaptureQueriesContext(connection) as asked:
            send_waiting_mail()
        counts.append(len(asked))
    assert len(mailbox.messages) == 2
    assert counts[0] == counts[1]
