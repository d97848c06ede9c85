"""Production refuses to start without its secrets, and with them Django has nothing to warn of."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "k3y-" * 16 + "abcdefghijklmnop",
    "ALLOWED_HOSTS": "commons.example",
    "DATABASE_URL": "postgresql://commons:secret@127.0.0.1:5432/commons",
    "BASE_URL": "https://commons.example",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "DEFAULT_FROM_EMAIL": "commons@commons.example",
}
REQUIRED = sorted(set(COMPLETE) - {"DJANGO_SETTINGS_MODULE"})
SHOW = """
import json
from django.conf import settings
names = ("DEBUG SESSION_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_NAME CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT "
         "RUNTIME_HEADERS SHOW_DEMO_SIGN_INS LANGUAGE_COOKIE_SECURE SESSION_IDLE_MINUTES SECOND_STEP_REQUIRED")
print(json.dumps({name: getattr(settings, name) for name in names.split()}))
"""


def start(code: str, variables: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Runs code in a process that has these variables and none of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "VAR_DIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", REQUIRED)
def test_each_secret_is_asked_for_by_name(name: str) -> None:
    refused = start("import django; django.setup()", {key: COMPLETE[key] for key in COMPLETE if key != name})
    assert refused.returncode == 1
    assert f"Set these variables before starting: {name}." in refused.stderr


def test_all_missing_ones_are_named_at_once() -> None:
    refused = start(
        "import django; django.setup()", {"DJANGO_SETTINGS_MODULE": COMPLETE["DJANGO_SETTINGS_MODULE"]}
    )
    assert all(name in refused.stderr for name in REQUIRED)


def test_a_short_key_is_refused() -> None:
    refused = start("import django; django.setup()", COMPLETE | {"SECRET_KEY": "short"})
    assert refused.returncode == 1
    assert "SECRET_KEY must have 50 characters or more." in refused.stderr


def test_with_all_of_them_it_is_closed_and_secure() -> None:
    import json

    shown = start(SHOW, COMPLETE)
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout) == {
        "DEBUG": False,
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "RUNTIME_HEADERS": False,
        "SHOW_DEMO_SIGN_INS": False,
        "LANGUAGE_COOKIE_SECURE": True,
        "SESSION_IDLE_MINUTES": 30,
        "SECOND_STEP_REQUIRED": True,
    }
