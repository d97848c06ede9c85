"""The headers of every answer: content policy, framing, sniffing, referrer, storing, cookies; and no banner."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client

from tests.databases import lend_file
from tests.people.factories import PASSWORD, UserFactory
from tests.portal.world import World, object_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.world("small")]
STRICT = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "manifest-src": {"'self'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
    "base-uri": {"'none'"},
    "object-src": {"'none'"},
}
VIEWS = ("/", "/search/?q=committee", "/lessons/", "/people/me/", "/styleguide/", "/playbook/?view=a-z")
ENTRANCE = ("/accounts/login/", "/accounts/password/reset/", "/health/live", "/health/ready")
BANNERS = ("Server", "X-Powered-By", "X-AspNet-Version", "X-Generator", "Via")
NONCE = re.compile(r"^'nonce-[\w+/=-]{16,}'$")


def policy(response: HttpResponseBase) -> dict[str, set[str]]:
    """The content policy by directive; raises where there is none or more than one."""
    assert "Content-Security-Policy-Report-Only" not in response.headers
    parts = [part.split() for part in response.headers["Content-Security-Policy"].split(";") if part.strip()]
    directives = {name: set(values) for name, *values in parts}
    assert len(directives) == len(parts)
    return directives


def without_nonce(directives: dict[str, set[str]]) -> dict[str, set[str]]:
    """The policy without the nonce, which is new each time."""
    return {name: {v for v in values if not NONCE.match(v)} for name, values in directives.items()}


class TestPolicy:
    def test_every_page_of_members_is_strict(self, world: World) -> None:
        member = world.client("member")
        for address in (*VIEWS, *object_addresses(), "/this-is-missing/", "/documents/1/x.txt"):
            assert without_nonce(policy(member.get(address))) == STRICT, address

    def test_the_entrance_and_refusals_are_strict(self, world: World) -> None:
        stranger = world.client("stranger")
        for address in (*ENTRANCE, "/", "/admin/"):
            assert without_nonce(policy(stranger.get(address))) == STRICT, address
        assert without_nonce(policy(stranger.generic("TRACE", "/"))) == STRICT

    def test_no_nonce_where_no_script_of_the_page_needs_one(self, world: World) -> None:
        member = world.client("member")
        for address in VIEWS:
            response = member.get(address)
            has_nonce = any(NONCE.match(value) for value in policy(response)["script-src"])
            assert has_nonce == (b"nonce=" in response.content), address

    def test_only_the_admin_is_looser_and_still_ours(self, world: World) -> None:
        directives = policy(world.client("administrator").get("/admin/"))
        assert directives["default-src"] == {"'none'"}
        assert directives["object-src"] == directives["base-uri"] == {"'none'"}
        assert directives["frame-ancestors"] == directives["frame-src"] == {"'self'"}
        for values in directives.values():
            assert values <= {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}
        assert "'unsafe-eval'" not in str(directives)

    def test_no_page_of_members_has_inline_script_style_or_handler(self, world: World) -> None:
        member = world.client("member")
        inline = re.compile(
            rb"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style|\sstyle=|\son[a-z]+="
        )
        for address in (*VIEWS, *object_addresses()):
            found = inline.search(member.get(address).content)
            assert found is None, (address, found)


class TestOtherHeaders:
    def test_every_answer_carries_them(self, world: World) -> None:
        member, stranger = world.client("member"), world.client("stranger")
        answers = [member.get(address) for address in (*VIEWS, *object_addresses(), "/missing/")]
        answers += [stranger.get(address) for address in (*ENTRANCE, "/")]
        answers.append(member.post("/preferences/theme/", {"theme": "dark"}))
        for response in answers:
            assert response["X-Content-Type-Options"] == "nosniff"
            assert response["Referrer-Policy"] == "same-origin"
            assert response["Cross-Origin-Opener-Policy"] == "same-origin"
            assert response["X-Frame-Options"] == "DENY"
            assert "camera=()" in response["Permissions-Policy"]
            assert not [name for name in BANNERS if name in response.headers]
            assert not re.search(rb"Django/|Wagtail/?\s?\d|Python/\d", response.content)

    def test_personal_pages_are_not_kept_in_shared_places(self, world: World) -> None:
        member = world.client("member")
        for address in ("/", "/people/me/", "/search/?q=x", "/missing/", "/accounts/2fa/"):
            assert "no-store" in member.get(address)["Cache-Control"], address
        for address in object_addresses():
            kept = member.get(address)["Cache-Control"]
            assert "no-store" in kept or "private" in kept, address

    def test_no_other_origin_is_let_in(self, client: Client) -> None:
        client.force_login(UserFactory())
        for verb in (client.get, client.options):
            response = verb("/", headers={"Origin": "https://evil.example"})
            assert not [name for name in response.headers if name.startswith("Access-Control")]

    def test_a_foreign_host_is_refused(self, client: Client) -> None:
        assert client.get("/accounts/login/", headers={"Host": "evil.example"}).status_code == 400

    def test_source_and_hidden_files_are_missing(self, client: Client) -> None:
        client.force_login(UserFactory())
        for path in (
            "/.git/config",
            "/.env",
            "/static/",
            "/static/../manage.py",
            "/media/",
            "/portal.sqlite3",
        ):
            assert client.get(path).status_code == 404, path


class TestCookies:
    def test_cookies_at_sign_in(self, client: Client) -> None:
        client.get("/accounts/login/")
        client.post("/accounts/login/", {"login": UserFactory().email, "password": PASSWORD})
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        assert session["httponly"]
        assert session["samesite"] == "Lax"
        assert client.cookies[settings.CSRF_COOKIE_NAME]["samesite"] == "Lax"

    def test_in_production_every_cookie_is_locked_to_the_host(self, tmp_path: Path) -> None:
        lend_file(tmp_path / "portal.sqlite3")
        answer = run_production(tmp_path, COOKIE_PROBE)
        assert answer.returncode == 0, answer.stderr
        lines = answer.stdout.splitlines()
        cookies = [line for line in lines if line.startswith("Set-Cookie")]
        assert {line.split(": ")[1].split("=")[0] for line in cookies} == {"__Host-csrf", "__Host-session"}
        for line in cookies:
            lowered = line.lower()
            assert all(word in lowered for word in ("secure", "httponly", "samesite=lax", "path=/"))
            assert "domain" not in lowered
        assert "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload" in lines

    @pytest.mark.parametrize(
        "missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "BASE_URL", "EMAIL_URL"]
    )
    def test_production_refuses_to_start_without(self, tmp_path: Path, missing: str) -> None:
        answer = run_production(tmp_path, "print('started')", without=missing)
        assert answer.returncode != 0
        assert missing in answer.stderr
        assert "started" not in answer.stdout


COOKIE_PROBE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
from django.test import Client
from people.models import User
User.objects.create_user("a@example.com", "correct horse battery staple", name="A")
client = Client(headers={"X-Forwarded-Proto": "https"})
for response in (
    client.get("/accounts/login/", HTTP_HOST="portal.example", secure=True),
    client.post("/accounts/login/", {"login": "a@example.com", "password": "correct horse battery staple"},
                HTTP_HOST="portal.example", secure=True),
):
    for cookie in response.cookies.values():
        print(cookie.output())
    print("Strict-Transport-Security:", response.headers.get("Strict-Transport-Security"))
"""


def run_production(folder: Path, code: str, *, without: str = "") -> subprocess.CompletedProcess[str]:
    """Runs code under the production settings, in a process of its own."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": "x" * 20 + "0123456789abcdefghij" + "y" * 20,
        "ALLOWED_HOSTS": "portal.example",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "BASE_URL": "https://portal.example",
        "EMAIL_URL": "consolemail://",
        "DEFAULT_FROM_EMAIL": "portal@portal.example",
        "VAR_DIR": str(folder),
        "PATH": "/usr/bin:/bin",
    }
    environment.pop(without, None)
    static = "from django.conf import settings; settings.STORAGES['staticfiles']['BACKEND'] = STATIC\n"
    plain = "STATIC = 'django.contrib.staticfiles.storage.StaticFilesStorage'\n"
    return subprocess.run(
        [
            sys.executable,
            "-c",
            plain + static + code if code == COOKIE_PROBE else "import django; django.setup()\n" + code,
        ],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
