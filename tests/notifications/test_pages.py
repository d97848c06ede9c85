"""The list, its acts and the settings, as a reader meets them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.audiences import NOBODY
from notifications.api import retarget, unread_count
from notifications.models import Notice, NoticeSettings
from people.models import User
from tests.notifications.conftest import KIND, Things
from tests.notifications.factories import tell
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return UserFactory(profile={"time_zone": "Asia/Tokyo"})


@pytest.fixture
def browser(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


def page(browser: Client, address: str = "/notices/") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_list_says_what_will_be_there_and_gives_one_act(browser: Client) -> None:
    html = page(browser)
    assert "Nothing has happened yet" in html
    assert 'href="/notices/settings/"' in html
    assert "Mark all as read" not in html


def test_notices_of_a_group_stand_together_and_lead_to_the_newest(
    browser: Client, reader: User, things: Things
) -> None:
    things.titles[9] = "Two chairs"
    mei = UserFactory(name="Mei Tanaka")
    for number in (7, 8, 9):
        tell(reader, target_id=number, actor_id=mei.pk)
    tell(reader, target_id=5, group_key="thing:5", verb="asked")
    html = page(browser)
    assert "Mei Tanaka told of “Two chairs”" in html
    assert "and 2 more" in html
    assert 'href="/things/9/"' in html
    assert 'href="/things/8/"' not in html
    assert "A colleague asked about “Thing 5”" in html
    assert 'aria-label="Notices, 4 unread"' in html


def test_today_is_the_day_of_the_reader(browser: Client, reader: User, things: Things) -> None:
    with time_machine.travel("2026-11-24T14:30Z", tick=False):
        tell(reader, group_key="yesterday")
    with time_machine.travel("2026-11-24T15:30Z", tick=False):
        tell(reader, group_key="today")
        assert page(browser).partition("</main>")[0].count("<h2") == 2
    with time_machine.travel("2026-11-25T15:30Z", tick=False):
        html = page(browser)
        assert ">Today<" not in html
        assert ">Earlier<" in html


def test_what_may_not_be_seen_any_more_is_not_shown(browser: Client, reader: User, things: Things) -> None:
    things.titles |= {1: "Open thing", 2: "Narrowed thing", 3: "Hidden thing"}
    for number in (1, 2, 3):
        tell(reader, target_id=number, group_key=f"thing:{number}")
    retarget(target_kind=KIND, target_ids=[2], audience=NOBODY)
    things.hidden.add(3)
    html = page(browser)
    assert "Open thing" in html
    assert "Narrowed thing" not in html
    assert "Hidden thing" not in html


def test_what_the_bell_counts_can_be_marked_though_its_objects_are_gone(
    browser: Client, reader: User, things: Things
) -> None:
    """A lesson that is reviewed again keeps its audience: its notices are counted, and no line shows them."""
    tell(reader, target_id=4)
    things.hidden.add(4)
    assert unread_count(reader) == 1
    assert "Mark all as read" in page(browser)
    browser.post("/notices/read/")
    assert unread_count(reader) == 0
    assert "Mark all as read" not in page(browser)


def test_others_notices_are_neither_shown_nor_marked(browser: Client, things: Things) -> None:
    things.titles[1] = "Not yours"
    tell(UserFactory())
    assert "Not yours" not in page(browser)
    assert browser.post(f"/notices/read/{Notice.objects.get().pk}/").status_code == 404
    browser.post("/notices/read/")
    assert not Notice.objects.exclude(read=None).exists()


def test_a_group_is_marked_read_and_unread_again(browser: Client, reader: User, things: Things) -> None:
    tell(reader)
    tell(reader)
    tell(reader, group_key="other")
    first = Notice.objects.filter(group_key="thing:1").latest("pk")
    answer = browser.post(f"/notices/read/{first.pk}/", follow=True)
    assert unread_count(reader) == 1
    assert "Marked as read." in answer.content.decode()
    undo = answer.context["undo"]
    browser.post("/notices/unread/", {"undo": undo})
    assert unread_count(reader) == 3


def test_everything_is_marked_read_and_undoing_brings_back_no_older_reading(
    browser: Client, reader: User, things: Things
) -> None:
    tell(reader)
    Notice.objects.update(read=timezone.now() - timedelta(days=1))
    tell(reader, group_key="a")
    tell(reader, group_key="b")
    answer = browser.post("/notices/read/", follow=True)
    assert unread_count(reader) == 0
    assert "Mark all as read" not in answer.content.decode()
    browser.post("/notices/unread/", {"undo": answer.context["undo"]})
    assert unread_count(reader) == 2


@pytest.mark.parametrize("forged", ["", "2026-11-24T00:00:00", "x:y:z"])
def test_a_forged_undo_changes_nothing(browser: Client, reader: User, things: Things, forged: str) -> None:
    tell(reader)
    Notice.objects.update(read=timezone.now())
    assert browser.post("/notices/unread/", {"undo": forged}).status_code == 302
    assert unread_count(reader) == 0


def test_pages_hold_every_group_once_and_cost_the_same(browser: Client, reader: User, things: Things) -> None:
    for number in range(45):
        tell(reader, target_id=number + 1, group_key=f"thing:{number}")
    few, cursor, shown = queries(browser), "", []
    while True:
        answer = browser.get("/notices/", {"after": cursor})
        shown += [row.url for _title, rows in answer.context["parts"] for row in rows]
        cursor = answer.context["page"].next_cursor
        if not cursor:
            break
    assert sorted(shown) == sorted(f"/things/{number + 1}/" for number in range(45))
    for number in range(200):
        tell(reader, target_id=500 + number, group_key=f"thing:{number % 20}")
    assert queries(browser) == few <= 10


def test_a_loud_group_pushes_no_other_off_the_page(browser: Client, reader: User, things: Things) -> None:
    tell(reader, group_key="quiet", target_id=2)
    for _number in range(60):
        tell(reader, group_key="loud")
    html = page(browser)
    assert "and 59 more" in html
    assert 'href="/things/2/"' in html


def queries(browser: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        page(browser)
    return len(asked)


def test_titles_are_shown_as_typed(browser: Client, reader: User, things: Things) -> None:
    things.titles[1] = "<script>alert(1)</script>"
    tell(reader)
    html = page(browser)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_settings_begin_with_everything_on_and_are_kept(
    browser: Client, reader: User, things: Things
) -> None:
    html = page(browser, "/notices/settings/")
    assert "Asia/Tokyo" in html
    assert html.count("checked") >= 4
    sent = {"bell_gossip": "on", "mail_urgent": "on", "quiet_from": "20:00", "quiet_to": "06:30"}
    assert browser.post("/notices/settings/", sent).status_code == 302
    kept = NoticeSettings.objects.get(user=reader)
    assert "gossip" in kept.mail_off
    assert "gossip" not in kept.bell_off
    assert "urgent" in kept.bell_off
    assert "urgent" not in kept.mail_off
    assert (str(kept.quiet_from), str(kept.quiet_to), kept.quiet_free_days) == ("20:00:00", "06:30:00", False)


def test_settings_that_cannot_be_read_are_refused_and_nothing_is_lost(
    browser: Client, reader: User, things: Things
) -> None:
    answer = browser.post(
        "/notices/settings/", {"mail_gossip": "on", "quiet_from": "late", "quiet_to": "7:00"}
    )
    assert answer.status_code == 422
    assert 'value="late"' in answer.content.decode()
    assert not NoticeSettings.objects.exists()


def test_the_profile_leads_to_the_settings(browser: Client) -> None:
    assert 'href="/notices/settings/"' in page(browser, "/people/me/")
