"""Forgets what nobody comes back for: drafts after 180 days, discarded ones after a day, submissions after an hour."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from composer.models import Draft, Submission

DRAFTS_KEPT = timedelta(days=180)
DISCARDED_KEPT = timedelta(days=1)
SUBMISSIONS_KEPT = timedelta(hours=1)


@transaction.atomic
def clean_up() -> int:
    """Deletes what is too old; returns how many rows."""
    now = timezone.now()
    old = Q(updated__lt=now - DRAFTS_KEPT) | Q(discarded__lt=now - DISCARDED_KEPT)
    drafts, _kinds = Draft.objects.filter(old).delete()
    submissions, _kinds = Submission.objects.filter(created__lt=now - SUBMISSIONS_KEPT).delete()
    return drafts + submissions
