"""Places on a page of the playbook that upper rooms fill.

A provider is registered once from `AppConfig.ready()` of its room. Without one the place is empty and the page whole.
A provider gets the reader and answers only with what the reader may see.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from core.registries import Registry
from playbook.data import LessonLink, PlayLessons

if TYPE_CHECKING:
    from playbook.models import PlayPage

LessonProvider = Callable[["PlayPage", object], PlayLessons]

lesson_slots: Registry[LessonProvider] = Registry("Lessons of a play")


def lessons_for_play(play: "PlayPage", reader: object) -> PlayLessons:
    """What all providers know about a play, put together."""
    by_step: dict[str, tuple[LessonLink, ...]] = {}
    others: tuple[LessonLink, ...] = ()
    more_url, more_count, add_url = "", 0, ""
    for provider in lesson_slots:
        found = provider(play, reader)
        for key, links in found.by_step.items():
            by_step[key] = (*by_step.get(key, ()), *links)
        others += found.others
        more_url = more_url or found.more_url
        more_count += found.more_count
        add_url = add_url or found.add_url
    return PlayLessons(
        by_step=by_step, others=others, more_url=more_url, more_count=more_count, add_url=add_url
    )
