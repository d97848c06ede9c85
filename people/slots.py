"""Places that people/ keeps open for the rooms above: what stands on a person's page and what they own."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from core.registries import Registry
from people.data import Badge, Evidence, OwnedThing, Panel
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

badges: Registry[Badge] = Registry("Badges")
"""What the codes in `Profile.badges` mean; whoever gives a badge says it here."""

role_claims: Registry[Callable[[], str]] = Registry("Where a role is declared")
"""The addresses at which somebody says that they do the work of an alliance manager."""
