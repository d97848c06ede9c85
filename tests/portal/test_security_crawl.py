"""Every address of the portal, as a stranger and as each role: nothing open, nothing broken, nothing written by looking.

One test a walk, since making the world costs more than walking through it; each names every address that failed.
"""

import json
from collections import Counter
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from people.roles import Role
from portal.middleware.members import OPEN_PATHS, OPEN_PREFIXES
from tests.portal.world import ALL_ROLES, World, normalised, object_addresses, pattern_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.world("small")]
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# What remembers a visit and changes nothing: sessions, the cache, allauth's copy of the reader's own address, an
# editor's empty preferences in Wagtail, how far somebody read a topic.
MAY_WRITE = (
    "django_session",
    "portal_cache",
    "account_emailaddress",
    "wagtailusers_userprofile",
    "forums_readmark",
)
MISSING = "/this-page-is-missing/"
RESTING = {301, 302, 304}


def addresses(world: World) -> list[str]:
    """Patterns and objects, each once."""
    return sorted({*pattern_addresses(world.samples).values(), *object_addresses()})


class WriteCounter:
    """Counts what a connection writes, but for what only remembers a visit."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """One statement on its way to the database."""
        if sql.lstrip().upper().startswith(WRITING) and not any(table in sql for table in MAY_WRITE):
            self.statements.append(sql[:120])
        return execute(sql, params, many, context)

    def listening(self) -> AbstractContextManager[None]:
        """While in this context."""
        return connection.execute_wrapper(self)


def test_a_stranger_gets_sign_in_health_and_static_files_and_nothing_else(world: World) -> None:
    stranger, answers = world.client("stranger"), Counter[int]()
    for address in addresses(world):
        for verb in (stranger.get, stranger.post):
            response = verb(address)
            answers[response.status_code] += 1
            if address in OPEN_PATHS or address.startswith(OPEN_PREFIXES):
                assert response.status_code < 500, address
                continue
            assert response.status_code == 302, address
            assert response["Location"].startswith("/accounts/login/"), address
            assert response.content == b"", address
    assert sum(answers.values()) > 800


def test_the_list_of_open_paths_is_short_and_known() -> None:
    assert {
        "/accounts/login/",
        "/accounts/logout/",
        "/accounts/2fa/authenticate/",
        "/health/live",
        "/health/ready",
    } == OPEN_PATHS
    assert OPEN_PREFIXES == ("/accounts/password/reset/", "/notices/stop/", "/static/")


@pytest.mark.parametrize(
    "path",
    [
        "/health",
        "/health/",
        "/health/live/x",
        "/accounts/login",
        "/accounts/loginx/",
        "//accounts/login/x",
        "/staticx/",
    ],
)
def test_what_looks_like_an_open_path_is_none(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code in (302, 404)
    assert response.get("Location", "/accounts/login/").startswith("/accounts/login/")


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_no_role_meets_a_500_and_no_look_writes(world: World, role: str) -> None:
    reader, counter, broken = world.client(role), WriteCounter(), {}
    answers = Counter[int]()
    for address in addresses(world):
        before = len(counter.statements)
        with counter.listening():
            response = reader.get(address)
        answers[response.status_code] += 1
        if response.status_code >= 500:
            broken[address] = response.status_code
        elif counter.statements[before:]:
            broken[address] = counter.statements[before:]
    assert broken == {}
    assert answers[200] > 20


def test_the_admin_is_missing_for_members_byte_for_byte(world: World) -> None:
    member = world.client("member")
    inside = [address for address in addresses(world) if address.startswith("/admin/")]
    assert len(inside) > 300
    expected = normalised(member.get(MISSING).content).replace(MISSING.encode(), b"")
    for address in inside:
        response = member.get(address)
        assert response.status_code == 404, address
        assert normalised(response.content).replace(address.encode(), b"") == expected, address


@pytest.mark.parametrize("role", ["contributor", "steward", "facilitator", "administrator"])
def test_editors_enter_the_admin(world: World, role: str) -> None:
    assert world.client(role).get("/admin/").status_code == 200


def test_only_administrators_see_users(world: World) -> None:
    answers = {
        role: world.client(role).get("/admin/users/").status_code for role in ("facilitator", "administrator")
    }
    assert answers["administrator"] == 200
    assert answers["facilitator"] != 200


@pytest.mark.thorough
def test_without_a_token_no_post_is_heard(world: World) -> None:
    heard = {}
    for role in ALL_ROLES:
        client = world.client(role, enforce_csrf_checks=True)
        for address in addresses(world):
            response = client.post(address, {"next": "/", "theme": "dark", "login": "a", "password": "b"})
            if response.status_code == 301 and response["Location"] == f"{address}/":
                continue
            if response.status_code not in (302, 403, 404, 405):
                heard[role, address] = response.status_code
            elif response.status_code == 302 and role != "stranger":
                heard[role, address] = response["Location"]
    assert heard == {}


@pytest.mark.parametrize("verb", ["TRACE", "TRACK", "CONNECT", "PUT", "PATCH", "DELETE", "MKCOL"])
def test_other_verbs_are_refused(world: World, verb: str) -> None:
    member = world.client("member")
    for address in ("/", "/playbook/", "/accounts/login/", "/people/me/", "/health/live", MISSING):
        response = member.generic(verb, address, b"echo me", headers={"X-Secret": "echo me"})
        assert response.status_code == 405, address
        assert b"echo me" not in response.content


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=%00",
        "/lessons/%00/",
        "/people/me/?x=%00",
        "/?a=b%00",
        "/lessons/?phase=%00",
    ],
)
def test_null_characters_are_a_400(world: World, address: str) -> None:
    response = world.client("member").get(address)
    assert response.status_code == 400
    assert b"<h1" in response.content


def test_health_tells_a_stranger_nothing_but_health(client: Client) -> None:
    assert set(json.loads(client.get("/health/live").content)) == {"status"}
