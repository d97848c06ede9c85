"""Documents like a given one."""

from core.audiences import tokens_of
from search.engines.choice import answered
from search.results import Hit
from search.services.recheck import recheck

WIDER = 8
"""How many times more documents are asked for where only those of one kind are wanted."""


def related(
    kind: str, object_id: int, reader: object, limit: int = 5, *, same_kind: bool = False
) -> list[Hit]:
    """Visible documents like this one, best first, objects filled; external material never among internal.

    With `same_kind` only documents of the same kind, picked before the re-check: it stays one query.
    """
    tokens, asked = tokens_of(reader), limit * WIDER if same_kind else limit
    found, _degraded = answered(
        lambda engine, excluded: engine.related(kind, object_id, tokens, excluded=excluded, limit=asked)
    )
    wanted = [hit for hit in found if hit.kind == kind] if same_kind else found
    return recheck(wanted[:limit], reader)
