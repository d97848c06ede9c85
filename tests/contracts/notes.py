"""A small kind of document for the contract: a real table, made for the tests, with the one access rule of the portal."""

from typing import Any

from django.db import connection, models
from django.db.models import QuerySet

from core.audiences import tokens_of
from core.managers import AudienceQuerySet
from search.documents import Document, DocumentSpec, Facet
from search.mixins import SearchableMixin


class Note(SearchableMixin):
    """A searchable object. `shelf` decides its kind: two internal ones, and one that stands outside Everything."""

    shelf = models.CharField(max_length=20, default="note")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    audience = models.CharField(max_length=80, default="community")
    published = models.BooleanField(default=True)
    date = models.DateTimeField(null=True)
    reuse = models.PositiveBigIntegerField(default=0)
    facets = models.JSONField(default=dict)

    objects = AudienceQuerySet.as_manager()

    class Meta:
        app_label = "contracts"

    def __str__(self) -> str:
        return self.title


def make_table() -> None:
    """The table of notes, once a test database."""
    if Note._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(Note)


COLOURS = {"red": "Red", "green": "Green", "blue": "Blue"}
SIZES = {"small": "Small", "large": "Large"}
FACETS = (
    Facet("colour", "Colour", lambda: COLOURS),
    Facet("size", "Size", lambda: SIZES),
)
KINDS = {"note": True, "memo": True, "clipping": False}


def to_document(note: Note) -> Document:
    """A note as a document."""
    return Document(
        kind=note.shelf,
        object_id=note.pk,
        version=note.search_version,
        title=note.title,
        text=note.text,
        audience=note.audience,
        date=note.date,
        facets={name: tuple(codes) for name, codes in note.facets.items()},
        reuse=note.reuse,
        in_everything=KINDS[note.shelf],
    )


def visible_to(rows: QuerySet[Any], reader: object) -> QuerySet[Any]:
    """The access rule, as apps write it."""
    return rows.filter(audience__in=tokens_of(reader))


def spec_of(kind: str) -> DocumentSpec:
    """The document spec of one shelf."""

    def queryset() -> Any:
        return Note.objects.filter(shelf=kind, published=True)

    return DocumentSpec(
        kind=kind,
        label=kind.title(),
        label_plural=f"{kind.title()}s",
        icon="file",
        model=Note,
        queryset=queryset,
        to_document=to_document,
        visible_to=visible_to,
        for_hits=lambda rows: rows,
        hit_template="search/hit.html",
        facets=tuple(facet.name for facet in FACETS),
        in_everything=KINDS[kind],
    )
