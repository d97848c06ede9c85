"""What other rooms may ask of alliances.

What is for a reader is cut to the reader. `alliances_of` is not: it is for the person's own pages and for scoring, where
the codes count and nothing is shown to anybody else.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from alliances.choices import Duty, MembershipState
from alliances.data import ALLIANCE_TARGET, AllianceData, TeamMember
from alliances.managers import looks_after_all
from alliances.models import Alliance, Membership
from alliances.services.membership import ask_membership, confirm_membership, end_all_of, end_membership

__all__ = [
    "ALLIANCE_TARGET",
    "AllianceData",
    "Duty",
    "MembershipState",
    "TeamMember",
    "alliances_of",
    "alliances_of_all",
    "ask_membership",
    "confirm_membership",
    "count_without_manager",
    "end_all_of",
    "end_membership",
    "members_of",
    "visible_alliances",
]


def alliances_of(person_id: int) -> list[AllianceData]:
    """The alliances in whose team a person is confirmed: the highest tier first, then the newest. One query."""
    return alliances_of_all([person_id]).get(person_id, [])


def alliances_of_all(person_ids: Iterable[int]) -> dict[int, list[AllianceData]]:
    """The same for many people. One query; people without an alliance are left out."""
    rows = Membership.objects.confirmed().filter(person__in=list(person_ids))
    found: dict[int, list[AllianceData]] = {}
    order = ("alliance__tier__order", "-alliance__started", "-alliance_id")
    parts = ("alliance__partner_type", "alliance__alliance_type", "alliance__phase", "alliance__tier")
    for membership in rows.select_related("alliance", *parts).order_by(*order):
        found.setdefault(membership.person_id, []).append(_data(membership.alliance))
    return found


def visible_alliances(reader: object) -> list[AllianceData]:
    """The alliances of the reader; for facilitators all of them. One query."""
    return [_data(alliance) for alliance in Alliance.objects.visible_to(reader).with_terms()]


def count_without_manager(reader: object) -> int:
    """How many alliances wait for a manager, for facilitators; 0 for everybody else. One query."""
    return Alliance.objects.visible_to(reader).without_manager().count() if looks_after_all(reader) else 0


def members_of(alliance_id: int, reader: object) -> list[TeamMember]:
    """The open memberships of an alliance that the reader sees. One query."""
    alliances: QuerySet[Alliance] = Alliance.objects.visible_to(reader).filter(pk=alliance_id)
    rows = Membership.objects.open().filter(alliance__in=alliances).select_related("person")
    return [
        TeamMember(
            person_id=row.person_id,
            name=row.person.name,
            url=row.person.get_absolute_url(),
            duty=Duty(row.duty),
            state=MembershipState(row.state),
            membership_id=row.pk,
        )
        for row in rows.order_by("duty", "person__name")
    ]


def _data(alliance: Alliance) -> AllianceData:
    return AllianceData(
        pk=alliance.pk,
        code_name=alliance.code_name,
        alliance_type=alliance.alliance_type.code if alliance.alliance_type else "",
        partner_type=alliance.partner_type.code if alliance.partner_type else "",
        phase=alliance.phase.code if alliance.phase else "",
        tier=alliance.tier.code if alliance.tier else "",
        url=alliance.get_absolute_url(),
    )
