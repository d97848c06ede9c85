"""Decides on all flags of a post that wait: it is taken down, shown again after a change, or stays as it is.

Facilitators decide, with a reason that everybody who flagged reads; nobody decides about their own post.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import facts
from core.services.record import record
from forums.choices import FlagDecision
from forums.models import Flag, Post
from forums.permissions import may_decide_flags
from forums.services.settle import locked_post, settle
from people.models import User


@transaction.atomic
def decide_flags(*, actor: User, post_id: int, decision: str, note: str) -> int:
    """How many flags were decided; 0 where somebody was faster. Raises `PermissionDenied`, `ValidationError`."""
    if not Post.objects.visible_to(actor).filter(pk=post_id).exists():
        raise Post.DoesNotExist
    post = locked_post(post_id)
    if not may_decide_flags(actor, post):
        raise PermissionDenied
    if decision not in FlagDecision.values or decision == FlagDecision.OPEN:
        raise ValidationError({"decision": _("Choose what becomes of the post.")})
    if not note.strip():
        raise ValidationError({"note": _("Give the reason: whoever flagged the post reads it.")})
    waiting = list(Flag.objects.select_for_update().filter(post=post, decision=FlagDecision.OPEN))
    if not waiting:
        return 0
    _apply(post, actor=actor, decision=decision)
    for flag in waiting:
        flag.decision, flag.decision_note = decision, note.strip()
        flag.decided_by, flag.decided = actor, timezone.now()
        flag.save(update_fields=["decision", "decision_note", "decided_by", "decided"])
        facts.publish(facts.FlagDecided(flag_id=flag.pk))
    record(
        actor=actor,
        action="forum.decide_flags",
        target=post,
        changes={"decision": (FlagDecision.OPEN, decision)},
        reason=note,
    )
    return len(waiting)


def _apply(post: Post, *, actor: User, decision: str) -> None:
    """The post is hidden no longer, and where the flag was upheld it is taken down instead."""
    post.hidden = None
    if decision == FlagDecision.UPHELD:  # also where its author was faster, who could bring it back
        post.deleted, post.deleted_by = post.deleted or timezone.now(), actor
    post.save(update_fields=["hidden", "deleted", "deleted_by"])
    settle(post, states=("hidden", "deleted"))
