"""Who was appointed, told by the room that keeps appointments; mentoring itself knows of none.

A provider is registered once from `AppConfig.ready()` and costs a constant number of queries.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from core.registries import Registry


@dataclass(frozen=True, slots=True)
class Appointment:
    """Somebody took on alliance work on a day; `gave_context` once they said which alliances are theirs."""

    person_id: int
    day: date
    gave_context: bool


appointments: Registry[Callable[[date | None, date], Sequence[Appointment]]] = Registry("Appointments")
"""First and last day give who was appointed between them, both included; no first day means from the beginning."""


def appointed(since: date | None, until: date) -> list[Appointment]:
    """One for each person, the newest; in the order of people."""
    newest: dict[int, Appointment] = {}
    for provider in appointments:
        for one in sorted(provider(since, until), key=lambda one: one.day):
            newest[one.person_id] = one
    return [newest[pk] for pk in sorted(newest)]
