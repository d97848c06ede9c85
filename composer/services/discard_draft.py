"""Throws a draft away, and takes that back while the row is still there (see clean_up.py)."""

from django.db import transaction
from django.utils import timezone

from composer.models import Draft
from people.models import User


@transaction.atomic
def discard_draft(*, owner: User, key: str) -> bool:
    """Whether there was a draft to throw away."""
    rows = Draft.objects.filter(owner=owner, key=key, discarded=None)
    return rows.update(discarded=timezone.now()) > 0


@transaction.atomic
def restore_draft(*, owner: User, key: str) -> bool:
    """Whether there was a draft to take back."""
    return Draft.objects.filter(owner=owner, key=key).exclude(discarded=None).update(discarded=None) > 0
