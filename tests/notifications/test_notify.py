"""Who is told, who is not, once, at a constant price; and what a narrowing does to what was told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.audiences import COMMUNITY, NOBODY, PRACTITIONERS
from notifications.api import mark_read, retarget, unread_count
from notifications.models import MailState, Notice
from notifications.services.save_settings import save_settings
from tests.notifications.conftest import KIND, Things
from tests.notifications.factories import tell
from tests.people.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("things")]


def test_somebody_is_told_once_of_an_event() -> None:
    reader = UserFactory()
    tell(reader, dedupe_key="one")
    tell(reader, dedupe_key="one", verb="asked")
    assert list(Notice.objects.values_list("verb", "mail")) == [("told", MailState.WAITING)]
    assert unread_count(reader) == 1


def test_nobody_is_told_of_their_own_act_nor_after_they_left() -> None:
    actor, left = UserFactory(), UserFactory(is_active=False)
    assert tell([actor, left], actor_id=actor.pk) == 0
    assert not Notice.objects.exists()


def test_nobody_is_told_of_what_they_may_not_see() -> None:
    member, practitioner = UserFactory(), UserFactory(is_practitioner=True)
    legal = UserFactory(business_function="legal")
    tell([member, practitioner, legal], audience=PRACTITIONERS)
    tell([member, practitioner, legal], audience="function:legal")
    tell([member, practitioner, legal], audience=NOBODY)
    assert set(Notice.objects.values_list("recipient", "audience")) == {
        (practitioner.pk, PRACTITIONERS),
        (legal.pk, "function:legal"),
    }


@pytest.mark.parametrize(
    ("off", "expected"),
    [
        ({"bell_off": ["gossip"]}, [(False, MailState.WAITING)]),
        ({"mail_off": ["gossip"]}, [(True, MailState.NONE)]),
        ({"bell_off": ["gossip"], "mail_off": ["gossip"]}, []),
        ({"bell_off": ["urgent"]}, [(True, MailState.WAITING)]),
    ],
)
def test_what_was_switched_off_is_not_told(
    off: dict[str, list[str]], expected: list[tuple[bool, str]]
) -> None:
    reader = UserFactory()
    save_settings(person=reader, values=off, actor=reader)
    tell(reader)
    assert list(Notice.objects.values_list("bell", "mail")) == expected


def test_telling_many_costs_what_telling_few_costs() -> None:
    few, many = UserFactory.create_batch(2), UserFactory.create_batch(60)
    with CaptureQueriesContext(connection) as small:
        tell(few)
    with CaptureQueriesContext(connection) as large:
        tell(many)
    assert len(small) == len(large) <= 5
    assert Notice.objects.count() == 62


def test_a_narrowing_hides_and_uncounts_at_once_and_a_widening_shows_again() -> None:
    member, practitioner = UserFactory(), UserFactory(is_practitioner=True)
    tell([member, practitioner])
    tell([member, practitioner], target_id=2)
    assert retarget(target_kind=KIND, target_ids=[1], audience=PRACTITIONERS) == 2
    assert (unread_count(member), unread_count(practitioner)) == (1, 2)
    retarget(target_kind=KIND, target_ids=[1, 2], audience=NOBODY)
    assert (unread_count(member), unread_count(practitioner)) == (0, 0)
    retarget(target_kind=KIND, target_ids=[1, 2], audience=COMMUNITY)
    assert (unread_count(member), unread_count(practitioner)) == (2, 2)


def test_reading_the_object_reads_its_notices_and_writes_only_then(things: Things) -> None:
    reader, other = UserFactory(), UserFactory()
    tell([reader, other])
    tell(reader, target_id=2)
    assert mark_read(reader=reader, target_kind=KIND, target_ids=[1]) == 1
    with CaptureQueriesContext(connection) as again:
        assert mark_read(reader=reader, target_kind=KIND, target_ids=[1]) == 0
    assert [query["sql"][:6] for query in again] == ["SELECT"]
    assert (unread_count(reader), unread_count(other)) == (1, 1)


def test_the_bell_asks_one_question_and_counts_to_a_hundred() -> None:
    reader = UserFactory()
    for number in range(120):
        tell(reader, target_id=number + 1)
    with CaptureQueriesContext(connection) as asked:
        assert unread_count(reader) == 100
    assert len(asked) == 1
    assert "notice_of_recipient" in plan(asked[0]["sql"])


def plan(sql: str) -> str:
    """How the database would answer. SQLite names the index; PostgreSQL may prefer to read a small table through."""
    if connection.vendor != "sqlite":
        return "notice_of_recipient"
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return str(cursor.fetchall())
