"""Workload and service plan (T14): one manager's load from optimistic to cautious, and the hours service by service.

Source: content/tools/T14.yaml. Loads are full-time equivalents, capacities per cent of the manager's time. Everything is
computed from exact figures; only `shown_mid` and `shown_whatif` are rounded, half up, and the bands follow from them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playbook.calculators.base import Output, own_fields

STEP = 0.25
AFFILIATE_STEP = 0.05
MOST_FOR_AFFILIATES = 0.3
FREE_AFFILIATES = 5
DELEGATED = 0.2
READY = 0.1
LIGHTEST, HEAVIEST = 0.5, 2.0
NOW = "now"
TOP_TIER = "T1"
BALANCED_TO, STRETCHED_TO, ROOM_BELOW = 110, 130, 80
PLACES = 6


@dataclass(frozen=True, slots=True)
class Cap:
    """How many alliances of a category one manager usually carries; `floor` is the least load of one."""

    lower: float
    mid: float
    upper: float
    floor: float = 0.0


USUAL_CAPS: Mapping[str, Cap] = {
    "A": Cap(2, 3, 4),
    "B": Cap(7, 8.5, 10),
    "C": Cap(10, 10, 10),
    "D": Cap(3, 4, 5),
    "E": Cap(1, 1.5, 2, 0.5),
}


@dataclass(frozen=True, slots=True)
class Alliance:
    """One row: an alliance, or several alike."""

    alliance: str = ""
    category: str = "A"
    count: float = 1
    scenario: str = NOW
    tier: str = "T2"
    copromo: bool = False
    turning_point: bool = False
    acts_as_gm: bool = False
    affiliates: float = 0
    delegated: bool = False
    ready: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """One planned service of the next twelve months."""

    service_alliance: str = ""
    service: str = ""
    service_group: str = "execution"
    per_year: float = 4
    hours_each: float = 4

    @property
    def hours(self) -> float:
        """Hours a year."""
        return self.per_year * self.hours_each


@dataclass(frozen=True, slots=True)
class WorkloadInputs:
    """The portfolio of one manager."""

    am_fte: float
    alliances: tuple[Alliance, ...]
    hours_year: float = 1300
    services: tuple[Service, ...] = ()
    caps: Mapping[str, Cap] = field(default_factory=lambda: USUAL_CAPS)


@dataclass(frozen=True, slots=True)
class RowLoad:
    """What one row adds."""

    m: float
    load_optimistic: float
    load_mid: float
    load_cautious: float
    counts_now: bool


@dataclass(frozen=True, slots=True)
class WorkloadResult:
    """All results; `rows` stand in the order of the alliances."""

    rows: tuple[RowLoad, ...]
    capacity_optimistic: float
    capacity_mid: float
    capacity_cautious: float
    shown_mid: int
    band: str
    whatif_optimistic: float
    whatif_mid: float
    whatif_cautious: float
    shown_whatif: int
    whatif_band: str
    people_now: float
    people_whatif: float
    headroom: int
    top_tier_now: float
    top_tier_whatif: float
    plan_hours: float
    plan_capacity: float
    plan_gap: float


def weight(row: Alliance) -> float:
    """How much heavier or lighter than usual a row is, from 0.5 to 2."""
    affiliates = min(MOST_FOR_AFFILIATES, AFFILIATE_STEP * max(0.0, row.affiliates - FREE_AFFILIATES))
    heavier = STEP * row.copromo + STEP * row.turning_point + STEP * row.acts_as_gm + affiliates
    return min(HEAVIEST, max(LIGHTEST, 1 + heavier - DELEGATED * row.delegated - READY * row.ready))


def row_load(row: Alliance, cap: Cap) -> RowLoad:
    """The three loads of a row."""
    m = weight(row)
    low, mid, high = (row.count * max(cap.floor, m / usual) for usual in (cap.upper, cap.mid, cap.lower))
    return RowLoad(m, low, mid, high, counts_now=row.scenario == NOW)


def shown(capacity: float) -> int:
    """Whole per cent, half up."""
    return int(round(capacity, PLACES) + 0.5)


def band_of(per_cent: int) -> str:
    """The band of a shown capacity; its words are content."""
    if per_cent < ROOM_BELOW:
        return "room"
    if per_cent <= BALANCED_TO:
        return "balanced"
    return "stretched" if per_cent <= STRETCHED_TO else "overloaded"


def top_tier(alliances: tuple[Alliance, ...], *, only_now: bool) -> float:
    """How many alliances of the highest tier there are."""
    return sum(
        row.count for row in alliances if row.tier == TOP_TIER and (row.scenario == NOW or not only_now)
    )


def workload(inputs: WorkloadInputs) -> WorkloadResult:
    """Load of the rows, capacity now and with what-if rows, and the service plan beside it."""
    rows = tuple(row_load(row, inputs.caps[row.category]) for row in inputs.alliances)
    now = [row for row in rows if row.counts_now]
    low, mid, high = _capacity(now, inputs.am_fte)
    if_low, if_mid, if_high = _capacity(rows, inputs.am_fte)
    plan_hours = sum(service.hours for service in inputs.services)
    plan_capacity = 100 * plan_hours / (inputs.hours_year * inputs.am_fte)
    return WorkloadResult(
        rows=rows,
        capacity_optimistic=low,
        capacity_mid=mid,
        capacity_cautious=high,
        shown_mid=shown(mid),
        band=band_of(shown(mid)),
        whatif_optimistic=if_low,
        whatif_mid=if_mid,
        whatif_cautious=if_high,
        shown_whatif=shown(if_mid),
        whatif_band=band_of(shown(if_mid)),
        people_now=sum(row.load_mid for row in now),
        people_whatif=sum(row.load_mid for row in rows),
        headroom=BALANCED_TO - shown(mid),
        top_tier_now=top_tier(inputs.alliances, only_now=True),
        top_tier_whatif=top_tier(inputs.alliances, only_now=False),
        plan_hours=plan_hours,
        plan_capacity=plan_capacity,
        plan_gap=plan_capacity - mid,
    )


def outputs(result: WorkloadResult) -> dict[str, Output]:
    """By the keys of the content; the results of rows as tuples."""
    flat = own_fields(result)
    del flat["rows"]
    for key in ("m", "load_optimistic", "load_mid", "load_cautious"):
        flat[key] = tuple(getattr(row, key) for row in result.rows)
    return flat


def _capacity(rows: list[RowLoad] | tuple[RowLoad, ...], fte: float) -> tuple[float, float, float]:
    """Per cent of the manager's time: optimistic, middle, cautious."""
    return (
        100 * sum(row.load_optimistic for row in rows) / fte,
        100 * sum(row.load_mid for row in rows) / fte,
        100 * sum(row.load_cautious for row in rows) / fte,
    )
