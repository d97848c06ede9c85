"""What holds for all inputs inside the bounds: never an error, and results that move the way they should."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.calculators import CALCULATORS
from playbook.calculators.cost_of_delay import DelayInputs, cost_of_delay
from playbook.calculators.definition import InputKind, InputSpec
from playbook.calculators.readiness import Readiness, ReadinessInputs, readiness
from playbook.calculators.screener import SCORES, SCREENER, ScreenerResult, screen
from playbook.calculators.typed import Typed, as_typed, from_query, read, to_query
from playbook.calculators.workload import USUAL_CAPS, Alliance, band_of, row_load, shown, weight
from playbook.reading.calculator_result import result_view
from tests.playbook.calculator_cases import CODES, definition_of

CALM = settings(max_examples=40, derandomize=True)
score = st.integers(0, 4)


def value_of(spec: InputSpec, whole: frozenset[str]) -> st.SearchStrategy[Any]:
    """Any value inside the bounds of an input."""
    if spec.kind is InputKind.CHOICE:
        return st.sampled_from(spec.choices)
    if spec.kind is InputKind.TEXT:
        return st.text(max_size=30)
    if spec.kind is InputKind.YES_NO:
        return st.sampled_from([0, 1])
    if spec.kind is InputKind.LIST:
        row = st.fixed_dictionaries({column.key: value_of(column, whole) for column in spec.columns})
        return st.lists(row, min_size=int(spec.minimum or 0), max_size=4)
    low, high = spec.minimum or 0, spec.maximum or 0
    if spec.key in whole:
        return st.integers(int(low), int(high))
    return st.floats(low, high, allow_nan=False)


def inputs_of(code: str) -> st.SearchStrategy[Mapping[str, Any]]:
    """Any inputs of a calculator inside their bounds."""
    whole = CALCULATORS[code].whole
    return st.fixed_dictionaries({spec.key: value_of(spec, whole) for spec in definition_of(code).inputs})


@pytest.mark.parametrize("code", CODES)
@CALM
@given(data=st.data())
def test_inside_the_bounds_nothing_raises_and_everything_can_be_shown(code: str, data: st.DataObject) -> None:
    definition, calculator = definition_of(code), CALCULATORS[code]
    values = definition.complete(data.draw(inputs_of(code)))
    outcome = calculator.run(values, definition)
    view = result_view(calculator, definition, values, outcome)
    assert set(outcome.outputs) == {spec.key for spec in definition.outputs}
    assert all(figure.text for figure in view.figures)
    assert view.chart is None or all(row.x.endswith("%") for row in view.chart.drawn())


@pytest.mark.parametrize("code", CODES)
@CALM
@given(words=st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=6), data=st.data())
def test_whatever_is_typed_is_read_or_refused_with_a_reason(
    code: str, words: dict[str, str], data: st.DataObject
) -> None:
    definition = definition_of(code)
    key = data.draw(st.sampled_from([spec.key for spec in definition.fields()]))
    reading = read(from_query({**words, key: data.draw(st.text(max_size=20))}, definition), definition)
    assert (reading.values is None) == bool(reading.problems)
    assert all(problem.message for problem in reading.problems.values())


@pytest.mark.parametrize("code", CODES)
@CALM
@given(data=st.data())
def test_an_address_leads_back_to_the_same_form(code: str, data: st.DataObject) -> None:
    definition = definition_of(code)
    given_values = data.draw(inputs_of(code))
    typed = Typed(
        {spec.key: as_typed(given_values[spec.key]) for spec in definition.fields()},
        {
            spec.key: [{key: as_typed(value) for key, value in row.items()} for row in given_values[spec.key]]
            for spec in definition.lists()
        },
    )
    assert from_query(dict(to_query(typed, definition)), definition) == typed


def screened(scores: list[int]) -> ScreenerResult:
    """The result of seven scores."""
    definition = definition_of("T01")
    values = definition.complete(dict(zip(sorted(SCORES), scores, strict=True)))
    return screen(SCREENER.read(values, definition))


@CALM
@given(st.lists(score, min_size=7, max_size=7), st.integers(0, 6))
def test_a_higher_score_never_lowers_tier_or_touch(scores: list[int], place: int) -> None:
    raised = [min(4, value + 1) if number == place else value for number, value in enumerate(scores)]
    before, after = screened(scores), screened(raised)
    assert after.tier.rank <= before.tier.rank
    assert after.load_index >= before.load_index
    assert 0 <= after.value_index <= 4


@CALM
@given(st.floats(0, 20000), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1095), st.floats(0, 1))
def test_a_longer_delay_never_costs_less(
    value: float, probability: float, share: float, days: float, more: float
) -> None:
    inputs = DelayInputs(value, value, value, probability, share, days, days, days, 10)
    longer = replace(inputs, days_likely=days + more, days_high=days + 2 * more)
    result = cost_of_delay(longer)
    assert result.delay_cost_low <= result.delay_cost_likely <= result.delay_cost_high
    assert result.delay_cost_likely >= cost_of_delay(inputs).delay_cost_likely


@CALM
@given(st.lists(score, min_size=7, max_size=7))
def test_readiness_is_capped_by_a_single_zero(items: list[int]) -> None:
    result = readiness(ReadinessInputs(*items))
    assert 0 <= result.score <= 100
    assert (result.result is Readiness.NOT_READY) == (0 in items)
    assert result.points_to_ready == max(0, 21 - sum(items))


@CALM
@given(
    st.sampled_from(sorted(USUAL_CAPS)),
    st.tuples(*[st.booleans()] * 5),
    st.integers(0, 100),
    st.integers(1, 50),
)
def test_a_row_is_never_lighter_when_seen_cautiously(
    category: str, ticks: tuple[bool, bool, bool, bool, bool], affiliates: int, count: int
) -> None:
    copromo, turning, manager, delegated, ready = ticks
    row = Alliance(
        category=category,
        count=count,
        copromo=copromo,
        turning_point=turning,
        acts_as_gm=manager,
        affiliates=affiliates,
        delegated=delegated,
        ready=ready,
    )
    load = row_load(row, USUAL_CAPS[category])
    assert 0.5 <= load.m <= 2
    assert load.load_optimistic <= load.load_mid <= load.load_cautious
    assert weight(replace(row, delegated=True)) <= weight(replace(row, delegated=False))


@CALM
@given(st.floats(0, 400), st.floats(0, 50))
def test_bands_follow_each_other(capacity: float, more: float) -> None:
    order = ["room", "balanced", "stretched", "overloaded"]
    assert order.index(band_of(shown(capacity))) <= order.index(band_of(shown(capacity + more)))


def test_halves_are_shown_upwards() -> None:
    assert [shown(value) for value in (79.4, 79.5, 110.4999999, 110.5)] == [79, 80, 111, 111]
    assert band_of(shown(110.5)) == "stretched"
