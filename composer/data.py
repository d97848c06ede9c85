"""What other rooms get from the composer: frozen values, never models."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise

KEPT = "kept"
"""The hidden field of words that the writer said are no names; a draft keeps them, one a line."""


class Act(StrEnum):
    """What the button that sent a writing form asks for (`name="act"`)."""

    POST = "post"
    PREVIEW = "preview"
    DRAFT = "draft"
    SWAP = "swap"
    KEEP = "keep"
    ATTACH = "attach"
    DETACH = "detach"


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Where something is written: the key of its draft, what the list of drafts calls it, where writing goes on."""

    key: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class DraftData:
    """A draft of the person who asked for it. `fields` maps names of form fields to what was typed."""

    key: str
    label: str
    url: str
    fields: Mapping[str, str]
    updated: datetime


@dataclass(frozen=True, slots=True)
class NameFinding:
    """Words of a text that may give a partner away. Never says whether they stand on a list.

    `kind` is name, amount, address or phone. `offers` are neutral words to write instead. `places` are all of them in
    the text, as (start, end).
    """

    field: str
    words: str
    kind: str
    message: str | Promise
    offers: tuple[str, ...]
    places: tuple[tuple[int, int], ...] = ()
