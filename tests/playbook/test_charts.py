"""The geometry of charts: every bar lies on its scale, is never invisible, and says what its table says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.reading.charts import BANDS, BAR_TOP, FOOT, ROW, Bar, Chart, chart_of

AMOUNTS = st.floats(min_value=0, max_value=1e9, allow_nan=False)


def share(text: str) -> float:
    """`12.50%` as a number."""
    assert text.endswith("%")
    return float(text.removesuffix("%"))


def test_a_bar_stands_where_its_values_say() -> None:
    drawn = Chart("", (Bar("", "", 25, 75, mark=50),), most=200).drawn()[0]
    assert (drawn.x, drawn.width, drawn.mark) == ("12.50%", "25.00%", "25.00%")


def test_bars_follow_each_other_down_and_the_words_stand_above_them() -> None:
    chart = Chart("", tuple(Bar(name, "", 0, 1) for name in "abc"), most=1)
    drawn = chart.drawn()
    assert [each.bar_y for each in drawn] == [BAR_TOP, BAR_TOP + ROW, BAR_TOP + 2 * ROW]
    assert all(each.text_y < each.bar_y for each in drawn)
    assert chart.height == chart.line_end == 3 * ROW


def test_lines_have_a_foot_for_their_words() -> None:
    chart = Chart("", (Bar("", "", 0, 1),), most=2, marks=((1.0, "half"), (3.0, "beyond")))
    assert [(line.x, line.label) for line in chart.lines()] == [("50.00%", "half"), ("100.00%", "beyond")]
    assert chart.height == ROW + FOOT
    assert chart.line_end < chart.foot < chart.height


def test_a_bar_of_nothing_is_still_seen_and_a_mark_never_hides_one() -> None:
    nothing, thin, wide = Chart(
        "", (Bar("", "", 0, 0, mark=0), Bar("", "", 10, 12, mark=11), Bar("", "", 10, 13, mark=11)), most=100
    ).drawn()
    assert nothing.width == "1.00%"
    assert (nothing.mark, thin.mark, wide.mark) == ("", "", "11.00%")


@given(AMOUNTS, AMOUNTS, st.floats(min_value=0.01, max_value=1e9))
def test_no_bar_leaves_the_drawing(one: float, other: float, most: float) -> None:
    low, high = sorted((one, other))
    drawn = Chart("", (Bar("", "", low, high, mark=(low + high) / 2),), most=most).drawn()[0]
    assert 0 <= share(drawn.x) <= 100
    assert 1 <= share(drawn.width) <= 100
    assert not drawn.mark or 0 <= share(drawn.mark) <= 100


@given(st.lists(AMOUNTS, min_size=2, max_size=8, unique=True))
def test_more_is_never_drawn_shorter(values: list[float]) -> None:
    values.sort()
    bars = tuple(Bar("", "", 0, value) for value in values)
    widths = [share(each.width) for each in Chart("", bars, most=max(values)).drawn()]
    assert widths == sorted(widths)


def test_a_tool_without_a_chart_has_none() -> None:
    assert chart_of("T02", {}, {}) is None


def costs(low: float, likely: float, high: float) -> Chart:
    outputs = {"delay_cost_low": low, "delay_cost_likely": likely, "delay_cost_high": high}
    chart = chart_of("T15", {}, outputs)
    assert chart is not None
    return chart


def test_the_cost_of_a_delay_names_three_amounts_and_stresses_the_likely_one() -> None:
    chart = costs(1.5, 3.056, 1234.5)
    assert [(bar.label, bar.text, bar.tone) for bar in chart.bars] == [
        ("Low", "1.50", ""),
        ("Likely", "3.06", "strong"),
        ("High", "1,234.50", ""),
    ]
    assert chart.most > 1234.5


def test_a_delay_that_costs_nothing_is_drawn_too() -> None:
    assert [each.width for each in costs(0, 0, 0).drawn()] == ["1.00%"] * 3


@pytest.mark.parametrize("net", [-50.0, 0.0, 90.0, 400.0])
def test_what_friction_eats_up_is_no_bar_to_the_left(net: float) -> None:
    values = {"own_value_us": 40.0, "own_value_partner": 60.0}
    chart = chart_of("T15b", values, {"net_joint_value": net})
    assert chart is not None
    together = chart.bars[-1]
    assert together.text == f"{net:,.1f}"
    assert together.end == max(net, 0)
    assert [round(value) for value, _label in chart.marks] == [150]
    assert chart.most >= max(net, 150)


def test_without_values_of_their_own_there_is_no_target() -> None:
    chart = chart_of("T15b", {"own_value_us": 0, "own_value_partner": 0}, {"net_joint_value": 0})
    assert chart is not None
    assert (chart.marks, chart.most) == ((), 1.0)


def workload(**changes: object) -> Chart:
    outputs = {f"{prefix}_{view}": value for prefix in ("capacity", "whatif")
               for view, value in (("optimistic", 70.0), ("mid", 90.0), ("cautious", 120.0))}  # fmt: skip
    outputs |= {f"load_{view}": loads for view, loads in
                (("optimistic", (0.2, 0.1)), ("mid", (0.3, 0.2)), ("cautious", (0.4, 0.3)))}  # fmt: skip
    values = {"am_fte": 0.5, "alliances": ({"alliance": "Osprey"}, {"alliance": ""})}
    chart = chart_of("T14", values, outputs | changes)
    assert chart is not None
    return chart


def test_the_load_of_each_alliance_is_its_share_of_the_time_there_is() -> None:
    now, osprey, unnamed = workload().bars
    assert (now.text, now.tone) == ("90 % (70 to 120)", "strong")
    assert (osprey.label, osprey.text) == ("Osprey", "60 % (40 to 80)")
    assert (unnamed.label, unnamed.mark) == ("Row 2", 40.0)


def test_what_if_is_drawn_only_where_it_differs() -> None:
    assert [bar.label for bar in workload(whatif_mid=95.0).bars][:2] == ["Now", "With what-if rows"]


def test_the_bands_stand_on_the_scale_whatever_the_load() -> None:
    for chart in (workload(), workload(capacity_cautious=900.0)):
        assert [value for value, _label in chart.marks] == list(BANDS)
        assert chart.most > max(*BANDS, *(bar.end for bar in chart.bars))


def test_readiness_names_every_item_that_is_lowest() -> None:
    keys = ("strategy", "planning", "executives", "process", "infrastructure", "function", "culture")
    chart = chart_of("T20", dict(zip(keys, (3, 1, 4, 1, 2, 2.5, 3), strict=True)), {})
    assert chart is not None
    assert [bar.label for bar in chart.bars if bar.tone == "strong"] == ["Planning", "Process"]
    assert [bar.text for bar in chart.bars][1:6] == ["1, lowest", "4", "1, lowest", "2", "2.5"]
