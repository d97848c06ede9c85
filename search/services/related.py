"""Documents like a given one."""

from core.audiences import tokens_of
from search.engines.choice import answered
from search.results import Hit
from search.services.recheck import recheck


def related(kind: str, object_id: int, reader: object, limit: int = 5) -> list[Hit]:
    """Visible documents like this one, best first, objects filled; external material never among internal."""
    tokens = tokens_of(reader)
    found, _degraded = answered(
        lambda engine, excluded: engine.related(kind, object_id, tokens, excluded=excluded, limit=limit)
    )
    return recheck(found, reader)
