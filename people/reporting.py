"""Who reports to whom. Cycles and missing managers, which real data has, end the walk."""

from collections.abc import Mapping

from people.models import Profile

LEVELS_UP = 3


def reporting_line(person_id: int, *, up: int = LEVELS_UP) -> frozenset[int]:
    """The managers above a person, at most `up` of them, never the person; one query a level."""
    line: list[int] = []
    below = person_id
    while len(line) < up:
        above = Profile.objects.filter(user=below).values_list("manager_id", flat=True).first()
        if above is None or above == person_id or above in line:
            break
        line.append(above)
        below = above
    return frozenset(line)


def reports_below(person_id: int) -> frozenset[int]:
    """Everybody below a person, however deep, never the person; one query a level."""
    found: set[int] = set()
    level = {person_id}
    while level:
        reports = set(Profile.objects.filter(manager__in=level).values_list("user_id", flat=True))
        level = reports - found - {person_id}
        found |= level
    return frozenset(found)


def lines_above(managers: Mapping[int, int | None]) -> dict[int, frozenset[int]]:
    """Everybody above each of these people, however high and never the person, given who manages them directly.

    One query, of those alone who manage somebody themselves: most people of a company do not.
    """
    manage = Profile.objects.filter(manager__isnull=False).values("manager")
    rows = Profile.objects.filter(user__in=manage, manager__isnull=False).values_list("user_id", "manager_id")
    above = {**dict(rows), **managers}
    return {person: frozenset(_walk_up(person, above)) for person in managers}


def _walk_up(person: int, above: Mapping[int, int | None]) -> set[int]:
    line: set[int] = set()
    at = above.get(person)
    while at is not None and at != person and at not in line:
        line.add(at)
        at = above.get(at)
    return line
