"""What is typed is kept, for its owner alone, and forgotten in time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from composer.api import clean_up, drafts_of, drop_draft, post_once, read_draft, save_draft
from composer.models import Draft, Submission
from composer.services.discard_draft import discard_draft, restore_draft
from core.models import AuditEntry
from people.models import User
from tests.people.factories import UserFactory

PLACE = {"key": "topic:new", "label": "A new topic", "url": "/forums/ask/"}


def test_a_draft_is_one_a_place_and_the_last_text_counts(writer: User) -> None:
    save_draft(owner=writer, fields={"body": "one"}, **PLACE)
    save_draft(owner=writer, fields={"body": "two", "kind": "question"}, **PLACE)
    kept = read_draft(owner=writer, key="topic:new")
    assert kept is not None
    assert kept.fields == {"body": "two", "kind": "question"}
    assert (kept.label, kept.url) == ("A new topic", "/forums/ask/")
    assert Draft.objects.count() == 1


def test_a_draft_is_its_owners_alone(writer: User, colleague: User) -> None:
    save_draft(owner=writer, fields={"body": "mine"}, **PLACE)
    assert read_draft(owner=colleague, key="topic:new") is None
    assert drafts_of(colleague) == []
    assert not drop_draft(owner=colleague, key="topic:new")
    assert not discard_draft(owner=colleague, key="topic:new")
    assert [draft.key for draft in drafts_of(writer)] == ["topic:new"]


def test_no_word_of_a_draft_is_audited(writer: User) -> None:
    save_draft(owner=writer, fields={"body": "mine"}, **PLACE)
    drop_draft(owner=writer, key="topic:new")
    assert not AuditEntry.objects.filter(object_type="composer.draft").exists()


def test_dropping_says_whether_there_was_one(writer: User) -> None:
    save_draft(owner=writer, fields={"body": "one"}, **PLACE)
    assert drop_draft(owner=writer, key="topic:new")
    assert not drop_draft(owner=writer, key="topic:new")
    assert read_draft(owner=writer, key="topic:new") is None


def test_what_was_thrown_away_comes_back_as_it_was(writer: User) -> None:
    save_draft(owner=writer, fields={"body": "one"}, **PLACE)
    assert discard_draft(owner=writer, key="topic:new")
    assert read_draft(owner=writer, key="topic:new") is None
    assert not discard_draft(owner=writer, key="topic:new")
    assert restore_draft(owner=writer, key="topic:new")
    assert not restore_draft(owner=writer, key="topic:new")
    kept = read_draft(owner=writer, key="topic:new")
    assert kept is not None
    assert kept.fields == {"body": "one"}


def test_writing_again_after_throwing_away_begins_a_new_draft(writer: User) -> None:
    save_draft(owner=writer, fields={"body": "one"}, **PLACE)
    discard_draft(owner=writer, key="topic:new")
    save_draft(owner=writer, fields={"body": "two"}, **PLACE)
    assert [draft.fields["body"] for draft in drafts_of(writer)] == ["two"]
    assert not restore_draft(owner=writer, key="topic:new")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"fields": {"body": "x" * 200_001}}, "too_long"),
        ({"fields": {f"f{number}": "é" * 10_000 for number in range(11)}}, "too_long"),
        ({"fields": {"body": "a\x00b"}}, "unreadable"),
        ({"fields": {"a\x00b": "body"}}, "unreadable"),
        ({"key": ""}, "no_place"),
        ({"key": "k" * 121}, "no_place"),
        ({"url": "https://elsewhere.example/"}, "no_place"),
        ({"url": "//elsewhere.example/"}, "no_place"),
        ({"url": "/\\elsewhere.example/"}, "no_place"),
        ({"url": "javascript:alert(1)"}, "no_place"),
        ({"url": f"/{'x' * 400}"}, "no_place"),
    ],
)
def test_what_cannot_be_kept_is_refused(writer: User, change: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        save_draft(owner=writer, **{"fields": {"body": "one"}, **PLACE, **change})
    assert refusal.value.code == code
    assert Draft.objects.count() == 0


def test_a_draft_of_nearly_200_kb_is_kept(writer: User) -> None:
    body = "é" * 99_000
    assert save_draft(owner=writer, fields={"body": body}, **PLACE).fields["body"] == body


def test_a_long_label_is_cut_and_an_empty_one_is_the_key(writer: User) -> None:
    place = {**PLACE, "label": f"  {'word ' * 60}\n"}
    assert len(save_draft(owner=writer, fields={}, **place).label) <= 200
    assert save_draft(owner=writer, fields={}, **{**PLACE, "label": " \n"}).label == "topic:new"


def test_old_drafts_and_submissions_are_forgotten(writer: User) -> None:
    now = timezone.now()
    ages = {"old": 181, "kept": 179}
    for key, days in ages.items():
        with time_machine.travel(now - timedelta(days=days), tick=False):
            save_draft(owner=writer, fields={"body": key}, **{**PLACE, "key": key})
    for key, hours in {"gone": 25, "lately": 23}.items():
        save_draft(owner=writer, fields={"body": key}, **{**PLACE, "key": key})
        with time_machine.travel(now - timedelta(hours=hours), tick=False):
            discard_draft(owner=writer, key=key)
    with time_machine.travel(now - timedelta(minutes=61), tick=False):
        post_once(owner=writer, place="p", texts={}, make=lambda: "/old/")
    post_once(owner=writer, place="p", texts={"a": "b"}, make=lambda: "/new/")
    assert clean_up() == 3
    assert set(Draft.objects.values_list("key", flat=True)) == {"kept", "lately"}
    assert list(Submission.objects.values_list("url", flat=True)) == ["/new/"]
    assert clean_up() == 0


@pytest.mark.django_db(transaction=True)
def test_many_saves_of_one_place_at_once_leave_one_draft(at_once: Callable[..., list[Any]]) -> None:
    pk = UserFactory().pk

    def save(number: int) -> int:
        owner = User.objects.get(pk=pk)
        save_draft(owner=owner, fields={"body": str(number)}, **PLACE)
        return len(drafts_of(owner))

    assert set(at_once(10, save)) == {1}
