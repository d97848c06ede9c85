"""The match rule as a boolean expression, in whatever syntax a database has.

"At least two of n" is built by halving (two of the left, two of the right, or one of each), so that its length grows
with n log n and not with the number of pairs.
"""

from collections.abc import Callable, Sequence

from search.parsing import Alternative, ParsedQuery, Unit

Write = Callable[[Alternative], str]


class Syntax:
    """How one database writes words and joins them."""

    def __init__(self, write: Write, *, and_: str, or_: str) -> None:
        self._write = write
        self._and = f" {and_} "
        self._or = f" {or_} "

    def all_of(self, parts: Sequence[str]) -> str:
        """Every part; empty parts are left out."""
        return self._joined(self._and, parts)

    def any_of(self, parts: Sequence[str]) -> str:
        """One part or more; empty parts are left out."""
        return self._joined(self._or, parts)

    def unit(self, unit: Unit) -> str:
        """A unit is found when one of its alternatives is."""
        return self.any_of([self._write(alternative) for alternative in unit.alternatives])

    def phrases(self, phrases: Sequence[Alternative]) -> list[str]:
        """Strict phrases, each on its own."""
        return [self._write(phrase) for phrase in phrases]

    def rule(self, parsed: ParsedQuery) -> str:
        """The whole query but for what is excluded."""
        units = [self.unit(unit) for unit in parsed.units]
        return self.all_of([self._at_least(parsed.required, units), *self.phrases(parsed.phrases)])

    def anything(self, parsed: ParsedQuery) -> str:
        """Any part of the query: what is scored. A repeated word stands there as often as it was typed."""
        units = [self.unit(unit) for unit in parsed.units for _ in range(unit.weight)]
        return self.any_of([*units, *self.phrases(parsed.phrases)])

    def _at_least(self, required: int, units: Sequence[str]) -> str:
        if required >= len(units):
            return self.all_of(units)
        return self.any_of(units) if required <= 1 else self._two_of(units)

    def _two_of(self, units: Sequence[str]) -> str:
        if len(units) < 2:
            return ""
        if len(units) == 2:
            return self.all_of(units)
        left, right = units[: len(units) // 2], units[len(units) // 2 :]
        one_of_each = self.all_of([self.any_of(left), self.any_of(right)])
        return self.any_of([self._two_of(left), self._two_of(right), one_of_each])

    def _joined(self, joint: str, parts: Sequence[str]) -> str:
        wanted = [part for part in parts if part]
        return f"({joint.join(wanted)})" if len(wanted) > 1 else "".join(wanted)
