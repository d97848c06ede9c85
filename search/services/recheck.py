"""The last word on access: every hit is asked of the database before it is shown.

One query for each kind shown. A hit that the database refuses is dropped, logged without its text, and counted:
it means that an index told more than it may, or that a change is on its way.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import structlog

from search.documents import specs
from search.metrics import search_recheck_dropped
from search.results import Hit

logger = structlog.get_logger(__name__)


def recheck(hits: Sequence[Hit], reader: object) -> list[Hit]:
    """The hits the reader may see now, in order, with `object` filled."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for hit in hits:
        wanted[hit.kind].append(hit.object_id)
    objects = {
        (kind, pk): found for kind, pks in wanted.items() for pk, found in _visible(kind, pks, reader).items()
    }
    kept = []
    for hit in hits:
        hit.object = objects.get((hit.kind, hit.object_id))
        if hit.object is None:
            _note(hit)
        else:
            kept.append(hit)
    return kept


def _visible(kind: str, pks: Sequence[int], reader: object) -> dict[int, Any]:
    if kind not in specs:
        return {}
    spec = specs.get(kind)
    # What indexing needs selected is not needed here; `for_hits` selects what the hit shows.
    rows = spec.queryset().filter(pk__in=pks).select_related(None).prefetch_related(None)
    return {found.pk: found for found in spec.visible_to(spec.for_hits(rows), reader)}


def _note(hit: Hit) -> None:
    search_recheck_dropped.add(hit.kind)
    logger.warning("search_hit_refused", kind=hit.kind, object_id=hit.object_id)
