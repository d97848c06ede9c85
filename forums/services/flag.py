"""Asks the facilitators to look at a post. A flag for something confidential hides the post at once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core import facts
from core.services.record import record
from forums.choices import FlagDecision, FlagReason
from forums.models import Flag, Post
from forums.services.settle import locked_post, settle
from people.models import User

NOTE_LENGTH = 1000
MOST_NOTES = 5
DISMISSED = gettext_noop(
    "The facilitators looked at this text after your flag and found that it stays. Flag it for another reason, with a note."
)


@transaction.atomic
def flag_post(*, reporter: User, post_id: int, reason: str, note: str = "") -> Flag:
    """The flag; the one that waits already, where this person flagged the post before.

    Raises `Post.DoesNotExist` for what the reporter does not see, `ValidationError` by field. One's own posts may be
    flagged: that is what the page about confidential matters asks for.
    """
    if not Post.objects.visible_to(reporter).filter(pk=post_id).exists():
        raise Post.DoesNotExist
    post = locked_post(post_id)
    _check(reason, note)
    if reason == FlagReason.CONFIDENTIAL and _was_dismissed(post, reporter):
        raise ValidationError({"reason": _(DISMISSED)})
    flag, is_new = Flag.objects.get_or_create(
        post=post,
        reporter=reporter,
        decision=FlagDecision.OPEN,
        defaults={"reason": reason, "note": note.strip()},
    )
    if not is_new and not (reason == FlagReason.CONFIDENTIAL and flag.reason != reason):
        return _said_more(flag, reason, note.strip())
    flag.reason, flag.note = reason, note.strip() or flag.note
    flag.save(update_fields=["reason", "note"])
    record(actor=reporter, action="forum.flag", target=post, changes={"reason": ("", reason)})
    if reason == FlagReason.CONFIDENTIAL:
        _hide(post)
    facts.publish(facts.PostFlagged(flag_id=flag.pk))
    return flag


def _said_more(flag: Flag, reason: str, note: str) -> Flag:
    """Adds what the same person says beyond their first flag, for who decides; the same again adds nothing."""
    words = note if reason == flag.reason else f"{FlagReason(reason).label}. {note}".strip()
    if words and words not in flag.note:
        flag.note = f"{flag.note}\n{words}".strip()
        if len(flag.note) > MOST_NOTES * NOTE_LENGTH:
            raise ValidationError(
                {"note": _("You have said a lot about this post. A facilitator looks at it.")}
            )
        flag.save(update_fields=["note"])
    return flag


def _was_dismissed(post: Post, reporter: User) -> bool:
    """Whether this person said so of the text as it stands, and the facilitators found that it stays.

    Otherwise one person could hide a post again after every decision.
    """
    answered = Flag.objects.filter(
        post=post, reporter=reporter, reason=FlagReason.CONFIDENTIAL, decision=FlagDecision.DISMISSED
    )
    since = {} if post.edited is None else {"decided__gte": post.edited}
    return answered.filter(**since).exists()


def _hide(post: Post) -> None:
    if post.hidden is None:
        post.hidden = timezone.now()
        post.save(update_fields=["hidden"])
        record(actor=None, action="forum.hide", target=post, reason="flagged as confidential")
        settle(post, states=("hidden",))


def _check(reason: str, note: str) -> None:
    if reason not in FlagReason.values:
        raise ValidationError({"reason": _("Choose what is wrong with it.")})
    if len(note) > NOTE_LENGTH or "\x00" in note:
        raise ValidationError({"note": _("Say it in at most %d characters.") % NOTE_LENGTH})
    if reason == FlagReason.OTHER and not note.strip():
        raise ValidationError({"note": _("Say in a few words what is wrong with it.")})
