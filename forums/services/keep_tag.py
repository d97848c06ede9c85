"""What a steward does with a word that members made a tag: approve it, join it with another one, or take it off.

Tags of the vocabularies are kept there. Search follows the topics.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.services.record import record
from forums.choices import FollowKind
from forums.models import Follow, Tag
from forums.services.indexing import index_topics
from people.models import User


@transaction.atomic
def approve_tag(*, actor: User, tag_id: int, label: str) -> Tag:
    """Shows the tag with its topics, under a label that may mend the spelling."""
    tag = _free_tag(tag_id)
    shown = " ".join(label.split())
    if not shown:
        raise ValidationError({"label": _("A tag needs a word.")})
    changes: dict[str, tuple[object, object]] = {
        "label": (tag.label, shown),
        "approved": (tag.approved, True),
    }
    tag.label, tag.approved = shown, True
    tag.save(update_fields=["label", "approved"])
    record(actor=actor, action="forum.approve_tag", target=tag, changes=changes)
    index_topics(_topics_of(tag))
    return tag


@transaction.atomic
def merge_tag(*, actor: User, tag_id: int, into_id: int) -> Tag:
    """Gives its topics and followers to another tag, which it returns, and forgets it."""
    tag, other = _free_tag(tag_id), Tag.objects.get(pk=into_id)
    if other.pk == tag.pk or not other.approved:
        raise ValidationError({"into": _("Choose another tag, one that is approved.")})
    topics = _topics_of(tag)
    other.topics.add(*topics)
    _pass_on_followers(tag, other)
    record(actor=actor, action="forum.merge_tag", target=tag, changes={"tag": (tag.slug, other.slug)})
    tag.delete()
    index_topics(topics)
    return other


@transaction.atomic
def reject_tag(*, actor: User, tag_id: int) -> None:
    """Takes the tag off its topics and forgets it."""
    tag = _free_tag(tag_id)
    topics = _topics_of(tag)
    _followers(tag).delete()
    record(actor=actor, action="forum.reject_tag", target=tag, changes={"label": (tag.label, "")})
    tag.delete()
    index_topics(topics)


def _free_tag(tag_id: int) -> Tag:
    tag = Tag.objects.select_for_update().get(pk=tag_id)
    if tag.term_id is not None:
        raise ValidationError(_("This tag is a term of a vocabulary. Change it there."))
    return tag


def _topics_of(tag: Tag) -> list[int]:
    return list(tag.topics.values_list("pk", flat=True))


def _followers(tag: Tag) -> QuerySet[Follow]:
    return Follow.objects.filter(kind=FollowKind.TAG, object_id=tag.pk)


def _pass_on_followers(tag: Tag, other: Tag) -> None:
    already = _followers(other).values_list("user", flat=True)
    _followers(tag).filter(user__in=list(already)).delete()
    _followers(tag).update(object_id=other.pk)
