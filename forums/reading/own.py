"""Whether the reader said something already that still stands: with their name or without, which nobody else may ask."""

from django.db.models import QuerySet

from forums.models import Post, Topic
from forums.unnamed import written_by


def said_in(topic: Topic, reader: object, body: str) -> bool:
    """Whether a reply of theirs with these words was not taken down. One query."""
    return _said(reader, body).filter(topic=topic, number__gt=1).exists()


def opened_with(title: str, reader: object, body: str) -> bool:
    """Whether a topic of theirs with this title and these words was not taken down. One query."""
    opened = _said(reader, body).filter(number=1, topic__title=" ".join(title.split()))
    return opened.filter(topic__deleted=None).exists()


def _said(reader: object, body: str) -> QuerySet[Post]:
    return Post.objects.filter(written_by(reader), body=body, deleted=None)
