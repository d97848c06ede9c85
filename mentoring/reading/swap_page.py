"""The swaps for one mentee in words: what each does to the total, to places, wishes and the floor."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mentoring.models import MatchRun
from mentoring.reading.round_page import RANKS
from mentoring.reading.swaps import Choices, Swap, WishLine
from people.models import User


@dataclass(frozen=True, slots=True)
class SwapLine:
    """One swap: the mentor, the fit, the change of the total with its sign, what to know, and what to beware of."""

    mentor: int
    name: str
    score: int
    change: str
    notes: list[str]
    warnings: list[str]


def swap_lines(run: MatchRun, choices: Choices, reader: object) -> list[SwapLine]:
    """In the order of the choices. One query for the names."""
    names = _names(choices, reader)
    return [
        SwapLine(
            one.mentor,
            names[one.mentor],
            one.score,
            f"{one.change:+d}".replace("-", "\N{MINUS SIGN}"),
            list(_notes(one, names)),
            list(_warnings(one, names, run.floor)),
        )
        for one in choices.swaps
    ]


def _names(choices: Choices, reader: object) -> dict[int, str]:
    ids = {pk for one in choices.swaps for mentee, mentor, _points in one.pairs for pk in (mentee, mentor)}
    ids |= {line.mentor for one in choices.swaps for line in (*one.lost, *one.won)}
    return dict(User.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", "name"))


def _notes(one: Swap, names: Mapping[int, str]) -> Iterator[str]:
    if one.trades_with is not None:
        yield _("No free place: trades mentors with %(name)s.") % {"name": names[one.trades_with]}
    for line in one.won:
        yield _("Fulfils the %(rank)s of %(mentee)s.") % _wish(line, names)


def _warnings(one: Swap, names: Mapping[int, str], floor: int) -> Iterator[str]:
    for mentee in one.under_floor:
        values = {"name": names[mentee], "floor": floor}
        yield _("%(name)s falls below the floor of %(floor)d.") % values
    for line in one.lost:
        yield _("%(mentee)s loses the %(rank)s, %(mentor)s.") % _wish(line, names)
    if one.is_last:
        yield _("Takes the last free place of %(name)s.") % {"name": names[one.mentor]}


def _wish(line: WishLine, names: Mapping[int, str]) -> dict[str, object]:
    return {"mentee": names[line.mentee], "mentor": names[line.mentor], "rank": RANKS[line.rank]}
