"""Makes one thing of equal posts: a double click, a reload, twenty equal requests at once.

What was posted is known by a digest of person, place and texts, so no token has to be carried by forms and a page that
was opened twice is safe too. The digest has a key and no owner beside it: what was posted without a name leaves no trace
of a person here, also not for who guesses. The row of the digest is the lock: on PostgreSQL a second insert waits for the first
transaction, on SQLite writing transactions follow each other anyway. If making fails, nothing of it stays. What was made
and does not stand any more, as a post that was taken down again, is made anew: whoever says it again means it.
"""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from composer.models import Submission
from people.models import User

SALT = "composer.post_once"
WINDOW = timedelta(minutes=5)


@transaction.atomic
def post_once(
    *,
    owner: User,
    place: str,
    texts: Mapping[str, str],
    make: Callable[[], str],
    stands: Callable[[], bool] = lambda: True,
) -> tuple[str, bool]:
    """Runs `make`, which returns the address of what it made, unless the same was posted within five minutes and `stands`.

    Returns the address and whether it was made now.
    """
    row, first = Submission.objects.select_for_update().get_or_create(
        digest=digest_of(owner.pk, place, texts), defaults={"created": timezone.now()}
    )
    if not first and row.created > timezone.now() - WINDOW and stands():
        return row.url, False
    row.created = timezone.now()
    row.url = make()
    row.save(update_fields=["created", "url"])
    return row.url, True


def digest_of(owner_id: int, place: str, texts: Mapping[str, str]) -> str:
    """The same for the same texts of a person at the same place, in whatever order the fields came."""
    told = json.dumps([owner_id, place, sorted(texts.items())], ensure_ascii=False)
    return salted_hmac(SALT, told.encode("utf-8", "replace"), algorithm="sha256").hexdigest()
