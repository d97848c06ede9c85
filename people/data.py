"""What other rooms and pages get from people/: frozen values, never models."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something a person has done, with where to see it."""

    label: str
    count: int
    url: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge says, in words and with an icon."""

    name: str | Promise
    icon: str


@dataclass(frozen=True, slots=True)
class OwnedThing:
    """Something a person answers for."""

    title: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a person's page that another room fills; the lowest order stands first."""

    template: str
    context: Mapping[str, Any]
    order: int = 0


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """One invented person to sign in as; `password` is that of the whole demo."""

    name: str
    email: str
    password: str
    role: str
    job_title: str


@dataclass(frozen=True, slots=True)
class CompetenceData:
    """One of the fourteen competences; `kind` is area or habit, `levels` are four sentences."""

    code: str
    kind: str
    title: str
    what: str
    behaviours: tuple[str, ...]
    levels: tuple[str, ...]
    plays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SelfCheckData:
    """A check somebody took, for that person's eyes only."""

    pk: int
    taken: datetime
    levels: Mapping[str, int]
    examples: Mapping[str, str]
    picks: tuple[str, ...]
