"""To which tools and plays some plays are linked as a whole, in one query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Value

from playbook.models import PlayPage

TOOL, PLAY = "tool", "play"


@dataclass(frozen=True, slots=True)
class PlayLinks:
    """Ids of the further tools and of the related plays, by the id of the play."""

    tools: Mapping[int, list[int]]
    related: Mapping[int, list[int]]

    def tool_ids(self) -> set[int]:
        """The tools of all plays."""
        return {pk for ids in self.tools.values() for pk in ids}

    def play_ids(self) -> set[int]:
        """The related plays of all plays."""
        return {pk for ids in self.related.values() for pk in ids}


def links_of(plays: Iterable[PlayPage]) -> PlayLinks:
    """The stored links of plays."""
    ids = [play.pk for play in plays]
    tools = PlayPage.more_tools.through.objects.filter(playpage__in=ids)
    related = PlayPage.related.through.objects.filter(from_playpage__in=ids)
    pairs = list(
        tools.values_list("playpage_id", "toolpage_id", Value(TOOL)).union(
            related.values_list("from_playpage_id", "to_playpage_id", Value(PLAY)), all=True
        )
    )
    return PlayLinks(tools=_by_play(pairs, TOOL), related=_by_play(pairs, PLAY))


def edited_links(play: PlayPage) -> PlayLinks:
    """The links of a play that is being edited and not stored yet, for previews."""
    return PlayLinks(
        tools={play.pk: [tool.pk for tool in play.more_tools.all()]},
        related={play.pk: [other.pk for other in play.related.all()]},
    )


def _by_play(pairs: Iterable[tuple[int, int, str]], kind: str) -> Mapping[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for play, other, of_kind in pairs:
        if of_kind == kind:
            found[play].append(other)
    return found
