"""How a reader narrows the list of lessons: by plain GET, so that the address holds the state.

What is not a known value is dropped, never an error: links grow old.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import Term, Vocabulary
from lessons.choices import Outcome
from lessons.importing.mapping import FACETS
from lessons.managers import LessonQuerySet
from lessons.models import Citation, LessonSource

TERM_FILTERS = {
    "phase": Vocabulary.LIFECYCLE_PHASE,
    "alliance_type": Vocabulary.ALLIANCE_TYPE,
    "partner_type": Vocabulary.PARTNER_TYPE,
    "activity": Vocabulary.ACTIVITY,
}
OURS, EXTERNAL = "ours", "external"
OFFERED = {
    OURS: ("phase", "outcome", "alliance_type", "partner_type", "year", "activity"),
    EXTERNAL: ("source", "year"),
}
PLAY = "play"
AUTHOR = "author"
SORT = "sort"
PK_DIGITS = 18
NEWEST = "newest"
ORDERS = {NEWEST: "recorded", "used": "use_count"}
"""Order to the field it sorts by; the newest lesson or the highest count stands first."""
BY_LINK_ONLY = frozenset({PLAY, AUTHOR, "activity"})
"""Reached by links of other pages; not among the fields of the form."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter."""

    code: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow the list; `without` is the query string that takes it off again."""

    name: str
    label: str
    options: list[Option]
    without: str = ""

    @property
    def chosen(self) -> Option | None:
        """The value chosen, if any."""
        return next((option for option in self.options if option.chosen), None)

    @property
    def is_offered(self) -> bool:
        """Whether the form has a field for it."""
        return self.name not in BY_LINK_ONLY and bool(self.options)


def filters_of(tab: str, query: Mapping[str, str], rows: LessonQuerySet) -> list[Filter]:
    """The filters of a tab with their values; `rows` are the lessons of the tab the reader may see."""
    values = _values(tab, rows)
    found = []
    for name in OFFERED[tab]:
        chosen = query.get(name, "")
        options = [Option(code, label, code == chosen) for code, label in values[name]]
        found.append(Filter(name, _label(name), options, _without(name, tab, query)))
    if tab == OURS and query.get(PLAY):
        option = Option(query[PLAY], query[PLAY], chosen=True)
        found.append(Filter(PLAY, _("Play"), [option], _without(PLAY, tab, query)))
    if tab == OURS and query.get(AUTHOR):
        options = [Option(query[AUTHOR], name, chosen=True) for name in _author(rows, query[AUTHOR])]
        found.append(Filter(AUTHOR, _("Author"), options, _without(AUTHOR, tab, query)))
    return found


def narrowed(rows: LessonQuerySet, filters: list[Filter]) -> LessonQuerySet:
    """The rows that fit every chosen value."""
    for choice in filters:
        if choice.chosen is not None:
            rows = _fitting(rows, choice.name, choice.chosen.code)
    return rows


def order_of(tab: str, query: Mapping[str, str]) -> str:
    """How the list is ordered; external lessons are not used by us, so they have no other order."""
    chosen = query.get(SORT, NEWEST)
    return chosen if tab == OURS and chosen in ORDERS else NEWEST


def orders(chosen: str) -> list[Option]:
    """The orders a reader may choose."""
    labels = {NEWEST: _("Newest first"), "used": _("Most used first")}
    return [Option(code, label, code == chosen) for code, label in labels.items()]


def query_string(tab: str, filters: list[Filter], order: str = NEWEST) -> str:
    """The state of the list for links, without a cursor."""
    state = {choice.name: choice.chosen.code for choice in filters if choice.chosen is not None}
    if order != NEWEST:
        state[SORT] = order
    return urlencode({"tab": tab, **state} if tab != OURS else state)


def _fitting(rows: LessonQuerySet, name: str, code: str) -> LessonQuerySet:
    if name == "year":
        return rows.filter(recorded__year=int(code))
    if name == PLAY:
        cited = Citation.objects.standing().filter(play__code=code)
        return rows.filter(pk__in=cited.values("lesson"))
    if name == AUTHOR:
        return _by(rows, code)
    return rows.filter(outcome=code) if name == "outcome" else rows.filter(**{f"{name}__code": code})


def _by(rows: LessonQuerySet, code: str) -> LessonQuerySet:
    """What somebody wrote under their name; what they wrote without it leads to nobody."""
    return rows.filter(author=int(code), unnamed=False)


def _author(rows: LessonQuerySet, code: str) -> list[str]:
    """The name of who wrote one of the rows; of nobody else, so that the list tells no names."""
    if not code.isascii() or not code.isdecimal() or len(code) > PK_DIGITS:
        return []
    return list(_by(rows, code).order_by().values_list("author__name", flat=True)[:1])


def _without(name: str, tab: str, query: Mapping[str, str]) -> str:
    state = {key: query[key] for key in (*OFFERED[tab], PLAY, AUTHOR, SORT) if key != name and query.get(key)}
    return urlencode({"tab": tab, **state} if tab != OURS else state)


def _values(tab: str, rows: LessonQuerySet) -> dict[str, list[tuple[str, str]]]:
    years = _years(rows)
    if tab == EXTERNAL:
        return {"source": list(LessonSource.objects.values_list("code", "name")), "year": years}
    terms: dict[str, list[tuple[str, str]]] = {name: [] for name in TERM_FILTERS}
    names = {FACETS[name]: name for name in TERM_FILTERS}
    for term in Term.objects.filter(vocabulary__in=names).order_by("order", "code"):
        terms[names[term.vocabulary]].append((term.code, term.label))
    return {**terms, "outcome": [(str(code), str(label)) for code, label in Outcome.choices], "year": years}


def _years(rows: LessonQuerySet) -> list[tuple[str, str]]:
    first = rows.aggregate(first=Min("recorded"))["first"]
    if first is None:
        return []
    return [(str(year), str(year)) for year in range(timezone.localdate().year, first.year - 1, -1)]


def _label(name: str) -> str:
    if name in TERM_FILTERS:
        return str(TERM_FILTERS[name].label)
    field = {"outcome": _("Outcome"), "source": _("Source"), "year": _("Year")}
    return field[name]
