"""What other rooms may ask of the forums. Every answer is cut to what the reader may see now."""

from datetime import timedelta
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When
from django.utils import timezone

from core.models import Vocabulary
from forums.bylines import byline
from forums.choices import SourceFormat
from forums.data import POST_TARGET, TOPIC_TARGET, AcceptedAnswer, Authorship, QuestionCard
from forums.models import Post, Topic
from forums.reading.flags import count_flagged
from forums.services.begin_topic import begin_topic, begun_topic
from forums.services.detach import forget_unheld_files
from forums.slots import TopicNote
from forums.unnamed import asked_by
from people.models import Profile

__all__ = [
    "POST_TARGET",
    "TOPIC_TARGET",
    "AcceptedAnswer",
    "Authorship",
    "QuestionCard",
    "accepted_answer",
    "answerers_of",
    "author_of_reply",
    "author_of_topic",
    "begin_topic",
    "begun_topic",
    "count_flagged",
    "forget_unheld_files",
    "questions_you_can_answer",
    "topic_note",
]

LATELY = timedelta(days=120)


def author_of_topic(topic_id: int) -> Authorship | None:
    """Who opened a topic by name, and where; None without a name or once it was taken down. For facts."""
    topic = Topic.objects.listed().select_related("board").filter(pk=topic_id).first()
    if topic is None or topic.author_id is None:
        return None
    return Authorship(topic.author_id, topic.board.slug, own_topic=True)


def author_of_reply(post_id: int) -> Authorship | None:
    """Who wrote a reply by name, and where; None without a name or once it was taken down. For facts."""
    post = Post.objects.standing().select_related("topic__board").filter(pk=post_id, number__gt=1).first()
    if post is None or post.author_id is None:
        return None
    own = post.topic.author_id == post.author_id
    return Authorship(post.author_id, post.topic.board.slug, own_topic=own)


def questions_you_can_answer(reader: object, limit: int = 4) -> list[QuestionCard]:
    """Questions of the last months without an accepted answer, by others: what the reader works in first. One query.

    Of these, the ones nobody has replied to; then the newest.
    """
    profile = Profile.role_areas.through.objects.filter(profile__user=getattr(reader, "pk", None))
    tagged = Topic.tags.through.objects.filter(topic=OuterRef("pk"), tag__term__in=profile.values("term"))
    rows = Topic.objects.visible_to(reader).listed().unsolved().exclude(asked_by(reader))
    waiting = rows.filter(locked=None, last_posted__gte=timezone.now() - LATELY).annotate(
        fits=Exists(tagged),
        silent=Case(When(reply_count=0, then=Value(0)), default=Value(1), output_field=IntegerField()),
    )
    found = waiting.select_related("board", "author", "external_author")
    return [_card(topic) for topic in found.order_by("-fits", "silent", "-last_posted", "-pk")[:limit]]


def _card(topic: Topic) -> QuestionCard:
    row: Any = topic
    return QuestionCard(
        title=topic.title,
        url=topic.get_absolute_url(),
        board=topic.board.title,
        asker=byline(topic).name,
        replies=topic.reply_count,
        asked=topic.created,
        fits=row.fits,
    )


def accepted_answer(post_id: int, reader: object) -> AcceptedAnswer | None:
    """The accepted answer with this number and its question, if the reader sees both. Three queries."""
    rows = Post.objects.visible_to(reader).standing().select_related("topic")
    answer = rows.filter(pk=post_id, topic__accepted_id=post_id).first()
    question = rows.filter(topic=answer.topic_id, number=1).first() if answer else None
    if answer is None or question is None:
        return None
    phases = answer.topic.tags.filter(term__vocabulary=Vocabulary.LIFECYCLE_PHASE)
    return AcceptedAnswer(
        topic_id=answer.topic_id,
        title=answer.topic.title,
        question=_markdown(question),
        answer=_markdown(answer),
        phase=phases.values_list("term__code", flat=True).first() or "",
        audience=answer.topic.audience,
    )


def _markdown(post: Post) -> str:
    return post.body if post.source_format == SourceFormat.MARKDOWN else post.words("body")


def answerers_of(topic_id: int) -> list[int]:
    """Who wrote the accepted answer of a topic with their name; nobody where it has none. For services of the portal."""
    accepted = Topic.objects.filter(pk=topic_id, accepted__author__isnull=False)
    return list(accepted.values_list("accepted__author", flat=True))


def topic_note(topic_id: int, reader: object) -> TopicNote | None:
    """A topic as other rooms name it, if the reader sees it. One query."""
    found = Topic.objects.visible_to(reader).listed().select_related("board").filter(pk=topic_id).first()
    return TopicNote(found.title, found.get_absolute_url(), found.board.title) if found else None
