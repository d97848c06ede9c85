"""Tells a facilitator who asked without a name, with a reason, and leaves an audit row each time.

The row says who looked, at which topic and why; who was found stands in it nowhere. No other code names that person.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.services.record import record
from forums.models import UnnamedAuthor
from forums.services.keep_topic import kept_topic
from people.models import User


@transaction.atomic
def read_who_asked(*, actor: User, topic_id: int, reason: str) -> User:
    """Raises as `kept_topic`; `ValidationError` without a reason; `UnnamedAuthor.DoesNotExist` where nobody is known."""
    topic = kept_topic(actor, topic_id)
    if not topic.unnamed:
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: nobody looks without a reason.")})
    found = UnnamedAuthor.objects.select_related("user").get(post__topic=topic, post__number=1)
    record(actor=actor, action="forum.unnamed_read", target=topic, reason=reason.strip())
    return found.user
