"""Charts of results, drawn on the server: bars on one scale, as inline SVG with no script and no style.

A chart never says more than the table beside it. Widths are per cent of the drawing, so that words keep their size on a
phone; heights are pixels.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from playbook.calculators.base import Output, number
from playbook.calculators.definition import Values

ROW = 46
BAR_TOP = 20
BAR_HEIGHT = 14
FOOT = 24
HEADROOM = 1.08
THINNEST = 100
BANDS = (80, 110, 130)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar from `start` to `end`, with a mark where the likely value stands."""

    label: str
    text: str
    start: float
    end: float
    mark: float | None = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar in the drawing: per cent across, pixels down."""

    bar: Bar
    x: str
    width: str
    mark: str
    text_y: int
    bar_y: int


@dataclass(frozen=True, slots=True)
class Line:
    """An upright line with a word, such as the edge of a band."""

    x: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars on a scale from 0 to `most`."""

    title: str
    bars: tuple[Bar, ...]
    most: float
    marks: tuple[tuple[float, str], ...] = ()
    note: str = ""

    @property
    def height(self) -> int:
        """Pixels."""
        return len(self.bars) * ROW + (FOOT if self.marks else 0)

    @property
    def foot(self) -> int:
        """Where the words of the lines stand."""
        return self.height - FOOT // 3

    @property
    def line_end(self) -> int:
        """Where the lines end."""
        return len(self.bars) * ROW

    def drawn(self) -> list[Drawn]:
        """The bars with their places."""
        return [
            Drawn(
                bar=bar,
                x=self.across(bar.start),
                width=self.across(max(bar.end - bar.start, self.most / THINNEST)),
                mark="" if bar.mark is None or self._is_thin(bar) else self.across(bar.mark),
                text_y=place * ROW + BAR_TOP - 6,
                bar_y=place * ROW + BAR_TOP,
            )
            for place, bar in enumerate(self.bars)
        ]

    def lines(self) -> list[Line]:
        """The upright lines."""
        return [Line(self.across(value), label) for value, label in self.marks]

    def _is_thin(self, bar: Bar) -> bool:
        """Whether a mark would hide the bar."""
        return bar.end - bar.start < 3 * self.most / THINNEST

    def across(self, value: float) -> str:
        """A value as per cent of the width."""
        return f"{max(0.0, min(1.0, value / self.most)) * 100:.2f}%"


def chart_of(code: str, values: Values, outputs: Mapping[str, Output]) -> Chart | None:
    """The chart of a calculator's result; None where figures say it better."""
    draw = CHARTS.get(code)
    return draw(values, outputs) if draw else None


def _workload(values: Values, outputs: Mapping[str, Output]) -> Chart:
    """Capacity now and with what-if rows against the bands, then each row's share."""
    bars = [_range(_("Now"), outputs, "capacity")]
    if outputs["whatif_mid"] != outputs["capacity_mid"]:
        bars.append(_range(_("With what-if rows"), outputs, "whatif"))
    fte = number(values["am_fte"])
    bars += [
        Bar(name, f"{mid:.0f} % ({low:.0f} to {high:.0f})", low, high, mid)
        for name, low, mid, high in _row_loads(values, outputs, fte)
    ]
    most = max(BANDS[-1] + 10, *(bar.end for bar in bars)) * HEADROOM
    marks = tuple((float(edge), f"{edge} %") for edge in BANDS)
    note = _("Each bar runs from the optimistic to the cautious view; the mark is the middle one.")
    return Chart(_("Load as a share of the manager's time"), tuple(bars), most, marks, note)


def _row_loads(
    values: Values, outputs: Mapping[str, Output], fte: float
) -> list[tuple[str, float, float, float]]:
    rows = values["alliances"]
    loads = [outputs[f"load_{view}"] for view in ("optimistic", "mid", "cautious")]
    if not isinstance(rows, tuple):
        return []
    found = []
    for place, row in enumerate(rows):
        name = str(row["alliance"]) or _("Row %(number)d") % {"number": place + 1}
        low, mid, high = (
            100 * number(load[place]) / fte if isinstance(load, tuple) else 0.0 for load in loads
        )
        found.append((name, low, mid, high))
    return found


def _range(label: str, outputs: Mapping[str, Output], prefix: str) -> Bar:
    low, mid, high = (number(outputs[f"{prefix}_{view}"]) for view in ("optimistic", "mid", "cautious"))
    return Bar(label, f"{mid:.0f} % ({low:.0f} to {high:.0f})", low, high, mid, tone="strong")


def _delay(values: Values, outputs: Mapping[str, Output]) -> Chart:
    """Low, likely and high cost of the delay."""
    views = (("low", _("Low")), ("likely", _("Likely")), ("high", _("High")))
    costs = [(label, number(outputs[f"delay_cost_{view}"])) for view, label in views]
    bars = tuple(
        Bar(label, f"{cost:,.2f}", 0, cost, tone="strong" if place == 1 else "")
        for place, (label, cost) in enumerate(costs)
    )
    return Chart(
        _("Cost of the delay to us, million USD"), bars, max(cost for _label, cost in costs) * HEADROOM or 1.0
    )


def _equations(values: Values, outputs: Mapping[str, Output]) -> Chart:
    """What both would earn alone, beside what the alliance leaves after friction."""
    us, partner = number(values["own_value_us"]), number(values["own_value_partner"])
    net = number(outputs["net_joint_value"])
    bars = (
        Bar(_("We alone"), f"{us:,.1f}", 0, us),
        Bar(_("The partner alone"), f"{partner:,.1f}", 0, partner),
        Bar(_("Both, separate plans"), f"{us + partner:,.1f}", 0, us + partner),
        Bar(_("Together, after friction"), f"{net:,.1f}", 0, max(net, 0.0), tone="strong"),
    )
    target = 1.5 * (us + partner)
    marks = ((target, _("target %(value)s") % {"value": f"{target:,.0f}"}),) if target else ()
    most = max(net, us + partner, target) * HEADROOM or 1.0
    return Chart(_("Value, million USD"), bars, most, marks)


def _readiness(values: Values, outputs: Mapping[str, Output]) -> Chart:
    """The seven items on their scale."""
    names = {
        "strategy": _("Strategy"),
        "planning": _("Planning"),
        "executives": _("Executives"),
        "process": _("Process"),
        "infrastructure": _("Infrastructure"),
        "function": _("Alliance function"),
        "culture": _("Culture"),
    }
    points = [(label, number(values[key])) for key, label in names.items()]
    lowest = min(value for _label, value in points)
    bars = tuple(
        Bar(
            label,
            f"{value:g}" + (f", {_('lowest')}" if value == lowest else ""),
            0,
            value,
            tone="strong" if value == lowest else "",
        )
        for label, value in points
    )
    return Chart(_("Profile, 0 to 4"), bars, 4.0)


def _screener(values: Values, outputs: Mapping[str, Output]) -> Chart:
    """Both indices on their scale."""
    value, load = number(outputs["value_index"]), number(outputs["load_index"])
    bars = (
        Bar(_("Value index V"), f"{value:.1f}", 0, value, tone="strong"),
        Bar(_("Load index L"), f"{load:.1f}", 0, load, tone="strong"),
    )
    return Chart(_("Indices, 0 to 4"), bars, 4.0, note=_("T1 needs V of 3 or more and L of 2 or more."))


CHARTS: Mapping[str, Callable[[Values, Mapping[str, Output]], Chart]] = {
    "T01": _screener,
    "T14": _workload,
    "T15": _delay,
    "T15b": _equations,
    "T20": _readiness,
}
