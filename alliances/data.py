"""What other rooms get from alliances/: frozen values, never models."""

from dataclasses import dataclass


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
