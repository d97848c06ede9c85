"""The checks of the workload calculator (T14), each a predicate under the rule of content/tools/T14.yaml."""

from collections.abc import Callable, Mapping

from playbook.calculators.base import Case
from playbook.calculators.workload import STRETCHED_TO, TOP_TIER, WorkloadInputs, WorkloadResult, shown

WorkloadCase = Case[WorkloadInputs, WorkloadResult]

MOST_TOP_TIER = 2
WIDE_GAP = 20
HALF = 0.5
ENOUGH_ROWS = 3
COLLABORATIVE = frozenset({"A", "E"})
LIGHT = frozenset({"B", "C"})
COMPLEX = frozenset({"A", "D", "E"})
LIGHT_TIERS = frozenset({"T3", "T4"})


def _cautious_is_over(case: WorkloadCase) -> bool:
    fits = case.result.band in ("room", "balanced")
    return fits and shown(case.result.capacity_cautious) > STRETCHED_TO


def _turning_together(case: WorkloadCase) -> bool:
    pairs = zip(case.inputs.alliances, case.result.rows, strict=True)
    turning = sum(load.load_mid for row, load in pairs if row.turning_point)
    return turning > HALF * case.result.people_whatif and len(case.inputs.alliances) >= ENOUGH_ROWS


def _hours_of(case: WorkloadCase, group: str) -> float:
    return sum(service.hours for service in case.inputs.services if service.service_group == group)


def _mostly_administration(case: WorkloadCase) -> bool:
    hours = case.result.plan_hours
    return hours > 0 and _hours_of(case, "operational administration") > HALF * hours


def _no_reserve(case: WorkloadCase) -> bool:
    return case.result.plan_hours > 0 and _hours_of(case, "problem solving") == 0


def _homeless_service(case: WorkloadCase) -> bool:
    names = {row.alliance for row in case.inputs.alliances}
    return any(service.service_alliance not in names for service in case.inputs.services)


RULES: Mapping[str, Callable[[WorkloadCase], bool]] = {
    "top_tier_now > 2": lambda case: case.result.top_tier_now > MOST_TOP_TIER,
    "top_tier_whatif > 2 and top_tier_now <= 2": lambda case: (
        case.result.top_tier_whatif > MOST_TOP_TIER >= case.result.top_tier_now
    ),
    "band == 'stretched'": lambda case: case.result.band == "stretched",
    "band == 'overloaded'": lambda case: case.result.band == "overloaded",
    "band in ('room', 'balanced') and int(round(capacity_cautious, 6) + 0.5) > 130": _cautious_is_over,
    "whatif_band != band": lambda case: case.result.whatif_band != case.result.band,
    "whatif_band == 'overloaded' and band != 'overloaded'": lambda case: (
        case.result.whatif_band == "overloaded" != case.result.band
    ),
    "any(a.category in ('A', 'E') and a.tier in ('T3', 'T4') for a in alliances)": lambda case: any(
        row.category in COLLABORATIVE and row.tier in LIGHT_TIERS for row in case.inputs.alliances
    ),
    "any(a.category in ('B', 'C') and a.tier == 'T1' for a in alliances)": lambda case: any(
        row.category in LIGHT and row.tier == TOP_TIER for row in case.inputs.alliances
    ),
    "any(a.delegated == 1 and a.tier == 'T1' for a in alliances)": lambda case: any(
        row.delegated and row.tier == TOP_TIER for row in case.inputs.alliances
    ),
    "any(a.acts_as_gm == 1 and a.count > 1 for a in alliances)": lambda case: any(
        row.acts_as_gm and row.count > 1 for row in case.inputs.alliances
    ),
    "any(a.category == 'E' and a.delegated == 1 and a.ready == 1 for a in alliances)": lambda case: any(
        row.category == "E" and row.delegated and row.ready for row in case.inputs.alliances
    ),
    "any(a.count > 1 and a.category in ('A', 'D', 'E') for a in alliances)": lambda case: any(
        row.count > 1 and row.category in COMPLEX for row in case.inputs.alliances
    ),
    "sum(a.load_mid for a in alliances if a.turning_point == 1) > 0.5 * people_whatif and len(alliances) >= 3": (
        _turning_together
    ),
    "am_fte < 0.5 and any(a.tier == 'T1' for a in alliances)": lambda case: (
        case.inputs.am_fte < HALF and any(row.tier == TOP_TIER for row in case.inputs.alliances)
    ),
    "len(services) > 0 and abs(plan_gap) > 20": lambda case: (
        bool(case.inputs.services) and abs(case.result.plan_gap) > WIDE_GAP
    ),
    "plan_hours > 0 and sum(s.per_year * s.hours_each for s in services if s.service_group =="
    " 'operational administration') > 0.5 * plan_hours": _mostly_administration,
    "plan_hours > 0 and sum(s.per_year * s.hours_each for s in services if s.service_group =="
    " 'problem solving') == 0": _no_reserve,
    "any(s.service_alliance not in [a.alliance for a in alliances] for s in services)": _homeless_service,
}
