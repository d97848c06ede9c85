"""The way back up, as templates/components/breadcrumbs.html shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Crumb:
    """One place above; the last one has no address."""

    label: str
    url: str = ""
