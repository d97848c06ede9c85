"""What other rooms may ask of alliances.

What is for a reader is cut to the reader. `alliances_of` is not: it is for the person's own pages and for scoring, where
the codes count and nothing is shown to anybody else.
"""

from collections.abc import Iterable

from alliances.choices import Duty
from alliances.data import AllianceData
from alliances.models import Alliance, Membership
from alliances.services.membership import ask_membership, confirm_membership, end_all_of, end_membership

__all__ = [
    "AllianceData",
    "Duty",
    "alliances_of",
    "alliances_of_all",
    "ask_membership",
    "confirm_membership",
    "end_all_of",
    "end_membership",
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
