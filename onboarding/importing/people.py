"""Who the lines of a batch are about: a constant number of queries for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding.choices import Source
from onboarding.importing.rows import AppointmentRow
from onboarding.models import Invitation, RoleAppointment
from onboarding.models.appointments import ROLE
from people.models import User


@dataclass(slots=True)
class Known:
    """What the portal knows of the people of a batch, and what it learns about those it does not know."""

    by_number: dict[str, User]
    by_address: dict[str, User]
    appointments: dict[int, RoleAppointment]
    invitations: dict[str, Invitation]
    new_invitations: list[Invitation] = field(default_factory=list)
    moved_invitations: list[Invitation] = field(default_factory=list)

    def person(self, row: AppointmentRow) -> User | None:
        """By number, else by address."""
        return self.by_number.get(row.employee_id) or self.by_address.get(row.email)

    def fault(self, row: AppointmentRow) -> str:
        """Why nobody can be appointed by this line; empty where somebody can."""
        named, addressed = self.by_number.get(row.employee_id), self.by_address.get(row.email)
        if named and addressed and named.pk != addressed.pk:
            return _("The employee number and the address belong to two people.")
        person = named or addressed
        if person is not None and not person.is_active:
            return _("The account of this person is closed.")
        if person is None and not row.email:
            return _("Nobody here has this employee number, and there is no address to invite.")
        return ""

    def is_told(self, person: User, row: AppointmentRow) -> bool:
        """Whether the portal had all of the line before."""
        appointment = self.appointments.get(person.pk)
        if appointment is None or Source.HR_CSV not in appointment.sources:
            return False
        if row.share_of_time is not None and appointment.share_of_time is None:
            return False
        return (appointment.effective, appointment.external_ref) == (row.effective, row.employee_id)

    def invite(self, row: AppointmentRow) -> bool:
        """Writes somebody unknown down; False where the same stood there before."""
        assert row.effective is not None
        known = self.invitations.get(row.email)
        if known is None:
            made = Invitation(email=row.email, created=timezone.now(), effective=row.effective)
            made.external_id, made.name = row.employee_id, row.name
            self.invitations[row.email] = made
            self.new_invitations.append(made)
            return True
        said = (row.effective, row.employee_id, row.name or known.name)
        if (known.effective, known.external_id, known.name) == said:
            return False
        known.effective, known.external_id, known.name = said
        if known.pk is not None and known not in self.moved_invitations:
            self.moved_invitations.append(known)
        return True


def known_people(rows: Sequence[AppointmentRow]) -> Known:
    """Four queries, whatever the number of rows."""
    numbers = {row.employee_id for row in rows if row.employee_id}
    addresses = {row.email for row in rows if row.email}
    people = User.objects.select_related("profile__manager")
    by_number = {person.external_id or "": person for person in people.filter(external_id__in=numbers)}
    by_address = {person.email.lower(): person for person in people.filter(email__in=addresses)}
    ids = {person.pk for person in (*by_number.values(), *by_address.values())}
    appointments = RoleAppointment.objects.open().filter(person__in=ids, role=ROLE)
    invitations = Invitation.objects.filter(email__in=addresses)
    return Known(
        by_number=by_number,
        by_address=by_address,
        appointments={row.person_id: row for row in appointments},
        invitations={row.email: row for row in invitations},
    )
