"""What somebody typed into a form that could not be taken, for the page that says so: nothing typed is lost without scripts.

Shown to nobody but who sent it, escaped, in the answer to that request; kept nowhere.
"""

import re

from django.http import HttpRequest

from core.written import is_written

LEAST_CHARACTERS = 12
"""Shorter is a choice or a number, which is made again in a moment."""
MOST_BYTES = 1_000_000
SECRET = re.compile(r"pass|token|secret|code|login|email", re.IGNORECASE)


def typed_words(request: HttpRequest) -> list[str]:
    """The texts of a form that was sent, in the order of its fields."""
    if request.method != "POST" or _size(request) > MOST_BYTES:
        return []
    texts = [
        text.strip() for name, values in request.POST.lists() if not SECRET.search(name) for text in values
    ]
    return [text for text in texts if len(text) >= LEAST_CHARACTERS and is_written(text)]


def _size(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else MOST_BYTES + 1
