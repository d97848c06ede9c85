"""Takes a file off a draft, and forgets files that no draft holds any more. What was posted stays with its post."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from composer.api import kept_values
from forums.files.marks import FILES, keys_of
from forums.models import Attachment
from people.models import User

UNHELD_KEPT = timedelta(days=1)


@transaction.atomic
def detach(*, owner: User, key: UUID) -> bool:
    """Whether there was such a file in a draft of the person."""
    return _forget(Attachment.objects.filter(owner=owner, post=None, key=key)) > 0


@transaction.atomic
def forget_unheld_files() -> int:
    """Deletes what was attached a day ago or earlier, was not posted, and stands in no draft; how many files."""
    old = Attachment.objects.filter(post=None, created__lt=timezone.now() - UNHELD_KEPT)
    if not old.exists():
        return 0
    held = {key for value in kept_values(FILES) for key in keys_of(value)}
    return _forget(attachment for attachment in old if attachment.key not in held)


def _forget(attachments: Iterable[Attachment]) -> int:
    found = list(attachments)
    for attachment in found:
        attachment.delete()
        stored = attachment.file
        transaction.on_commit(partial(stored.storage.delete, stored.name))
    return len(found)
