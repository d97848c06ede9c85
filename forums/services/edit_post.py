"""Changes the text of a post. What stood there before is kept, but for slips mended right after posting.

An edit within five minutes that changes at most a hundred characters leaves no trace on the page. Everything else keeps
the text as it stood. The editor of an unnamed post of one's own is nobody, here and in the audit trail.
"""

import hashlib
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import facts
from core.services.record import record
from forums.models import Post, PostRevision
from forums.permissions import may_edit_post
from forums.services.checks import checked_body, checked_title
from forums.services.indexing import index_topic
from forums.services.settle import locked_post
from forums.unnamed import is_own
from people.models import User

GRACE = timedelta(minutes=5)
GRACE_CHARACTERS = 100


class EditConflict(ValidationError):
    """Somebody changed the text after the editor began; nothing of either text is lost."""


@transaction.atomic
def edit_post(
    *, editor: User, post_id: int, body: str, title: str | None = None, seen: str | None = None
) -> bool:
    """Returns whether anything was different. `title` counts for the post that opens its topic.

    `seen` is `fingerprint` of the texts the editor started from: where they have changed since, `EditConflict`. Raises
    `Post.DoesNotExist` for what the editor does not see, `PermissionDenied` for what is not theirs to change.
    """
    if not Post.objects.visible_to(editor).filter(pk=post_id).exists():
        raise Post.DoesNotExist
    post = locked_post(post_id)
    topic = post.topic
    if not may_edit_post(editor, post):
        raise PermissionDenied
    if seen is not None and seen != fingerprint(post):
        raise EditConflict(
            {"body": _("This text was changed meanwhile. Both are below: join them, then save.")}
        )
    new_body = checked_body(body)
    new_title = checked_title(title) if title is not None and post.opens else topic.title
    if new_body == post.body and new_title == topic.title:
        return False
    _write(post, editor=editor, body=new_body, title=new_title)
    index_topic(topic)
    facts.publish(facts.PostEdited(post_id=post.pk))
    return True


def fingerprint(post: Post) -> str:
    """What an edit form carries to notice that somebody else was faster."""
    title = post.topic.title if post.opens else ""
    return hashlib.sha256(f"{title}\n{post.body}".encode("utf-8", "replace")).hexdigest()[:32]


def _write(post: Post, *, editor: User, body: str, title: str) -> None:
    now = timezone.now()
    topic, named = post.topic, not (post.unnamed and is_own(editor, post))
    changed = [
        name for name, new, old in (("title", title, topic.title), ("body", body, post.body)) if new != old
    ]
    fields = ["body"]
    if not _is_mending(post, body, title, now):
        PostRevision.objects.create(
            post=post,
            title=topic.title if post.opens else "",
            body=post.body,
            editor=editor if named else None,
            created=now,
        )
        post.edited, post.edit_count = now, post.edit_count + 1
        fields += ["edited", "edit_count"]
    post.body, topic.title = body, title
    post.save(update_fields=[*fields, *post.render_texts()])
    topic.save(update_fields=["title"])
    record(actor=editor if named else None, action="forum.edit_post", target=post, private_fields=changed)


def _is_mending(post: Post, body: str, title: str, now: datetime) -> bool:
    size = changed_characters(post.body, body) + changed_characters(post.topic.title, title)
    return now - post.created <= GRACE and post.edit_count == 0 and size <= GRACE_CHARACTERS


def changed_characters(old: str, new: str) -> int:
    """How many characters lie between the equal beginning and the equal end of two texts, in the longer one."""
    head, shortest = 0, min(len(old), len(new))
    while head < shortest and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shortest - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return max(len(old), len(new)) - head - tail
