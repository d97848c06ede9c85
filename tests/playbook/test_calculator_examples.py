"""Every worked example of every file, every check, and that content can never make code run."""

from typing import Any

import pytest

from playbook.calculators import CALCULATORS, calculator_for, define
from playbook.calculators.definition import Example
from tests.playbook.calculator_cases import CODES, content_of, definition_of, message, run, same

EXAMPLES = [(code, example) for code in CODES for example in definition_of(code).examples]
IDS = [f"{code}: {example.name}" for code, example in EXAMPLES]


def test_there_are_five_calculators_with_35_examples() -> None:
    assert CODES == ("T01", "T14", "T15", "T15b", "T20")
    assert len(EXAMPLES) == 35
    assert calculator_for("T07") is None


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=IDS)
def test_a_worked_example(code: str, example: Example) -> None:
    outcome = run(code, **example.inputs)
    wrong = {
        key: (written, outcome.outputs[key])
        for key, written in example.outputs.items()
        if not same(written, outcome.outputs[key])
    }
    assert wrong == {}


@pytest.mark.parametrize(("code", "example"), [pair for pair in EXAMPLES if pair[0] == "T14"])
def test_the_messages_of_a_worked_example(code: str, example: Example) -> None:
    assert run(code, **example.inputs).warnings == example.warnings


@pytest.mark.parametrize("code", CODES)
def test_outputs_are_those_of_the_file(code: str) -> None:
    definition = definition_of(code)
    given = definition.examples[0].inputs
    assert set(run(code, **given).outputs) == {spec.key for spec in definition.outputs}


@pytest.mark.parametrize("code", CODES)
def test_every_check_has_its_predicate_and_no_predicate_is_left_over(code: str) -> None:
    calculator = CALCULATORS[code]
    known = set(calculator.rules) | ({calculator.unreadable_rule} - {""})
    assert {check.rule for check in definition_of(code).checks} == known


def test_a_rule_nobody_wrote_code_for_stays_silent() -> None:
    content = content_of("T20")
    content["checks"] = [{"rule": "__import__('os').abort()", "message": "Never."}]
    definition = define(content)
    assert CALCULATORS["T20"].run(definition.complete({}), definition).warnings == ()


def test_a_formula_of_content_changes_nothing() -> None:
    content = content_of("T20")
    for output in content["outputs"]:
        output["formula"] = "1 / 0"
    definition = define(content)
    assert CALCULATORS["T20"].run(definition.complete({}), definition).outputs["total"] == 14


def test_messages_come_from_content() -> None:
    content = content_of("T20")
    next(check for check in content["checks"] if check["rule"] == "zeros > 0")["message"] = "Our words."
    definition = define(content)
    assert "Our words." in CALCULATORS["T20"].run(definition.complete({"culture": 0}), definition).warnings


SEVEN = dict.fromkeys(
    (
        "value_at_stake",
        "business_risk",
        "legal_complexity",
        "human_risk",
        "joint_decisions",
        "co_work",
        "strategic_fit",
    ),
    2,
)
T20_ITEMS = dict.fromkeys(
    ("strategy", "planning", "executives", "process", "infrastructure", "function", "culture"), 3
)
GOOD_REASON = "Option decision due in May; check on 15 June."
ONE = {"alliance": "Kestrel", "category": "B", "tier": "T3"}

