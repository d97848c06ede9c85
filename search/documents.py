"""What an app tells the search engine about its objects.

Each app registers one `DocumentSpec` a kind from `AppConfig.ready()`; search/ imports no domain app. A document is made
from the object as it is in the database now, never from what a queue carried. Text in a document is plain text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from core.registries import Registry


@dataclass(frozen=True, slots=True)
class Document:
    """One object as both engines index it.

    `audience` is the token that decides who may find it (core/audiences.py). `facets` maps a facet name to codes, as
    registered in `facets` below. `reuse` counts verified uses, `helpful` votes; both feed small bounded boosts.
    `in_everything` is False for external material, which has its own tab and stands outside "Everything".
    """

    kind: str
    object_id: int
    version: int
    title: str
    text: str
    audience: str
    date: datetime | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reuse: int = 0
    helpful: int = 0
    in_everything: bool = True

    @property
    def key(self) -> str:
        """The id in the index, unique over all kinds."""
        return f"{self.kind}:{self.object_id}"


@dataclass(frozen=True)
class DocumentSpec:
    """How one kind of object is indexed, re-checked and shown.

    `queryset()` gives all objects that belong into the index, with what `to_document` needs selected; an object outside
    it is removed from the index. `visible_to(rows, reader)` is the app's one access rule. `hit_template` shows a hit; it
    gets `hit` (search.results.Hit) with `hit.object` filled from `for_hits(rows)`, so with no query a hit.
    """

    kind: str
    label: str | Promise
    label_plural: str | Promise
    icon: str
    model: type[Model]
    queryset: Callable[[], QuerySet[Any]]
    to_document: Callable[[Any], Document]
    visible_to: Callable[[QuerySet[Any], object], QuerySet[Any]]
    for_hits: Callable[[QuerySet[Any]], QuerySet[Any]]
    hit_template: str
    facets: tuple[str, ...] = ()
    in_everything: bool = True


@dataclass(frozen=True)
class Facet:
    """One way to narrow results. `labels` maps codes to words, in reading order.

    Where the codes are words themselves, as the names of countries are, `speaks` is True: results then show them as they
    are, by the alphabet, and `labels` is asked only whether an address names one there is.
    """

    name: str
    label: str | Promise
    labels: Callable[[], Mapping[str, str]]
    speaks: bool = False


specs: Registry[DocumentSpec] = Registry("Search kinds")
facets: Registry[Facet] = Registry("Search facets")
