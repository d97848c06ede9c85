"""The four figures with a target, in words: value, cases, whether the target is met, and how each is counted."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import ge, le

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mentoring.reporting.measures import Measured, Measures

FIRST_TALK_DAYS = 7
TALKS = 8
PULSE = 4
MATCHED = 95

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Figure:
    """One of them; `met` is None where too few people stand behind it for a value."""

    code: str
    label: Words
    value: float | None
    text: str
    unit: Words
    cases: str
    target: Words
    met: bool | None
    how: Words

    @property
    def standing(self) -> str:
        """Whether the target is met, in words."""
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


def figures(measured: Measures, *, appointed: int | None, paired: int | None) -> list[Figure]:
    """All four, in the order in which a mentorship goes."""
    return [
        _match_rate(appointed, paired),
        _first_talk(measured.first_talk),
        _talks(measured.talks),
        _pulses(measured.pulses),
    ]


def spoken(value: float) -> str:
    """One decimal where it says something."""
    return number_format(round(value, 1), 0 if round(value, 1).is_integer() else 1)


def _figure(
    code: str, value: float | None, target: int, meets: Callable[[float, float], bool], **words: Words
) -> Figure:
    """Judged by the value itself, not by what rounding makes of it."""
    met = None if value is None else meets(value, target)
    text = too_few() if value is None else spoken(value)
    cases = str(words.pop("cases"))
    return Figure(code=code, value=value, text=text, met=met, cases=cases, **words)


def _match_rate(appointed: int | None, paired: int | None) -> Figure:
    known = appointed is not None and paired is not None
    return _figure(
        "match_rate",
        100 * (paired or 0) / (appointed or 1) if known else None,
        MATCHED,
        ge,
        label=gettext_lazy("Have a mentor"),
        unit=gettext_lazy("per cent"),
        target=gettext_lazy("at least 95 %"),
        cases=_("%(paired)d of %(appointed)d people") % {"paired": paired, "appointed": appointed}
        if known
        else _few_people(),
        how=gettext_lazy("Of everybody appointed in this period, who has or had a mentor since."),
    )


def _first_talk(found: Measured) -> Figure:
    return _figure(
        "first_talk",
        found.value,
        FIRST_TALK_DAYS,
        le,
        label=gettext_lazy("To the first talk"),
        unit=gettext_lazy("days"),
        target=gettext_lazy("at most 7 days"),
        cases=_pairs(found),
        how=gettext_lazy(
            "Median of the calendar days from the beginning of a pair to its first talk held: "
            "pairs that began in this period and have talked."
        ),
    )


def _talks(found: Measured) -> Figure:
    return _figure(
        "talks",
        found.value,
        TALKS,
        ge,
        label=gettext_lazy("Talks in the first 90 days"),
        unit=gettext_lazy("a pair"),
        target=gettext_lazy("at least 8"),
        cases=_pairs(found),
        how=gettext_lazy(
            "Mean of the talks held within 90 days of the beginning: pairs whose 90 days were over "
            "in this period, also those that ended sooner."
        ),
    )


def _pulses(found: Measured) -> Figure:
    return _figure(
        "pulses",
        found.value,
        PULSE,
        ge,
        label=gettext_lazy("How much it helps"),
        unit=gettext_lazy("of 5"),
        target=gettext_lazy("at least 4 of 5"),
        cases=_few_people()
        if found.cases is None or found.people is None
        else ngettext("%(n)d answer", "%(n)d answers", found.cases) % {"n": found.cases}
        + " "
        + ngettext("of %(n)d person", "of %(n)d people", found.people) % {"n": found.people},
        how=gettext_lazy("Mean of the values in pulses that mentees and mentors answered in this period."),
    )


def _pairs(found: Measured) -> str:
    if found.cases is None:
        return _("fewer than 5 mentees")
    return ngettext("%(n)d pair", "%(n)d pairs", found.cases) % {"n": found.cases}


def _few_people() -> str:
    return _("fewer than 5 people")
