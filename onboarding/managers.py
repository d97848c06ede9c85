"""Querysets of onboarding, each with the one rule for who sees its rows.

A path is its person's alone. Mentors and managers see what mentoring and the manager's page cut out for them (steps and
their dates for the one, two counts for the other), never through these rules.
"""

from typing import TYPE_CHECKING, Self

from django.db import models

from core.audiences import tokens_of
from onboarding.choices import MANAGED, OPEN_APPOINTMENTS, RUNNING, UNDONE

if TYPE_CHECKING:
    from onboarding.models import Journey, ManagerPulse, RoleAppointment, Step


def _pk(reader: object) -> int | None:
    return getattr(reader, "pk", None) if tokens_of(reader) else None


class AppointmentQuerySet(models.QuerySet["RoleAppointment"]):
    """Appointments."""

    def visible_to(self, reader: object) -> Self:
        """The reader's own."""
        pk = _pk(reader)
        return self.filter(person=pk) if pk else self.none()

    def open(self) -> Self:
        """Those that stand."""
        return self.filter(state__in=OPEN_APPOINTMENTS)


class JourneyQuerySet(models.QuerySet["Journey"]):
    """Journeys."""

    def visible_to(self, reader: object) -> Self:
        """The reader's own."""
        pk = _pk(reader)
        return self.filter(person=pk) if pk else self.none()

    def running(self) -> Self:
        """Those that are not over."""
        return self.filter(state__in=RUNNING)


class StepQuerySet(models.QuerySet["Step"]):
    """Steps."""

    def visible_to(self, reader: object) -> Self:
        """Those of the reader's own journeys."""
        pk = _pk(reader)
        return self.filter(journey__person=pk) if pk else self.none()

    def undone(self) -> Self:
        """Those that are still to do."""
        return self.filter(state__in=UNDONE)


class ManagerPulseQuerySet(models.QuerySet["ManagerPulse"]):
    """Managers' pulses."""

    def visible_to(self, reader: object) -> Self:
        """Those the reader was asked; what coordinators read is cut out on their page."""
        pk = _pk(reader)
        return self.filter(manager=pk) if pk else self.none()

    def waiting(self) -> Self:
        """Those without an answer."""
        return self.filter(answered=None)

    def answerable(self) -> Self:
        """Those that wait and whose manager still finds the path on their page."""
        return self.waiting().filter(
            manager__is_active=True,
            journey__state__in=MANAGED,
            journey__person__is_active=True,
            journey__person__profile__manager=models.F("manager"),
        )
