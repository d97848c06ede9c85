"""Keeps what somebody typed. The last one to save wins; a draft that was thrown away comes back with its new text."""

import json
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from composer.data import DraftData
from composer.drafts import draft_data
from composer.models import Draft
from people.models import User

MAX_BYTES = 200_000
KEY_LENGTH, LABEL_LENGTH, URL_LENGTH = 120, 200, 400
NUL = "\x00"

TOO_LONG = _("This is more than a draft can hold. Post it in parts, or keep a copy of your own.")
UNREADABLE = _("This text holds a character that cannot be stored. Type it again or paste it as plain text.")
NO_PLACE = _("A draft needs a place on this portal to go on at.")


@transaction.atomic
def save_draft(*, owner: User, key: str, fields: Mapping[str, str], label: str, url: str) -> DraftData:
    """Stores the draft of a place, 200 kB in all; raises `ValidationError` with a sentence for the writer."""
    _check(key, fields, url)
    row, _made = Draft.objects.update_or_create(
        owner=owner,
        key=key,
        defaults={
            "fields": dict(fields),
            "label": " ".join(label.split())[:LABEL_LENGTH] or key,
            "url": url,
            "updated": timezone.now(),
            "discarded": None,
        },
    )
    return draft_data(row)


def _check(key: str, fields: Mapping[str, str], url: str) -> None:
    local = url.startswith("/") and not url.startswith(("//", "/\\")) and len(url) <= URL_LENGTH
    if not local or not 0 < len(key) <= KEY_LENGTH:
        raise ValidationError(NO_PLACE, code="no_place")
    if len(json.dumps(dict(fields), ensure_ascii=False).encode("utf-8", "replace")) > MAX_BYTES:
        raise ValidationError(TOO_LONG, code="too_long")
    if any(NUL in text for pair in fields.items() for text in pair):
        raise ValidationError(UNREADABLE, code="unreadable")
