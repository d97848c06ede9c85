"""On one's own machine: `make run` and everything typed at a shell. HTTP on loopback, demo sign-ins shown."""

from portal.logging import configuration
from portal.settings.base import *
from portal.settings.base import STATIC_ROOT, VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str(
    "SECRET_KEY", default="only-for-this-machine-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF"
)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
SHOW_DEMO_SIGN_INS = env.bool("SHOW_DEMO_SIGN_INS", default=True)
RUNTIME_HEADERS = env.bool("RUNTIME_HEADERS", default=True)
LOGGING = configuration(
    style=env.str("LOG_FORMAT", default="text"), level=env.str("LOG_LEVEL", default="WARNING")
)
WHITENOISE_USE_FINDERS = True
VAR_DIR.mkdir(parents=True, exist_ok=True)
STATIC_ROOT.mkdir(exist_ok=True)
