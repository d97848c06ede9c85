"""Who decides about an appointment and who names somebody: the direct manager and facilitators, never about themselves."""

from core.audiences import tokens_of
from onboarding.models import RoleAppointment
from people.models import User
from people.roles import Role


def looks_after_all(reader: object) -> bool:
    """Whether the reader is a facilitator, who looks after everybody's path."""
    return bool(tokens_of(reader)) and Role.FACILITATOR in getattr(reader, "role_names", frozenset())


def decides(reader: User, appointment: RoleAppointment) -> bool:
    """Whether the reader may confirm or reject it. `appointment` comes with its person's profile."""
    if reader.pk == appointment.person_id:
        return False
    return appointment.person.profile.manager_id == reader.pk or looks_after_all(reader)


def may_name(reader: User, person: User) -> bool:
    """Whether the reader may nominate a person."""
    return reader.pk != person.pk and (person.profile.manager_id == reader.pk or looks_after_all(reader))


def who_decides(person: User) -> list[int]:
    """The manager; where there is none, or they have left, the facilitators."""
    manager = person.profile.manager
    if manager is not None and manager.is_active:
        return [manager.pk]
    facilitators = User.objects.present().filter(groups__name=Role.FACILITATOR.value).exclude(pk=person.pk)
    return list(facilitators.values_list("pk", flat=True))


def imports(reader: object) -> bool:
    """Facilitators and administrators read personnel's files."""
    return bool(
        tokens_of(reader)
        and {Role.FACILITATOR, Role.ADMINISTRATOR} & getattr(reader, "role_names", frozenset())
    )
