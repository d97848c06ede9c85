"""The door for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

application = get_wsgi_application()

# All pages are loaded before the first reader comes, and stay: the collector need not look through a quarter of a million
# objects in the middle of somebody's page, which takes a fifth of a second.
resolve("/")
gc.collect()
gc.freeze()
