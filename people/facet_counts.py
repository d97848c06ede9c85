"""Counts all facets of the directory, and who fits, from one pass over the people: one query, whatever is ticked.

Each person is taken once with the names of the ticked facets that they fail. A facet counts those who fail no other one,
so that its numbers say what a further tick would find. Lists are taken apart by the database; no row is loaded.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Q, Value, When

from core.models import Term
from people.facets import FacetSpec, Source
from people.managers import UserQuerySet
from people.models import Profile

_EACH = {
    "sqlite": "json_each(m.{name}) each_value",
    "postgresql": "jsonb_array_elements_text(m.{name}) each_value(value)",
}
_PARTS = {
    Source.COLUMN: "SELECT '{name}', m.{name}, count(*) FROM matched m WHERE {fits} GROUP BY m.{name}",
    Source.LIST: (
        "SELECT '{name}', each_value.value, count(*) FROM matched m, {each} WHERE {fits} GROUP BY each_value.value"
    ),
    Source.TERMS: (
        "SELECT '{name}', t.code, count(*) FROM matched m JOIN {chosen} c ON c.profile_id = m.profile "
        "JOIN {terms} t ON t.id = c.term_id WHERE {fits} GROUP BY t.code"
    ),
}
_ALL = "SELECT '', '', count(*) FROM matched m WHERE {fits}"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many fit everything, and by facet and code how many fit everything but that facet."""

    total: int = 0
    by_facet: dict[str, Counter[str]] = field(default_factory=dict)


def count_facets(people: UserQuerySet, specs: Sequence[FacetSpec], ticked: dict[str, Q]) -> Counts:
    """Counts `people`; `ticked` has the condition of each facet in which something is chosen."""
    failing = {f"fails_{name}": _fails(condition) for name, condition in ticked.items()}
    columns = {spec.name: spec.path for spec in specs if spec.source is not Source.TERMS}
    rows = people.order_by().annotate(**failing).values_list("profile__pk", *columns.values(), *failing)
    try:
        inner, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return Counts()
    names = ", ".join(("profile", *columns, *failing))
    parts = [_ALL.format(fits=_fits(ticked)), *(_part(spec, _fits(ticked, but=spec.name)) for spec in specs)]
    return _read(f"WITH matched ({names}) AS MATERIALIZED ({inner}) {' UNION ALL '.join(parts)}", params)


def _fails(condition: Q) -> Case:
    return Case(When(condition, then=Value(0)), default=Value(1))


def _fits(ticked: Iterable[str], but: str = "") -> str:
    return " AND ".join(f"m.fails_{name} = 0" for name in ticked if name != but) or "1 = 1"


def _part(spec: FacetSpec, fits: str) -> str:
    chosen = {one.name: one.m2m_db_table() for one in Profile._meta.many_to_many}
    return _PARTS[spec.source].format(
        name=spec.name,
        fits=fits,
        each=_EACH[connection.vendor].format(name=spec.name),
        chosen=chosen.get(spec.path, ""),
        terms=Term._meta.db_table,
    )


def _read(statement: str, params: Sequence[Any]) -> Counts:
    total, by_facet = 0, dict[str, Counter[str]]()
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        for name, code, number in cursor.fetchall():
            if not name:
                total = number
            elif code:
                by_facet.setdefault(name, Counter())[code] = number
    return Counts(total, by_facet)
