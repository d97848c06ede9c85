"""Which stored HTML there is, so that it can be made again when the rules of core.markdown change.

Every model with `RenderedMixin` is found by itself, so that none can be forgotten. Other stored HTML is registered in
`rendered_kinds` by its room, in `AppConfig.ready()`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.apps import apps
from django.db.models import Model, QuerySet

from core.markdown import CONFIG_HASH
from core.models import RenderedMixin
from core.registries import Registry


@dataclass(frozen=True, slots=True)
class RenderedKind:
    """Rows whose HTML may be old. `renew` stores new HTML and leaves a row alone that was edited meanwhile."""

    label: str
    stale: Callable[[], QuerySet[Any]]
    renew: Callable[[Any], object]


rendered_kinds: Registry[RenderedKind] = Registry("stored HTML")


def all_kinds() -> Iterator[RenderedKind]:
    """Everything that stores HTML, by name of its model."""
    for model in apps.get_models():
        if issubclass(model, RenderedMixin) and not model._meta.proxy:
            yield RenderedKind(model._meta.label_lower, _stale_rows(model), _renew_row)
    yield from rendered_kinds


def _stale_rows(model: type[Model]) -> Callable[[], QuerySet[Any]]:
    return lambda: model._base_manager.exclude(rendered_with=CONFIG_HASH)


def _renew_row(row: RenderedMixin) -> None:
    before = row.rendered_with
    fields = row.render_texts()
    rows = cast("QuerySet[Any]", type(row)._base_manager.filter(pk=row.pk, rendered_with=before))
    rows.update(**{field: getattr(row, field) for field in fields})
