"""Takes a post down, and brings it back. Nothing is lost: the text stays, and with it its number in the topic.

Authors take down what they wrote while nobody built on it; facilitators take down anything, with a reason.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import facts
from core.services.record import record
from forums.choices import FlagDecision, FlagReason
from forums.models import Flag, Post
from forums.permissions import may_read_post, may_restore_when, may_take_down
from forums.services.settle import locked_post, settle
from forums.unnamed import is_own
from people.models import User


@transaction.atomic
def take_down(*, actor: User, post_id: int, reason: str = "") -> bool:
    """Whether the post was taken down now. Raises `PermissionDenied` where it is not the actor's to take down."""
    post = _seen(actor, post_id)
    if post.deleted is not None:
        return False
    if not may_take_down(actor, post):
        raise PermissionDenied
    own = is_own(actor, post)
    if not own and not reason.strip():
        raise ValidationError(_("Say why, so that its author understands."))
    post.deleted = timezone.now()
    post.deleted_by = None if post.unnamed and own else actor
    post.save(update_fields=["deleted", "deleted_by"])
    record(actor=post.deleted_by, action="forum.take_down", target=post, reason=reason)
    settle(post, states=("deleted",))
    if not own:
        _tell_author(post, actor, reason.strip())
    return True


def _tell_author(post: Post, actor: User, reason: str) -> None:
    """A decision like any on a flag, which the facilitator raised and decided at once: its author reads the reason."""
    flag = Flag.objects.create(
        post=post,
        reporter=actor,
        reason=FlagReason.OTHER,
        decision=FlagDecision.UPHELD,
        decision_note=reason,
        decided_by=actor,
        decided=timezone.now(),
    )
    facts.publish(facts.FlagDecided(flag_id=flag.pk))


@transaction.atomic
def restore(*, actor: User, post_id: int, reason: str = "") -> bool:
    """Whether the post stands again now: by a facilitator, or within 30 days by whoever wrote it and took it down."""
    post = locked_post(post_id)
    if post.deleted is None and may_read_post(actor, post):
        return False
    if not may_restore_when(actor, post, owns=is_own(actor, post)):
        raise PermissionDenied
    by = None if post.unnamed and is_own(actor, post) else actor
    post.deleted, post.deleted_by = None, None
    post.save(update_fields=["deleted", "deleted_by"])
    record(actor=by, action="forum.restore", target=post, reason=reason)
    settle(post, states=("deleted",))
    return True


def _seen(actor: User, post_id: int) -> Post:
    """The post, locked; `Post.DoesNotExist` for what the actor does not see."""
    if not Post.objects.visible_to(actor).filter(pk=post_id).exists():
        raise Post.DoesNotExist
    return locked_post(post_id)
