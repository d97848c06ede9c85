"""What the forums register with notices: groups, verbs, and how topics, posts and flags are found again for a reader."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.audiences import tokens_of
from forums.choices import FlagDecision
from forums.data import FLAG_TARGET, MESSAGE_TARGET, POST_TARGET, TOPIC_TARGET
from forums.managers import keeps_order
from forums.models import Flag, Post, RelayedMessage, Topic
from forums.reading.messages import messages_for
from forums.unnamed import own_post_ids
from notifications.api import groups, target_kinds, verbs
from notifications.data import NoticeGroup, NoticeTarget, TargetKind, Verb, says

GROUPS = (
    NoticeGroup(
        "forums", _("Forums"), _("New topics and replies where you watch, answers that were accepted.")
    ),
    NoticeGroup("mentions", _("Mentions"), _("Somebody wrote your name with an @, also in what you muted.")),
    NoticeGroup(
        "moderation",
        _("Keeping order"),
        _("Posts that were flagged, and decisions on what you flagged or wrote."),
    ),
)
VERBS = (
    Verb(
        "topic_posted",
        "forums",
        _("New topic"),
        "message-circle-question",
        says(_("%(actor)s opened “%(title)s”")),
    ),
    Verb(
        "reply_posted",
        "forums",
        _("New reply"),
        "messages-square",
        says(_("%(actor)s replied in “%(title)s”")),
    ),
    Verb(
        "replied_to_me",
        "forums",
        _("Reply to you"),
        "quote",
        says(_("%(actor)s replied to you in “%(title)s”")),
    ),
    Verb("mentioned", "mentions", _("Mention"), "at-sign", says(_("%(actor)s mentioned you in “%(title)s”"))),
    Verb(
        "answer_accepted",
        "forums",
        _("Answer accepted"),
        "circle-check",
        says(_("%(actor)s accepted an answer to your question “%(title)s”")),
    ),
    Verb(
        "my_answer_accepted",
        "forums",
        _("Your answer accepted"),
        "badge-check",
        says(_("%(actor)s accepted your answer in “%(title)s”")),
    ),
    Verb(
        "topic_moved", "forums", _("Topic moved"), "arrow-left-right", says(_("%(actor)s moved “%(title)s”"))
    ),
    Verb(
        "post_flagged",
        "moderation",
        _("Flag to decide"),
        "flag",
        says(_("%(actor)s flagged a post in “%(title)s”")),
        transactional=True,
    ),
    Verb(
        "flag_decided",
        "moderation",
        _("Decision"),
        "shield-alert",
        says(_("The facilitators decided on a post in “%(title)s”")),
    ),
    Verb(
        "message_relayed",
        "moderation",
        _("Message to you"),
        "reply",
        says(_("%(actor)s, a facilitator, wrote to you about “%(title)s”")),
        transactional=True,
    ),
)


def register() -> None:
    """Called once when the app is ready."""
    for group in GROUPS:
        groups.register(group.key, group)
    for verb in VERBS:
        verbs.register(verb.key, verb)
    resolvers = {TOPIC_TARGET: topics, POST_TARGET: posts, FLAG_TARGET: flags, MESSAGE_TARGET: messages}
    for kind, resolve in resolvers.items():
        target_kinds.register(kind, TargetKind(kind, resolve))


def topics(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Topics the reader may open now. One query beyond what the reader holds."""
    found = Topic.objects.visible_to(reader).filter(pk__in=ids).select_related("board")
    return {topic.pk: NoticeTarget(topic.title, topic.get_absolute_url()) for topic in found}


def posts(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Posts the reader may read now, each at its own address."""
    found = Post.objects.visible_to(reader).filter(pk__in=ids).select_related("topic")
    return {post.pk: NoticeTarget(post.topic.title, post.get_absolute_url()) for post in found}


def flags(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Flags for who decides, for who flagged, and for whose post it was, within the audience of the topic."""
    rows = Flag.objects.filter(pk__in=ids, post__topic__audience__in=sorted(tokens_of(reader)))
    found = list(rows.select_related("post__topic__board"))
    if not keeps_order(reader):
        pk, unnamed = getattr(reader, "pk", None), own_post_ids(reader)
        found = [
            flag for flag in found if pk in (flag.reporter_id, flag.post.author_id) or flag.post_id in unnamed
        ]
    return {flag.pk: NoticeTarget(flag.post.topic.title, _address(flag, reader)) for flag in found}


def messages(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Messages to whoever asked, for who asked and for facilitators."""
    found: list[RelayedMessage] = list(messages_for(reader).filter(pk__in=ids))
    return {one.pk: NoticeTarget(one.topic.title, one.get_absolute_url()) for one in found}


def _address(flag: Flag, reader: object) -> str:
    """The decision; before it the queue for who decides, for others the topic, or its board where the topic is gone."""
    if flag.decision != FlagDecision.OPEN:
        return reverse("forums:decision", args=[flag.pk])
    if keeps_order(reader):
        return reverse("forums:flags")
    topic = flag.post.topic
    stands = topic.deleted is None and topic.hidden is None
    return topic.get_absolute_url() if stands else topic.board.get_absolute_url()
