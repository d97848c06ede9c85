"""Signing in: by e-mail and password, closed to everybody else, the same answer for unknown, wrong and closed."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from people.models import User
from people.services.deactivate import deactivate
from people.services.load_people import DEMO_PASSWORD
from tests.people.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
WRONG = "not the password at all"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: str):
    """Posts the form."""
    return client.post(LOGIN, {"login": email, "password": password, **extra})


def is_signed_in(client: Client) -> bool:
    """Whether home answers without sending to sign-in."""
    return client.get("/people/me/").status_code == 200


class TestDoor:
    def test_the_right_password_opens(self, client: Client) -> None:
        user = UserFactory()
        response = sign_in(client, user.email)
        assert response.status_code == 302
        assert response["Location"] == "/"
        assert is_signed_in(client)

    @pytest.mark.parametrize("change", [str.upper, lambda email: f"  {email} "])
    def test_case_and_spaces_of_the_address_do_not_matter(self, client: Client, change) -> None:
        sign_in(client, change(UserFactory().email))
        assert is_signed_in(client)

    def test_wrong_unknown_and_closed_read_the_same(self) -> None:
        known, closed = UserFactory(email="known@example.com"), UserFactory(email="close@example.com")
        deactivate(person=closed, actor=None)
        tries = [(known.email, WRONG), ("nobod@example.com", PASSWORD), (closed.email, PASSWORD)]
        pages = set()
        for email, password in tries:
            response = sign_in(Client(), email, password)
            body = TOKEN.sub(b"", response.content).replace(email.encode(), b"EMAIL")
            pages.add((response.status_code, body))
        assert len(pages) == 1
        assert not any(b"inactive" in body for _, body in pages)

    def test_next_leads_back(self, client: Client) -> None:
        response = sign_in(client, UserFactory().email, next="/lessons/?phase=startup")
        assert response["Location"] == "/lessons/?phase=startup"

    def test_a_stranger_is_led_to_sign_in_and_back(self, client: Client) -> None:
        response = client.get("/people/me/?a=1")
        assert response["Location"] == "/accounts/login/?next=/people/me/%3Fa%3D1"
        page = client.get(response["Location"])
        assert b'name="next" value="/people/me/?a=1"' in page.content

    def test_htmx_gets_a_redirect_it_understands(self, client: Client) -> None:
        response = client.get("/people/me/", headers={"HX-Request": "true"})
        assert (response.status_code, response["HX-Redirect"]) == (401, LOGIN)

    def test_without_a_token_nothing_happens(self) -> None:
        user, client = UserFactory(), Client(enforce_csrf_checks=True)
        assert sign_in(client, user.email).status_code == 403
        assert not is_signed_in(client)


class TestClosedDoors:
    @pytest.mark.parametrize(
        "path",
        [
            "signup/",
            "signup/passkey/",
            "email/",
            "inactive/",
            "password/set/",
            "confirm-email/",
            "confirm-email/abc/",
            "login/code/",
            "login/code/confirm/",
            "3rdparty/",
            "3rdparty/signup/",
            "2fa/webauthn/",
            "social/signup/",
        ],
    )
    @pytest.mark.parametrize("verb", ["get", "post"])
    def test_no_other_way_in(self, client: Client, path: str, verb: str) -> None:
        count = User.objects.count()
        data = {"email": "x@example.com", "password1": PASSWORD, "password2": PASSWORD}
        assert getattr(client, verb)(f"/accounts/{path}", data).status_code == 302
        client.force_login(UserFactory())
        assert getattr(client, verb)(f"/accounts/{path}", data).status_code == 404
        assert User.objects.count() == count + 1

    @pytest.mark.parametrize("path", ["/admin/login/", "/_util/login/"])
    def test_the_doors_of_wagtail_lead_to_ours(self, client: Client, path: str) -> None:
        response = client.get(path, {"next": "/admin/pages/"}, follow=True)
        assert response.redirect_chain[-1][0].startswith(LOGIN)
        user = UserFactory()
        assert client.post(path, {"username": user.email, "password": PASSWORD}).status_code in (302, 405)
        assert not is_signed_in(client)

    @pytest.mark.parametrize("path", ["/admin/password_reset/", "/admin/account/change_password/"])
    def test_wagtail_manages_no_passwords(self, client: Client, path: str) -> None:
        client.force_login(User.objects.create_superuser("root@example.com", None, name="Root"))
        assert client.get(path).status_code == 404

    def test_no_gravatar_no_update_check(self) -> None:
        assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
        assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False
        assert settings.WAGTAIL_ENABLE_WHATS_NEW_BANNER is False


class TestSessions:
    def test_the_session_changes_its_name_at_sign_in(self, client: Client) -> None:
        client.session.save()
        session = client.session
        session["seen"] = 1
        session.save()
        before = session.session_key
        sign_in(client, UserFactory().email)
        assert client.session.session_key != before
        assert not Session.objects.filter(session_key=before).exists()

    def test_an_old_cookie_is_dead_after_sign_out(self, client: Client) -> None:
        sign_in(client, UserFactory().email)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        assert client.post("/accounts/logout/").status_code == 302
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = cookie
        assert not is_signed_in(thief)

    def test_sign_out_needs_a_post(self, client: Client) -> None:
        sign_in(client, UserFactory().email)
        assert client.get("/accounts/logout/").status_code == 200
        assert is_signed_in(client)

    def test_deactivation_ends_sessions_for_good(self, client: Client) -> None:
        user = UserFactory()
        sign_in(client, user.email)
        deactivate(person=user, actor=None)
        assert not is_signed_in(client)
        User.objects.filter(pk=user.pk).update(is_active=True)
        assert not is_signed_in(client)

    def test_a_new_password_ends_other_sessions(self, client: Client) -> None:
        user, other = UserFactory(), Client()
        sign_in(client, user.email)
        sign_in(other, user.email)
        data = {"oldpassword": PASSWORD, "password1": "a new and long sentence", "password2": ""}
        data["password2"] = data["password1"]
        assert client.post("/accounts/password/change/", data).status_code == 302
        assert not is_signed_in(other)

    def test_twelve_hours_and_no_more_however_busy(self) -> None:
        client, user, start = Client(), UserFactory(), timezone.now()
        with time_machine.travel(start, tick=False) as clock:
            sign_in(client, user.email)
            for _ in range(11):
                clock.shift(timedelta(hours=1))
                assert is_signed_in(client)
                client.post("/preferences/theme/", {"theme": "dark"})
            clock.shift(timedelta(hours=1, seconds=1))
            assert not is_signed_in(client)


class TestLimits:
    def test_one_account_is_guarded_from_many_tries(self, client: Client) -> None:
        user = UserFactory()
        for _ in range(5):
            sign_in(client, user.email, WRONG)
        page = sign_in(client, user.email, PASSWORD)
        assert not is_signed_in(client)
        assert b"Too many" in page.content

    def test_one_address_gets_429_within_31_tries(self, client: Client) -> None:
        codes = [sign_in(client, f"p{number}@example.com", WRONG).status_code for number in range(50)]
        assert codes.index(429) <= 30
        assert set(codes[codes.index(429) :]) == {429}

    def test_the_page_of_429_says_what_to_do(self, client: Client) -> None:
        page = [sign_in(client, "p@example.com", WRONG) for _ in range(31)][-1]
        assert page.status_code == 429
        assert b"Wait five minutes" in page.content

    def test_asking_for_new_passwords_is_limited_too(self, client: Client) -> None:
        url = reverse("account_reset_password")
        codes = [client.post(url, {"email": f"p{n}@example.com"}).status_code for n in range(15)]
        assert 429 in codes


class TestReset:
    def test_the_whole_way(self, client: Client) -> None:
        user = UserFactory()
        url = reverse("account_reset_password")
        assert client.post(url, {"email": user.email})["Location"] == reverse("account_reset_password_done")
        (letter,) = mail.outbox
        assert letter.subject == "Set a new password for Alliance Commons"
        link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", letter.body)
        assert link is not None
        form = client.get(link[1], follow=True)
        data = {"password1": "a new and long sentence", "password2": "a new and long sentence"}
        assert client.post(form.request["PATH_INFO"], data).status_code == 302
        user.refresh_from_db()
        assert user.check_password(data["password1"])
        assert b"used or is too old" in Client().get(link[1], follow=True).content

    def test_an_unknown_address_gets_the_same_page_and_no_mail(self) -> None:
        known, url = UserFactory(), reverse("account_reset_password")
        first = Client().post(url, {"email": known.email}, follow=True)
        second = Client().post(url, {"email": "nobody@example.com"}, follow=True)
        assert TOKEN.sub(b"", first.content) == TOKEN.sub(b"", second.content)
        assert [letter.to for letter in mail.outbox] == [[known.email]]

    @pytest.mark.parametrize("password", ["short", "password12345678"[:14], "qwertyuiop"])
    def test_weak_passwords_are_refused(self, client: Client, password: str) -> None:
        user = UserFactory()
        client.force_login(user)
        data = {"oldpassword": PASSWORD, "password1": password, "password2": password}
        assert client.post("/accounts/password/change/", data).status_code == 200
        user.refresh_from_db()
        assert user.check_password(PASSWORD)


class TestTrail:
    def test_in_out_and_failure_are_recorded(self, client: Client) -> None:
        user = UserFactory()
        sign_in(client, user.email, WRONG)
        sign_in(client, "nobody@example.com", "my secret typed in the wrong box")
        sign_in(client, user.email)
        client.post("/accounts/logout/")
        trail = list(AuditEntry.objects.order_by("id").values_list("action", "object_id", "actor"))
        assert trail == [
            ("sign_in_failed", str(user.pk), None),
            ("sign_in_failed", "", None),
            ("sign_in", str(user.pk), user.pk),
            ("sign_out", str(user.pk), user.pk),
        ]
        assert {row.origin for row in AuditEntry.objects.all()} == {"127.0.0.1"}
        assert not AuditEntry.objects.filter(changes__icontains="secret").exists()


class TestDemo:
    def test_hidden_where_the_demo_is_off(self, client: Client, settings) -> None:
        settings.SHOW_DEMO_SIGN_INS = False
        UserFactory(is_demo=True, password=DEMO_PASSWORD)
        assert DEMO_PASSWORD.encode() not in client.get(LOGIN).content

    def test_one_click_signs_in(self, client: Client, settings) -> None:
        settings.SHOW_DEMO_SIGN_INS = True
        user = UserFactory(is_demo=True, password=DEMO_PASSWORD)
        page = client.get(LOGIN).content.decode()
        assert "the people are invented" in page
        assert f'name="login" value="{user.email}"' in page
        sign_in(client, user.email, DEMO_PASSWORD)
        assert is_signed_in(client)

    def test_who_changed_the_password_is_no_longer_offered(self, client: Client, settings) -> None:
        settings.SHOW_DEMO_SIGN_INS = True
        user = UserFactory(is_demo=True, password="something else altogether")
        assert user.email not in client.get(LOGIN).content.decode()
