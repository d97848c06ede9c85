"""Makes stored HTML again where the rules that made it have changed. What was edited meanwhile is new already."""

from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from core.rendered import RenderedKind

BATCH = 200
log = structlog.get_logger(__name__)
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Renewal:
    """How many rows of a kind were stale, made again, and failed."""

    kind: RenderedKind
    stale: int
    done: int = 0
    failed: list[object] = field(default_factory=list)


def render_again(kind: RenderedKind, *, progress: Progress, dry_run: bool = False) -> Renewal:
    """Goes through the stale rows of a kind in batches; one that fails is logged, passed over and reported."""
    renewal = Renewal(kind, stale=kind.stale().count())
    last: object = None
    while not dry_run:
        rows = kind.stale().order_by("pk")
        batch = list((rows if last is None else rows.filter(pk__gt=last))[:BATCH])
        if not batch:
            break
        for row in batch:
            _renew(renewal, row)
        last = batch[-1].pk
        progress(renewal.done, renewal.stale)
    return renewal


def _renew(renewal: Renewal, row: object) -> None:
    pk = getattr(row, "pk", None)
    try:
        renewal.kind.renew(row)
    except Exception as error:
        log.exception("text_not_rendered", kind=renewal.kind.label, pk=pk, error=type(error).__name__)
        renewal.failed.append(pk)
    else:
        renewal.done += 1
