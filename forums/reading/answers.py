"""Answers of one person that were accepted, in topics open to the reader: what stands as evidence beside their name.

A post without its author's name has no author, so it is in nobody's list.
"""

from collections.abc import Collection
from dataclasses import dataclass

from core.pagination import KeysetPage, keyset_page
from forums.bylines import Byline, byline
from forums.managers import TopicQuerySet
from forums.models import Topic
from forums.reading.saved import excerpt_of
from people.models import User

PAGE = 25


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A topic with the answer that was accepted there."""

    topic: Topic
    url: str
    asked_by: Byline
    excerpt: str


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """A page of answers."""

    rows: list[AnswerRow]
    page: KeysetPage[Topic]


def answered_topics(person_ids: Collection[int], reader: object) -> TopicQuerySet:
    """Topics open to the reader in which an answer of these people stands as the accepted one."""
    return (
        Topic.objects.visible_to(reader)
        .listed()
        .filter(accepted__author__in=person_ids, accepted__deleted=None, accepted__hidden=None)
    )


def answers_page(person: User, reader: object, *, cursor: str | None = None) -> AnswersPage:
    """One query; the topics in which something was written last come first."""
    found = answered_topics([person.pk], reader).select_related(
        "board", "author", "external_author", "accepted"
    )
    page = keyset_page(found, by="last_posted", cursor=cursor, size=PAGE)
    return AnswersPage([row for topic in page.rows if (row := _row(topic)) is not None], page)


def _row(topic: Topic) -> AnswerRow | None:
    answer = topic.accepted
    if answer is None:
        return None
    return AnswerRow(
        topic,
        f"{topic.get_absolute_url()}?from={answer.number}#post-{answer.number}",
        byline(topic),
        excerpt_of(answer),
    )
