"""Who reports to whom. Cycles and missing managers, which real data has, end the walk."""

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


def managers() -> dict[int, int]:
    """Everybody's direct manager, by the ids of both; one query, for who reckons with all people at once."""
    rows = Profile.objects.filter(manager__isnull=False).values_list("user_id", "manager_id")
    return {person: manager for person, manager in rows if manager is not None}
