"""Places on the page of a topic that other rooms fill through the portal; forums itself knows none of them.

A provider is registered once from `AppConfig.ready()` and answers only with what the reader may see.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from core.registries import Registry


@dataclass(frozen=True, slots=True)
class AnswerAct:
    """A button at an accepted answer; it posts to `url_name` with the number of the post."""

    label: str | Promise
    icon: str
    url_name: str


@dataclass(frozen=True, slots=True)
class TopicNote:
    """Something that came out of a topic, or that it came from."""

    title: str
    url: str
    note: str | Promise = ""


NoteProvider = Callable[[int, object], list[TopicNote]]

answer_acts: Registry[AnswerAct] = Registry("Acts at an accepted answer")
topic_notes: Registry[NoteProvider] = Registry("What came out of a topic")


def notes_of(topic_id: int, reader: object) -> list[TopicNote]:
    """What all providers know about a topic."""
    return [note for provider in topic_notes for note in provider(topic_id, reader)]