FIRES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("T01", "override_tier != 'none' and length", {"override_tier": "T3", "override_reason": "short"}, {"override_tier": "T3", "override_reason": GOOD_REASON}),
    ("T01", "override_tier == tier", {"override_tier": "T2"}, {"override_tier": "T3"}),
    ("T01", "override_tier != 'none' and |number", {"override_tier": "T4"}, {"override_tier": "T3"}),
    ("T01", "value_index >= 3 and load_index < 2", {"value_at_stake": 4, "strategic_fit": 4, "co_work": 0}, {"value_at_stake": 4, "strategic_fit": 4}),
    ("T01", "value_index < 2 and load_index >= 2.5", {"value_at_stake": 1, "human_risk": 4, "co_work": 4}, {"value_at_stake": 1}),
    ("T01", "|value_at_stake", {"value_at_stake": 4, "strategic_fit": 1}, {"value_at_stake": 4, "strategic_fit": 2}),
    ("T01", "human_risk == 4", {"human_risk": 4}, {"human_risk": 3}),
    ("T01", "legal_complexity == 4", {"legal_complexity": 4}, {"legal_complexity": 3}),
    ("T15", "not (value_low", {"value_low": 130}, {"value_low": 100}),
    ("T15", "not (days_low", {"days_low": 31}, {"days_low": 30}),
    ("T15", "value_low == 90", {}, {"value_low": 91}),
    ("T15", "probability == 1", {"probability": 1}, {"probability": 0.9}),
    ("T15", "our_share == 1", {"our_share": 1}, {"our_share": 0.9}),
    ("T15", "days_high == 0", {"days_low": 0, "days_likely": 0, "days_high": 0}, {"days_high": 1}),
    ("T15", "days_high > 0 and fixed", {}, {"fixed_cost_day": 1}),
    ("T15", "days_likely > 180", {"days_likely": 181, "days_high": 200}, {"days_likely": 180, "days_high": 200}),
    ("T15", "delay_cost_low > 0", {"days_low": 1}, {"days_low": 20}),
    ("T15", "days_high > 0 and weekly", {}, {"our_share": 0.1}),
    ("T15b", "joint_value == 300", {}, {"joint_value": 301}),
    ("T15b", "synergy_ratio is not None and synergy_ratio <= 1", {"joint_value": 180}, {"joint_value": 200}),
    ("T15b", "synergy_ratio is not None and 1 <", {"joint_value": 200}, {"joint_value": 255}),
    ("T15b", "synergy_ratio is None", {"own_value_us": 0, "own_value_partner": 0}, {"own_value_us": 0}),
    ("T15b", "friction_cost == 0", {"friction_cost": 0}, {"friction_cost": 1}),
    ("T15b", "friction_cost > 0.3", {"friction_cost": 91}, {"friction_cost": 90}),
    ("T15b", "one_team_reading ==", {}, {"promises": 3.1}),
    ("T15b", "one_team_index < 64", {"promises": 2.9}, {"promises": 4.0}),
    ("T15b", "max(promises", {"promises": 4.1}, {"promises": 4.0}),
    ("T15b", "abs(split", {"actual_share_us": 0.56}, {"actual_share_us": 0.55}),
    ("T15b", "fairness_gap", {"contribution_share_us": 0.61}, {"contribution_share_us": 0.6}),
    ("T15b", "value_us_actual <", {"actual_share_us": 0.29}, {"actual_share_us": 0.3}),
    ("T15b", "value_partner_actual <", {"actual_share_us": 0.75}, {"actual_share_us": 0.74}),
    ("T20", "any_not_whole", {"culture": 2.5}, {"culture": 3}),
    ("T20", "zeros > 0", {"culture": 0}, {"culture": 1}),
    *(("T20", f"{item} <= 1", {item: 1}, {item: 2}) for item in T20_ITEMS),
    ("T20", "max(strategy", {**T20_ITEMS, "culture": 1, "process": 4}, T20_ITEMS),
    ("T20", "[strategy, planning, executives, process, infrastructure, function, culture] ==", {}, {"culture": 3}),
    ("T20", "score >= 75", T20_ITEMS, {**T20_ITEMS, "culture": 2}),
    ("T14", "top_tier_now > 2", {"alliances": [{**ONE, "tier": "T1", "count": 3}]}, {"alliances": [{**ONE, "tier": "T1", "count": 2}]}),
    ("T14", "top_tier_whatif > 2", {"alliances": [{**ONE, "tier": "T1", "count": 3, "scenario": "what_if"}]}, {"alliances": [{**ONE, "tier": "T1", "count": 3}]}),
    ("T14", "band == 'stretched'", {"alliances": [{**ONE, "category": "C", "count": 12}]}, {"alliances": [{**ONE, "category": "C", "count": 11}]}),
    ("T14", "band == 'overloaded'", {"alliances": [{**ONE, "category": "C", "count": 14}]}, {"alliances": [{**ONE, "category": "C", "count": 13}]}),
    ("T14", "whatif_band == 'overloaded'", {"alliances": [{**ONE, "category": "C", "count": 14, "scenario": "what_if"}]}, {"alliances": [{**ONE, "category": "C", "count": 14}]}),
    ("T14", "any(a.category in ('A', 'E')", {"alliances": [{**ONE, "category": "E"}]}, {"alliances": [ONE]}),
    ("T14", "any(a.category in ('B', 'C')", {"alliances": [{**ONE, "tier": "T1"}]}, {"alliances": [ONE]}),
    ("T14", "any(a.acts_as_gm", {"alliances": [{**ONE, "acts_as_gm": 1, "count": 2}]}, {"alliances": [{**ONE, "acts_as_gm": 1}]}),
    ("T14", "any(a.count > 1", {"alliances": [{**ONE, "category": "D", "count": 2}]}, {"alliances": [{**ONE, "count": 2}]}),
    ("T14", "am_fte < 0.5", {"am_fte": 0.4, "alliances": [{**ONE, "tier": "T1"}]}, {"am_fte": 0.5, "alliances": [{**ONE, "tier": "T1"}]}),
    ("T14", "len(services) > 0", {"alliances": [ONE], "services": [{"per_year": 100, "hours_each": 10}]}, {"alliances": [ONE], "services": [{"per_year": 10, "hours_each": 15}]}),
    ("T14", "plan_hours > 0 and sum(s.per_year * s.hours_each for s in services if s.service_group == 'operational", {"alliances": [ONE], "services": [{"service_group": "operational administration"}]}, {"alliances": [ONE], "services": [{}]}),
    ("T14", "plan_hours > 0 and sum(s.per_year * s.hours_each for s in services if s.service_group == 'problem", {"alliances": [ONE], "services": [{}]}, {"alliances": [ONE], "services": [{"service_group": "problem solving"}]}),
    ("T14", "any(s.service_alliance", {"alliances": [ONE], "services": [{"service_alliance": "Heron"}]}, {"alliances": [ONE], "services": [{"service_alliance": "Kestrel"}]}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "rule", "fires", "rests"), FIRES, ids=[f"{case[0]} {case[1][:40]}" for case in FIRES]
)
def test_a_check_speaks_beyond_its_limit_and_is_silent_on_it(
    code: str, rule: str, fires: dict[str, Any], rests: dict[str, Any]
) -> None:
    said = message(code, rule)
    assert said in run(code, **fires).warnings
    assert said not in run(code, **rests).warnings


def test_a_preset_that_was_kept_is_noticed_and_one_that_was_changed_is_not() -> None:
    said = message("T01", "all seven scores")
    assert said in run("T01", SEVEN, **SEVEN).warnings
    assert said not in run("T01", SEVEN, **{**SEVEN, "co_work": 3}).warnings
    assert said not in run("T01", None, **SEVEN).warnings
    assert said not in run("T01", {}, **SEVEN).warnings


def test_the_usual_caps_in_code_are_those_of_the_file() -> None:
    from playbook.calculators.workload import USUAL_CAPS, Cap
    from playbook.calculators.workload_sheet import caps_of

    assert caps_of(definition_of("T14")) == USUAL_CAPS
    content = content_of("T14")
    content["caps"][0]["mid"] = 2.5
    content["caps"][1]["lower"] = "many"
    content["caps"] = content["caps"][:2]
    caps = caps_of(define(content))
    assert caps["A"] == Cap(2, 2.5, 4)
    assert caps["B"] == USUAL_CAPS["B"]
    assert caps["E"] == USUAL_CAPS["E"]
