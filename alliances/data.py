"""What other rooms get from alliances/: frozen values, never models."""

from dataclasses import dataclass

from alliances.choices import Duty, MembershipState

ALLIANCE_TARGET = "alliance"
"""The kind of an alliance in notices."""


@dataclass(frozen=True, slots=True)
class AllianceData:
    """An alliance as its team knows it; codes are those of the vocabularies, empty where none is set."""

    pk: int
    code_name: str
    alliance_type: str
    partner_type: str
    phase: str
    tier: str
    url: str


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One person of a team."""

    person_id: int
    name: str
    url: str
    duty: Duty
    state: MembershipState
    membership_id: int
