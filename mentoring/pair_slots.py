"""Places on the page of a pair that other rooms fill; mentoring itself knows none of them.

A provider is registered once from `AppConfig.ready()`. It is asked for the two of the pair only, never for a
coordinator or who stands in.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from core.registries import Registry
from people.data import Panel


@dataclass(frozen=True, slots=True)
class ClosingAct:
    """A button under a look back of one's own; it posts to `url_name` with the number of the pair."""

    label: str | Promise
    icon: str
    url_name: str


pair_panels: Registry[Callable[[int, int, object], Panel | None]] = Registry("Panels of a pair")
"""Numbers of mentee and mentor and the reader give a panel beside the talks, such as the steps of the mentee."""

closing_acts: Registry[ClosingAct] = Registry("Acts after a mentorship")


def panels_of(mentee_id: int, mentor_id: int, reader: object) -> list[Panel]:
    """What all providers show, in their order."""
    found = [provider(mentee_id, mentor_id, reader) for provider in pair_panels]
    return sorted((panel for panel in found if panel is not None), key=lambda panel: panel.order)
