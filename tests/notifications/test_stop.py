"""Stopping mail by the link in a mail: signed out, by one click of a mail program, and never by looking."""

import pytest
import time_machine
from django.test import Client

from core.models import AuditEntry
from notifications.api import send_waiting_mail
from notifications.models import MailState, Notice, NoticeSettings
from notifications.tokens import stop_path
from tests.notifications.conftest import Things
from tests.notifications.factories import tell
from tests.notifications.smtp import Mailbox
from tests.people.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("things")]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True)


def off(person: object) -> list[str]:
    found = NoticeSettings.objects.filter(user=person).first()
    return found.mail_off if found else []


def test_looking_asks_and_changes_nothing(stranger: Client) -> None:
    reader = UserFactory()
    path = stop_path(reader.pk, ["gossip"])
    for verb in (stranger.get, stranger.head, stranger.get):
        assert verb(path).status_code == 200
    html = stranger.get(path).content.decode()
    assert "Gossip" in html
    assert reader.name not in html
    assert reader.email not in html
    assert off(reader) == []


def test_one_click_of_a_mail_program_stops_without_cookie_token_or_redirect(
    stranger: Client, mailbox: Mailbox
) -> None:
    reader = UserFactory(profile={"time_zone": "Europe/Zurich"})
    with time_machine.travel("2026-11-24T11:00Z", tick=False) as clock:
        tell(reader)
        clock.shift(600)
        send_waiting_mail()
        header = str(mailbox.messages[0]["List-Unsubscribe"]).strip()
        path = header.removeprefix("<").removesuffix(">").partition("://")[2].partition("/")[2]
        tell(reader)
        answer = stranger.post(f"/{path}", ONE_CLICK)
        clock.shift(600)
        send_waiting_mail()
    assert answer.status_code == 200
    assert off(reader) == ["gossip"]
    assert len(mailbox.messages) == 1
    assert Notice.objects.latest("pk").mail == MailState.DROPPED
    assert Notice.objects.latest("pk").bell


def test_any_other_post_needs_its_token(stranger: Client) -> None:
    reader = UserFactory()
    path = stop_path(reader.pk, ["gossip"])
    assert stranger.post(path).status_code == 403
    assert stranger.post(path, {"List-Unsubscribe": "Two-Clicks"}).status_code == 403
    assert off(reader) == []
    stranger.get(path)
    answer = stranger.post(path, {"csrfmiddlewaretoken": stranger.cookies["csrftoken"].value})
    assert answer.status_code == 200
    assert "This mail has stopped" in answer.content.decode()
    assert off(reader) == ["gossip"]


def test_stopping_twice_is_stopping_once_and_leaves_one_row_without_values(stranger: Client) -> None:
    reader = UserFactory()
    for _time in range(2):
        assert stranger.post(stop_path(reader.pk, ["gossip", "urgent"]), ONE_CLICK).status_code == 200
    assert off(reader) == ["gossip", "urgent"]
    row = AuditEntry.objects.get(action="save_notice_settings")
    assert (row.actor, row.changes) == (None, {"mail_off": None})


@pytest.mark.parametrize("change", ["token", "person", "nobody"])
def test_a_forged_or_foreign_token_is_missing(stranger: Client, change: str) -> None:
    reader = UserFactory()
    path = stop_path(reader.pk, ["gossip"])
    forged = {
        "token": path[:-3] + "xx/",
        "person": path.replace("stop/W", "stop/X"),
        "nobody": stop_path(reader.pk + 1000, ["gossip"]),
    }[change]
    assert stranger.get(forged).status_code == 404
    assert stranger.post(forged, ONE_CLICK).status_code == 404
    assert not NoticeSettings.objects.exists()


def test_the_rest_of_notices_stays_closed_to_strangers(stranger: Client, things: Things) -> None:
    for path in ("/notices/", "/notices/settings/", "/notices/stop", "/notices/stopx/a/"):
        answer = stranger.get(path)
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/accounts/login/")
