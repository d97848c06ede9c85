"""Places that people/ keeps open for the rooms above: what stands on a person's page, and who may be written for."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from core.registries import Registry
from people.data import Evidence, OwnedThing, Panel
from people.models import User

evidence: Registry[Callable[[Collection[int], object], Mapping[int, Sequence[Evidence]]]] = Registry(
    "Evidence"
)
"""What people have shown that they know, by their ids, cut to the reader; a constant number of queries."""

person_panels: Registry[Callable[[User, Any], Panel | None]] = Registry("Panels of a person")
"""What else stands on a person's page: the person and the reader give a panel, or none."""

owned_things: Registry[Callable[[Collection[int], object], Mapping[int, Sequence[OwnedThing]]]] = Registry(
    "Things people own"
)
"""What somebody must take over once its owner has left."""

audience_choices: Registry[Callable[[User], Iterable[tuple[str, str]]]] = Registry("Audiences to choose")
"""Token and words of further audiences that a person may write for."""
