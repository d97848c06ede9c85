"""Audiences that an upper room brings, as the teams of alliances: whether a token names one, and its words.

The room registers under the prefix of its tokens in `AppConfig.ready()`. Words are for people who hold the token.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.registries import Registry


@dataclass(frozen=True, slots=True)
class AudienceKind:
    """One kind of token, `PREFIX` and the number or code of what it names."""

    exists: Callable[[str], bool]
    choices: Callable[[object], Iterable[tuple[str, str]]]
    sentence: Callable[[str], str]
    short: Callable[[str], str]


audience_kinds: Registry[AudienceKind] = Registry("Kinds of audiences")


def kind_of(token: str) -> AudienceKind | None:
    """The kind of a token; None for those that core and people know themselves."""
    prefix = token.partition(":")[0] + ":"
    return audience_kinds.get(prefix) if prefix in audience_kinds else None


def further_choices(reader: object) -> list[tuple[str, str]]:
    """Token and words of the further audiences this reader belongs to, for a form."""
    return [choice for kind in audience_kinds for choice in kind.choices(reader)]
