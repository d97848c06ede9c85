"""The library of tools: every tool the reader may see, by kind, narrowed by kind, phase and words.

The address holds what was chosen. Counts beside a kind hold under the other choices. The number of queries is constant.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.crumbs import Crumb
from core.models import Term, Vocabulary
from playbook.addresses import address_of
from playbook.models import PlayPage, ToolPage, ToolUse
from playbook.models.tool import ICONS, ToolIndexPage, ToolKind

MAX_WORDS = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stands in the address."""

    kind: str = ""
    phase: str = ""
    words: str = ""

    def address(self, **changes: str) -> str:
        """The address with changes."""
        state = {"kind": self.kind, "phase": self.phase, "q": self.words} | changes
        pairs = {name: value for name, value in state.items() if value}
        return f"?{urlencode(pairs)}" if pairs else "?"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow."""

    code: str
    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ToolCard:
    """One tool in the library."""

    tool: ToolPage
    url: str
    phases: tuple[Term, ...]
    plays: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """The tools of one kind."""

    label: str
    icon: str
    cards: tuple[ToolCard, ...]


def library_context(page: ToolIndexPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the library."""
    chosen = _chosen(request)
    terms = list(Term.objects.of(Vocabulary.LIFECYCLE_PHASE))
    cards = _cards(request.user, chosen.words, terms)
    in_phase = [card for card in cards if _is_in(card, chosen.phase)]
    of_kind = [card for card in cards if chosen.kind in ("", card.tool.kind)]
    shown = [card for card in in_phase if card in of_kind]
    above = page.get_parent()
    return {
        "crumbs": [Crumb(above.title, address_of(above)), Crumb(page.title)],
        "chosen": chosen,
        "kinds": _kinds(chosen, in_phase),
        "phases": _phases(chosen, of_kind, terms),
        "shelves": _shelves(shown),
        "shown": len(shown),
    }


def _chosen(request: HttpRequest) -> Chosen:
    """What can be read of the address; anything else counts as nothing chosen."""
    kind, phase = request.GET.get("kind", ""), request.GET.get("phase", "")
    return Chosen(
        kind=kind if kind in ToolKind.values else "",
        phase=phase if phase.isidentifier() else "",
        words=" ".join(request.GET.get("q", "").replace("\x00", "").split())[:MAX_WORDS],
    )


def _cards(reader: object, words: str, terms: list[Term]) -> list[ToolCard]:
    tools = list(_found(ToolPage.objects.visible_to(reader), words).order_by("code"))
    phases, plays = _uses(tools, reader, terms)
    return [
        ToolCard(tool, tool.get_absolute_url(), phases.get(tool.pk, ()), plays.get(tool.pk, 0))
        for tool in tools
    ]


def _found(tools: Any, words: str) -> Any:
    """Tools in whose head all words stand; the search page looks inside them too."""
    for word in words.split():
        tools = tools.filter(
            Q(title__icontains=word)
            | Q(code__iexact=word)
            | Q(summary__icontains=word)
            | Q(use_when__icontains=word)
            | Q(how__icontains=word)
        )
    return tools.exclude(code=None).defer_streamfields()


def _uses(
    tools: Iterable[ToolPage], reader: object, terms: list[Term]
) -> tuple[Mapping[int, tuple[Term, ...]], Mapping[int, int]]:
    """Phases and number of plays of each tool, of the plays the reader may see."""
    uses = set(
        ToolUse.objects.filter(
            tool__in=[tool.pk for tool in tools], play__in=PlayPage.objects.visible_to(reader).values("pk")
        ).values_list("tool_id", "play_id", "play__phases")
    )
    found = {(tool, phase) for tool, _play, phase in uses}
    phases = {tool.pk: tuple(term for term in terms if (tool.pk, term.pk) in found) for tool in tools}
    return phases, Counter(tool for tool, _play in {(tool, play) for tool, play, _phase in uses})


def _is_in(card: ToolCard, phase: str) -> bool:
    return not phase or any(term.code == phase for term in card.phases)


def _kinds(chosen: Chosen, cards: list[ToolCard]) -> list[Choice]:
    counts = Counter(card.tool.kind for card in cards)
    everything = Choice("", _("All kinds"), len(cards), chosen.address(kind=""), not chosen.kind)
    return [everything] + [
        Choice(value, str(label), counts[value], chosen.address(kind=value), chosen.kind == value)
        for value, label in ToolKind.choices
    ]


def _phases(chosen: Chosen, cards: list[ToolCard], terms: list[Term]) -> list[Choice]:
    counts = Counter(term.code for card in cards for term in card.phases)
    return [
        Choice(
            term.code,
            term.label,
            counts[term.code],
            chosen.address(phase="" if chosen.phase == term.code else term.code),
            chosen.phase == term.code,
        )
        for term in terms
    ]


def _shelves(cards: list[ToolCard]) -> list[Shelf]:
    """Cards by kind, in the order of the kinds."""
    shelves = []
    for value, label in ToolKind.choices:
        own = tuple(card for card in cards if card.tool.kind == value)
        if own:
            shelves.append(Shelf(str(label), ICONS[value], own))
    return shelves
