"""Whether a page that came from a file may be written again: only while nobody edited it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from wagtail.models import Page

from playbook.models import LoadedPage
from playbook.services.fingerprint import digest

AnyPage = TypeVar("AnyPage", bound=Page)


class Outcome(StrEnum):
    """What became of one file."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept as edited"


@dataclass(slots=True)
class Counts:
    """How many files came to which end."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0

    def add(self, outcome: Outcome) -> None:
        """Counts one file."""
        name = outcome.name.lower()
        setattr(self, name, getattr(self, name) + 1)

    def __str__(self) -> str:
        return (
            f"{self.created} created, {self.updated} updated, "
            f"{self.unchanged} unchanged, {self.kept} kept as edited"
        )


def next_step(loaded: LoadedPage | None, source: str, current: Callable[[], str]) -> Outcome:
    """What to do with a file whose digest is `source`; `current` gives the digest of the page now."""
    if loaded is None:
        return Outcome.CREATED
    if loaded.source_digest == source:
        return Outcome.UNCHANGED
    return Outcome.UPDATED if loaded.page_digest == current() else Outcome.KEPT


def digest_now(page: AnyPage, fingerprint: Callable[[AnyPage], str]) -> str:
    """The digest of a page with what waits in its draft; nothing for a page that people took off the portal."""
    return fingerprint(page.get_latest_revision_as_object()) if page.live else ""


def remember(*, page: Page, source: str, value: object, page_digest: str) -> None:
    """Notes what was loaded into which page."""
    LoadedPage.objects.update_or_create(
        source=source,
        defaults={"page_id": page.pk, "source_digest": digest(value), "page_digest": page_digest},
    )
