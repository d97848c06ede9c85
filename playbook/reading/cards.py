"""Plays as lists show them: one card a play, cut to what the reader may see, in a constant number of queries."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.models import Term
from playbook.managers import PortalPageQuerySet
from playbook.models import PlayPage, ToolPage, ToolUse
from playbook.reading.terms import PlayTerms, terms_of
from playbook.review import Trust


@dataclass(frozen=True, slots=True)
class PlayCard:
    """One play in a list."""

    pk: int
    code: str
    title: str
    url: str
    summary: str
    steps: int
    tools: int
    terms: PlayTerms
    component: str
    owner: str
    owner_id: int | None
    trust: Trust

    @property
    def phase(self) -> str:
        """The colour of the card: its first phase."""
        return next((term.code for term in self.terms.phases), "")


def visible_plays(reader: object) -> PortalPageQuerySet:
    """The plays a reader may see, in the order of their codes."""
    plays: PortalPageQuerySet = PlayPage.objects.visible_to(reader).exclude(code=None).order_by("code")
    return plays


def play_cards(reader: object, phase: Term | None = None) -> list[PlayCard]:
    """A card for every play the reader may see, or for those of one phase."""
    found = visible_plays(reader).select_related("play_owner")
    plays = list(found.filter(phases=phase) if phase else found)
    terms = terms_of(plays)
    tools = tool_counts(plays, reader)
    return [_card(play, terms.get(play.pk, PlayTerms()), tools) for play in plays]


def tool_counts(plays: Iterable[PlayPage], reader: object) -> Mapping[int, int]:
    """How many tools a reader finds at each play."""
    uses = ToolUse.objects.filter(
        play__in=[play.pk for play in plays], tool__in=ToolPage.objects.visible_to(reader).values("pk")
    )
    return Counter(play for play, _tool in uses.values_list("play_id", "tool_id").distinct())


def _card(play: PlayPage, terms: PlayTerms, tools: Mapping[int, int]) -> PlayCard:
    return PlayCard(
        pk=play.pk,
        code=play.code or "",
        title=play.title,
        url=play.get_absolute_url(),
        summary=play.summary,
        steps=len(play.steps.raw_data),
        tools=tools.get(play.pk, 0),
        terms=terms,
        component=terms.first_component(play),
        owner=play.play_owner.name if play.play_owner else "",
        owner_id=play.play_owner_id,
        trust=play.trust,
    )
