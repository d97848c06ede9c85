"""Documents like a given one."""

from search.results import Hit


def related(kind: str, object_id: int, reader: object, limit: int = 5) -> list[Hit]:
    """Visible documents like this one, best first, objects filled; external material never among internal."""
    raise NotImplementedError
