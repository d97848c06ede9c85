"""Reading drafts. A draft is its owner's alone: there is no way here to ask for another's."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from composer.data import KEPT, DraftData
from composer.models import Draft
from core.written import is_written
from people.models import User

EXCERPT = 160
MEMORY = frozenset({KEPT, "shown", "harmless", "attachments"})
"""What forms remember in hidden fields."""


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft in the list of drafts; `excerpt` begins the longest text in it."""

    pk: int
    key: str
    label: str
    url: str
    updated: datetime
    excerpt: str


def own_drafts(owner: User) -> QuerySet[Draft]:
    """The drafts of a person that were not thrown away, the newest first."""
    return Draft.objects.filter(owner=owner, discarded=None)


def read_draft(*, owner: User, key: str) -> DraftData | None:
    """What the owner typed at a place and did not send; None where there is nothing."""
    row = own_drafts(owner).filter(key=key).first()
    return None if row is None else draft_data(row)


def drafts_of(owner: User) -> list[DraftData]:
    """All drafts of a person, the newest first."""
    return [draft_data(row) for row in own_drafts(owner)]


def kept_values(field: str) -> list[str]:
    """What a form field holds in all drafts, also in those that can be taken back. For services that tidy up."""
    values = Draft.objects.filter(fields__has_key=field).values_list(f"fields__{field}", flat=True)
    return [str(value) for value in values if value]


def draft_data(row: Draft) -> DraftData:
    """A row as other rooms get it."""
    return DraftData(key=row.key, label=row.label, url=row.url, fields=row.fields, updated=row.updated)


def texts_of(row: Draft) -> list[str]:
    """What its owner wrote in it, the longest first: whatever is words and no memory of the form."""
    written = [text for name, text in row.fields.items() if name not in MEMORY and is_written(text)]
    return sorted(written, key=len, reverse=True)


def address_of(owner: User, key: str) -> str:
    """Where the owner reads all of a draft; the list where there is none."""
    row = Draft.objects.filter(owner=owner, key=key).first()
    return reverse("composer:draft", args=[row.pk]) if row else reverse("composer:drafts")


def draft_cards(owner: User) -> tuple[list[DraftCard], list[DraftCard]]:
    """The drafts of a person, those that wait and those thrown away lately, in one query."""
    rows = list(Draft.objects.filter(owner=owner))
    waiting = [_card(row) for row in rows if row.discarded is None]
    return waiting, [_card(row) for row in rows if row.discarded is not None]


def _card(row: Draft) -> DraftCard:
    longest = max(row.fields.values(), key=len, default="")
    excerpt = " ".join(longest[: 4 * EXCERPT].split())
    shown = excerpt if len(excerpt) <= EXCERPT else f"{excerpt[:EXCERPT].rstrip()}…"
    return DraftCard(row.pk, row.key, row.label, row.url, row.updated, "" if shown == row.label else shown)
