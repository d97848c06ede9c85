"""Sessions that end when nobody is there, and sessions of privileged people that wait for their second step."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import AuditEntry
from people.models import User
from people.roles import ADMIN_ROLES, Role
from tests.people.factories import PASSWORD, UserFactory
from tests.people.test_second_step import enrol

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LOGIN, HOME, PAGE = "/accounts/login/", "/", "/people/me/"
ACTIVATE = "/accounts/2fa/totp/activate/"
MINUTE = timedelta(minutes=1)
HTMX = {"HTTP_HX_REQUEST": "true"}
PING = "/admin/editing-sessions/release/1/"
PRIVILEGED = sorted(ADMIN_ROLES)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until a test moves it."""
    with time_machine.travel(START, tick=False) as coordinates:
        yield coordinates


def signed_in(person: User) -> Client:
    """Somebody who gave the password at the door."""
    client = Client()
    assert client.post(LOGIN, {"login": person.email, "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


class TestIdle:
    @pytest.fixture(autouse=True)
    def limited(self, settings: Any) -> None:
        settings.SESSION_IDLE_MINUTES = 30

    def test_half_an_hour_without_a_request_ends_it(self, clock: time_machine.Traveller) -> None:
        person = UserFactory()
        client = signed_in(person)
        clock.shift(30 * MINUTE)
        assert is_in(client)
        clock.shift(31 * MINUTE)
        answer = client.get(PAGE)
        assert answer.status_code == 302
        assert answer["Location"] == f"{LOGIN}?next={PAGE}"
        assert "nothing happened for 30 minutes" in client.get(answer["Location"]).content.decode()
        assert AuditEntry.objects.filter(action="sign_out", actor=person).count() == 1
        assert not is_in(client)

    def test_who_goes_on_stays_until_the_fixed_end(self, clock: time_machine.Traveller) -> None:
        client = signed_in(UserFactory())
        for _ in range(24):
            clock.shift(29 * MINUTE)
            assert is_in(client)
        clock.shift(29 * MINUTE)
        assert not is_in(client), "twelve hours are over"

    def test_reading_writes_once_a_minute_at_most(self, clock: time_machine.Traveller) -> None:
        client = signed_in(UserFactory())
        clock.shift(timedelta(seconds=61))
        assert [session_writes(client) for _ in range(3)] == [1, 0, 0]

    def test_an_open_page_of_the_admin_is_nobody_there(self, clock: time_machine.Traveller) -> None:
        client = signed_in(UserFactory(roles=("steward",)))
        clock.shift(20 * MINUTE)
        client.post(PING)
        clock.shift(11 * MINUTE)
        assert not is_in(client)

    def test_a_part_of_a_page_leads_to_sign_in(self, clock: time_machine.Traveller) -> None:
        client = signed_in(UserFactory())
        clock.shift(31 * MINUTE)
        answer = client.get("/search/suggest/?q=a", **HTMX)
        assert (answer.status_code, answer["HX-Redirect"]) == (401, LOGIN)

    def test_a_session_from_before_the_setting_goes_on(self) -> None:
        client = signed_in(UserFactory())
        session = client.session
        del session["last_seen"]
        session.save()
        assert is_in(client)

    def test_it_can_be_switched_off(self, settings: Any, clock: time_machine.Traveller) -> None:
        settings.SESSION_IDLE_MINUTES = 0
        client = signed_in(UserFactory())
        clock.shift(10 * 60 * MINUTE)
        assert is_in(client)


def session_writes(client: Client) -> int:
    """How often one page writes to the session."""
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    return sum(query["sql"].startswith('UPDATE "django_session"') for query in captured)


class TestSecondStep:
    @pytest.fixture(autouse=True)
    def required(self, settings: Any) -> None:
        settings.SECOND_STEP_REQUIRED = True

    @pytest.mark.parametrize("role", PRIVILEGED)
    def test_a_privileged_role_adds_it_first(self, role: str) -> None:
        client = signed_in(UserFactory(roles=(role,)))
        for address in (HOME, PAGE, "/admin/", "/search/?q=a", "/people/facilitators/"):
            answer = client.get(address)
            assert (answer.status_code, answer["Location"]) == (302, ACTIVATE), address
        part = client.get("/search/suggest/?q=a", **HTMX)
        assert (part.status_code, part["HX-Redirect"]) == (401, ACTIVATE)
        page = client.get(ACTIVATE, follow=True)
        assert page.status_code == 200
        assert "Your role needs a second step" in page.content.decode()

    def test_with_it_every_page_opens(self, clock: time_machine.Traveller) -> None:
        person = UserFactory(roles=("facilitator",))
        waiting = signed_in(person)
        assert not is_in(waiting)
        enrol(person)
        assert is_in(waiting)
        assert waiting.get(HOME).status_code == 200

    def test_who_has_it_is_asked_for_a_code_alone(self, clock: time_machine.Traveller) -> None:
        person = UserFactory(roles=("steward",))
        enrol(person)
        answer = Client().post(LOGIN, {"login": person.email, "password": PASSWORD})
        assert answer["Location"].startswith("/accounts/2fa/authenticate/")

    def test_a_member_owes_nothing(self) -> None:
        assert is_in(signed_in(UserFactory(roles=(Role.MEMBER,))))

    def test_a_superuser_owes_it_too(self) -> None:
        assert not is_in(signed_in(UserFactory(is_superuser=True)))

    def test_it_can_be_switched_off(self, settings: Any) -> None:
        settings.SECOND_STEP_REQUIRED = False
        assert is_in(signed_in(UserFactory(roles=("steward",))))

    def test_who_owes_it_may_sign_out(self) -> None:
        client = signed_in(UserFactory(roles=("steward",)))
        assert client.post("/accounts/logout/").status_code == 302
        assert client.get(HOME)["Location"].startswith(LOGIN)
