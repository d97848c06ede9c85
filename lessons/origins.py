"""Where a lesson grew from: `kind:number`, resolved by whoever registered the kind. Lessons itself knows no other room.

A resolver gets the number and the reader and answers only where the reader may see the origin.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from core.registries import Registry


@dataclass(frozen=True, slots=True)
class Origin:
    """What a lesson grew from, as its page names it."""

    label: str | Promise
    title: str
    url: str
    icon: str


Resolver = Callable[[int, object], Origin | None]

origins: Registry[Resolver] = Registry("Origins of lessons")


def origin_key(kind: str, number: int) -> str:
    """What is stored in `Lesson.grew_from`."""
    return f"{kind}:{number}"


def origin_of(key: str, reader: object) -> Origin | None:
    """The origin behind a stored key; None where it is unknown or hidden from the reader."""
    kind, _colon, number = key.partition(":")
    if kind not in origins or not number.isdigit():
        return None
    return origins.get(kind)(int(number), reader)
