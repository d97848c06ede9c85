"""The four figures with a target, in words: value, cases, whether the target is met, and how each is counted."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import ge, le

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mentoring.reporting.measures import Measured, Measures

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """What is measured, and where its target lies."""

    code: str
    label: Words
    unit: Words
    limit: int
    meets: Callable[[float, float], bool]
    target: Words
    how: Words


MATCH_RATE = Kind(
    code="match_rate",
    label=gettext_lazy("Have a mentor"),
    unit=gettext_lazy("per cent"),
    limit=95,
    meets=ge,
    target=gettext_lazy("at least 95 %"),
    how=gettext_lazy("Of everybody appointed in this period, who has or had a mentor since."),
)
FIRST_TALK = Kind(
    code="first_talk",
    label=gettext_lazy("To the first talk"),
    unit=gettext_lazy("days"),
    limit=7,
    meets=le,
    target=gettext_lazy("at most 7 days"),
    how=gettext_lazy(
        "Median of the calendar days from the beginning of a pair to its first talk held: "
        "pairs that began in this period and have talked."
    ),
)
TALKS = Kind(
    code="talks",
    label=gettext_lazy("Talks in the first 90 days"),
    unit=gettext_lazy("a pair"),
    limit=8,
    meets=ge,
    target=gettext_lazy("at least 8"),
    how=gettext_lazy(
        "Mean of the talks held within 90 days of the beginning: pairs whose 90 days were over "
        "in this period, also those that ended sooner."
    ),
)
PULSES = Kind(
    code="pulses",
    label=gettext_lazy("How much it helps"),
    unit=gettext_lazy("of 5"),
    limit=4,
    meets=ge,
    target=gettext_lazy("at least 4 of 5"),
    how=gettext_lazy("Mean of the values in pulses that mentees and mentors answered in this period."),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One of them. No value where too few people stand behind it."""

    kind: Kind
    value: float | None
    cases: str

    @property
    def text(self) -> str:
        """The value, or why there is none."""
        return too_few() if self.value is None else spoken(self.value)

    @property
    def met(self) -> bool | None:
        """Whether the value itself reaches the target, not what rounding makes of it."""
        return None if self.value is None else self.kind.meets(self.value, self.kind.limit)

    @property
    def standing(self) -> str:
        """The same in words."""
        if self.met is None:
            return _("Too few people to say")
        return _("Target met") if self.met else _("Target not met")

    @property
    def tone(self) -> str:
        """The colour beside the words."""
        return "" if self.met is None else ("ok" if self.met else "warn")

    @property
    def icon(self) -> str:
        """The icon beside the words."""
        return "info" if self.met is None else ("circle-check" if self.met else "triangle-alert")


def too_few() -> str:
    """What stands in the place of a group that is too small."""
    return _("fewer than 5")


def spoken(value: float) -> str:
    """One decimal where it says something."""
    rounded = round(value, 1)
    return number_format(rounded, 0 if rounded.is_integer() else 1)


def figures(measured: Measures, *, appointed: int | None, paired: int | None) -> list[Figure]:
    """All four, in the order in which a mentorship goes."""
    return [
        _match_rate(appointed, paired),
        _of_pairs(FIRST_TALK, measured.first_talk),
        _of_pairs(TALKS, measured.talks),
        _pulses(measured.pulses),
    ]


def _match_rate(appointed: int | None, paired: int | None) -> Figure:
    if appointed is None or paired is None:
        return Figure(MATCH_RATE, None, _few_people())
    cases = _("%(paired)d of %(appointed)d people") % {"paired": paired, "appointed": appointed}
    return Figure(MATCH_RATE, 100 * paired / appointed, cases)


def _of_pairs(kind: Kind, found: Measured) -> Figure:
    if found.cases is None:
        return Figure(kind, None, _("fewer than 5 mentees"))
    return Figure(kind, found.value, ngettext("%(n)d pair", "%(n)d pairs", found.cases) % {"n": found.cases})


def _pulses(found: Measured) -> Figure:
    if found.cases is None or found.people is None:
        return Figure(PULSES, None, _few_people())
    answers = ngettext("%(n)d answer", "%(n)d answers", found.cases) % {"n": found.cases}
    people = ngettext("%(n)d person", "%(n)d people", found.people) % {"n": found.people}
    cases = _("%(answers)s of %(people)s") % {"answers": answers, "people": people}
    return Figure(PULSES, found.value, cases)


def _few_people() -> str:
    return _("fewer than 5 people")
