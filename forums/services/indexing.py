"""The one place where the forums knock at the door of search."""

from collections.abc import Iterable

from forums.models import Topic
from search import api as search

KIND = "topic"


def index_topic(topic: Topic, *, narrowing: bool = False) -> None:
    """Has a topic with its posts indexed again; call it inside the transaction of the change."""
    search.touch(topic, kind=KIND, narrowing=narrowing)


def index_topics(topic_ids: Iterable[int], *, narrowing: bool = False) -> None:
    """Has many topics indexed again."""
    search.touch_many(topic_ids, kind=KIND, narrowing=narrowing)
