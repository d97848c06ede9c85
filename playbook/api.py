"""What other rooms may ask of the playbook. Everything is cut to the reader; nothing here changes anything."""

from collections.abc import Iterable

from django.db.models import Q

from playbook.data import PlayNews, PlayRef
from playbook.models import PlayPage, ToolPage, ToolUse
from playbook.reading.cards import visible_plays
from playbook.reading.index import changes
from playbook.reading.stream import values_of
from playbook.reading.terms import PlayTerms, terms_of

__all__ = [
    "changed_lately",
    "play_addresses",
    "play_by_code",
    "plays_by_code",
    "plays_by_id",
    "plays_of_tool",
    "tools_by_code",
    "verified_lately",
    "visible_play_refs",
]


def play_by_code(code: str, reader: object) -> PlayRef | None:
    """One play; None where it is missing or not for this reader."""
    return next(iter(_refs(visible_plays(reader).filter(code=code))), None)


def plays_by_id(ids: Iterable[int], reader: object) -> dict[int, PlayRef]:
    """Plays by their id; those missing or not for this reader are left out."""
    return {ref.pk: ref for ref in _refs(visible_plays(reader).filter(pk__in=list(ids)))}


def visible_play_refs(reader: object, phase: str = "") -> list[PlayRef]:
    """All plays a reader may see, in the order of their codes; of one phase where its code is given."""
    of_phase = Q(phases__code=phase) if phase else Q()
    return _refs(visible_plays(reader).filter(of_phase))


def plays_of_tool(tool_id: int, reader: object) -> list[PlayRef]:
    """The plays that use a tool, in a step or as a whole."""
    uses = ToolUse.objects.filter(tool_id=tool_id).values("play_id")
    return _refs(visible_plays(reader).filter(pk__in=uses))


def play_addresses(codes: Iterable[str], reader: object) -> dict[str, str]:
    """Code to address, for plays that are only linked. One query."""
    plays = visible_plays(reader).filter(code__in=list(codes))
    return {play.code or "": play.get_absolute_url() for play in plays}


def plays_by_code(codes: Iterable[str], reader: object) -> dict[str, tuple[str, str]]:
    """Code to title and address, for what the reader may open. One query."""
    plays = visible_plays(reader).filter(code__in=list(codes))
    return {play.code or "": (play.title, play.get_absolute_url()) for play in plays}


def tools_by_code(codes: Iterable[str], reader: object) -> dict[str, tuple[str, str]]:
    """The same of tools. One query."""
    tools = ToolPage.objects.visible_to(reader).filter(code__in=list(codes))
    return {tool.code or "": (tool.title, tool.get_absolute_url()) for tool in tools}


def changed_lately(reader: object, limit: int) -> list[PlayNews]:
    """The newest later versions of plays, with what changed in words. One query."""
    return [
        PlayNews(
            code=change.play.code or "",
            title=change.play.title,
            url=change.play.get_absolute_url(),
            on=change.published,
            note=change.note,
            version=change.number,
        )
        for change in changes(reader)[:limit]
    ]


def verified_lately(reader: object, limit: int) -> list[PlayNews]:
    """The plays that somebody verified last. One query."""
    plays = visible_plays(reader).exclude(last_verified=None).order_by("-last_verified", "code")
    return [
        PlayNews(code=play.code or "", title=play.title, url=play.get_absolute_url(), on=play.last_verified)
        for play in plays[:limit]
    ]


def _refs(plays: Iterable[PlayPage]) -> list[PlayRef]:
    found = list(plays)
    terms = terms_of(found)
    return [
        PlayRef(
            pk=play.pk,
            code=play.code or "",
            title=play.title,
            url=play.get_absolute_url(),
            phases=tuple(term.code for term in terms.get(play.pk, PlayTerms()).phases),
            steps={step["key"]: step["title"] for step in values_of(play.steps)},
        )
        for play in found
    ]
