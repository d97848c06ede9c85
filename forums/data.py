"""What crosses the door of the forums: frozen answers, already cut to what the reader may see, and names others use."""

from dataclasses import dataclass
from datetime import datetime

TOPIC_TARGET, POST_TARGET, FLAG_TARGET, MESSAGE_TARGET = "topic", "post", "flag", "relayed_message"
"""The kinds under which notices point at topics, posts, flags and messages to who asked without a name."""


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question that waits for an answer, as home shows it."""

    title: str
    url: str
    board: str
    asker: str
    replies: int
    asked: datetime
    fits: bool = False
    """Whether it is about what the reader works in."""


@dataclass(frozen=True, slots=True)
class AcceptedAnswer:
    """A question with the answer that its asker accepted, both as Markdown; `phase` is a code of the tags, or empty."""

    topic_id: int
    title: str
    question: str
    answer: str
    phase: str
    audience: str


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who wrote by name, in which board (its slug), and whether in a topic of their own."""

    person_id: int
    board: str
    own_topic: bool
