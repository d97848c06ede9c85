"""The workload calculator (T14) put together: reading rows and caps of the page into typed inputs."""

from collections.abc import Mapping
from typing import Any, cast

from playbook.calculators.base import Calculator, number
from playbook.calculators.definition import Definition, Row, Values
from playbook.calculators.workload import (
    USUAL_CAPS,
    Alliance,
    Cap,
    Service,
    WorkloadInputs,
    outputs,
    workload,
)
from playbook.calculators.workload_checks import RULES


def caps_of(definition: Definition) -> Mapping[str, Cap]:
    """The caps of the page; the usual ones where a row is missing or has no usable number."""
    caps = dict(USUAL_CAPS)
    for raw in definition.caps:
        cap = _cap(raw)
        if cap is not None and raw.get("category") in caps:
            caps[raw["category"]] = cap
    return caps


def _cap(raw: Mapping[str, Any]) -> Cap | None:
    figures = [raw.get(key) for key in ("lower", "mid", "upper", "floor")]
    if not all(isinstance(figure, int | float) and not isinstance(figure, bool) for figure in figures):
        return None
    cap = Cap(*(number(figure) for figure in figures))
    return cap if min(cap.lower, cap.mid, cap.upper) > 0 <= cap.floor else None


def _alliance(row: Row) -> Alliance:
    return Alliance(
        alliance=str(row["alliance"]).strip(),
        category=str(row["category"]),
        count=number(row["count"]),
        scenario=str(row["scenario"]),
        tier=str(row["tier"]),
        copromo=bool(row["copromo"]),
        turning_point=bool(row["turning_point"]),
        acts_as_gm=bool(row["acts_as_gm"]),
        affiliates=number(row["affiliates"]),
        delegated=bool(row["delegated"]),
        ready=bool(row["ready"]),
    )


def _service(row: Row) -> Service:
    return Service(
        service_alliance=str(row["service_alliance"]).strip(),
        service=str(row["service"]),
        service_group=str(row["service_group"]),
        per_year=number(row["per_year"]),
        hours_each=number(row["hours_each"]),
    )


def _read(values: Values, definition: Definition) -> WorkloadInputs:
    return WorkloadInputs(
        am_fte=number(values["am_fte"]),
        hours_year=number(values["hours_year"]),
        alliances=tuple(_alliance(row) for row in cast(tuple[Row, ...], values["alliances"])),
        services=tuple(_service(row) for row in cast(tuple[Row, ...], values["services"])),
        caps=caps_of(definition),
    )


WORKLOAD = Calculator(
    code="T14",
    read=_read,
    compute=workload,
    rules=RULES,
    outputs=outputs,
    whole=frozenset({"count", "affiliates"}),
    headline=("shown_mid", "band", "shown_whatif", "whatif_band", "people_now"),
    same_as={"shown_whatif": "shown_mid", "whatif_band": "band"},
    decimals={
        "m": 2,
        "load_optimistic": 2,
        "load_mid": 2,
        "load_cautious": 2,
        "people_now": 2,
        "people_whatif": 2,
        "shown_mid": 0,
        "shown_whatif": 0,
        "headroom": 0,
        "top_tier_now": 0,
        "top_tier_whatif": 0,
    },
    default_decimals=1,
    tones={"room": "ok", "balanced": "ok", "stretched": "warn", "overloaded": "bad"},
)
