"""For tests: fast hashing, jobs that wait until a test runs them, mail kept in memory, fixed secrets. Databases and servers are real."""

import os

from portal.logging import configuration
from portal.settings.base import *
from portal.settings.base import STATIC_ROOT, VAR_DIR, env

SECRET_KEY = "tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TEST_PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "one")
SEARCH_INDEX_PREFIX = f"{env.str('SEARCH_INDEX_PREFIX', default='test')}-{TEST_PROCESS}"
RUNTIME_HEADERS = True
LOGGING = configuration(style="json", level="WARNING")
WHITENOISE_USE_FINDERS = True
VAR_DIR.mkdir(parents=True, exist_ok=True)
STATIC_ROOT.mkdir(exist_ok=True)
