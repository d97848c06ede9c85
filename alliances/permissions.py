"""Who may do what with an alliance. Whoever may not see it is told that it is missing, by `visible_to`."""

from alliances.choices import Duty
from alliances.managers import looks_after_all
from alliances.models import Alliance, Membership
from people.models import User


def may_add(reader: object) -> bool:
    """Facilitators keep the register."""
    return looks_after_all(reader)


def may_change(reader: object, alliance: Alliance) -> bool:
    """Its confirmed managers and facilitators: the record and the team."""
    return looks_after_all(reader) or manages(reader, alliance)


def manages(reader: object, alliance: Alliance) -> bool:
    """Whether the reader is a confirmed manager."""
    own = Membership.objects.confirmed().filter(alliance=alliance, duty=Duty.MANAGER)
    return own.filter(person=getattr(reader, "pk", None), person__is_active=True).exists()


def may_decide(reader: User, membership: Membership) -> bool:
    """Who may change the team decides, but nobody about themselves unless they keep the register."""
    if looks_after_all(reader):
        return True
    return membership.person_id != reader.pk and manages(reader, membership.alliance)
