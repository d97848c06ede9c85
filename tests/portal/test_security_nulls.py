"""Null characters in what is posted, where no field of a form refuses them. PostgreSQL cannot compare them."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
TEXT = "The papers came late and the committee \x00deferred"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("forums:read_all", {"board": "a\x00b"}),
        ("forums:follow", {"object": "1", "kind": "topic\x00", "level": "normal"}),
        ("forums:similar", {"title": TEXT, "body": TEXT}),
        ("forums:ask", {"title": TEXT, "board": "\x00", "act": "preview"}),
        ("forums:ask", {"title": TEXT, "board": "\x00", "tags": "\x00", "kind": "question", "body": TEXT}),
        ("composer:discard", {"key": "a\x00b"}),
        ("composer:restore", {"key": "a\x00b"}),
        ("composer:preview", {"field": "body", "body": TEXT}),
        ("composer:guard", {"draft": "\x00"}),
        ("notices:read_all", {"after": "\x00"}),
        ("notices:unread", {"undo": "\x00"}),
        ("lessons:similar", {"title": TEXT, "happened": TEXT, "phase": "\x00"}),
        ("lessons:new", {"title": TEXT, "play": "\x00", "act": "draft"}),
        ("lessons:new", {"title": TEXT, "happened": TEXT, "phase": "\x00", "play": "\x00", "act": "preview"}),
    ],
)
def test_no_view_fails_at_a_null(client: Client, name: str, fields: dict[str, str]) -> None:
    client.force_login(UserFactory())
    assert client.post(reverse(name), fields).status_code in (200, 302, 404, 422)
