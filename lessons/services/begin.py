"""Begins a lesson for somebody, from what another room knows: a draft of the capture form, theirs alone until submitted."""

from collections.abc import Mapping
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from composer.api import save_draft
from people.models import User

LABEL_LENGTH = 200


def begin_lesson(*, owner: User, fields: Mapping[str, str]) -> str:
    """Saves the draft and returns the address where writing goes on. `fields` are those of the capture form."""
    token = uuid4().hex
    url = f"{reverse('lessons:new')}?draft={token}"
    label = (fields.get("title") or _("A lesson without a title"))[:LABEL_LENGTH]
    save_draft(owner=owner, key=f"lesson:{token}", fields=fields, label=label, url=url)
    return url
