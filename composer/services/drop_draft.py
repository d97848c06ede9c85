"""Takes a draft away for good, because what it was for has been posted. Call it in the transaction of the post."""

from django.db import transaction

from composer.models import Draft
from people.models import User


@transaction.atomic
def drop_draft(*, owner: User, key: str) -> bool:
    """Whether there was one."""
    deleted, _rows = Draft.objects.filter(owner=owner, key=key).delete()
    return deleted > 0
