"""Plays as evidence of what people know, and as what somebody must take over once their owner has left."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.data import Evidence, OwnedThing
from people.slots import evidence, owned_things
from playbook.addresses import address_of
from playbook.models import PlaybookIndexPage, PlayPage
from playbook.reading.index import owned_query


def plays_owned(person_ids: Collection[int], reader: object) -> Mapping[int, Sequence[Evidence]]:
    """The plays each of the people owns, by code; two queries."""
    owned = _by_owner(person_ids, reader)
    front = PlaybookIndexPage.objects.visible_to(reader).first() if owned else None
    lists = address_of(front) if front else ""
    return {owner: [_shown(owner, plays, lists)] for owner, plays in owned.items()}


def plays_to_take_over(person_ids: Collection[int], reader: object) -> Mapping[int, Sequence[OwnedThing]]:
    """The same plays with where to find them; one query."""
    return {
        owner: [OwnedThing(f"{play.code} {play.title}", play.get_absolute_url(), _("Play")) for play in plays]
        for owner, plays in _by_owner(person_ids, reader).items()
    }


def register() -> None:
    """Called from `AppConfig.ready()`."""
    evidence.register("plays", plays_owned)
    owned_things.register("plays", plays_to_take_over)


def _shown(owner: int, plays: Sequence[PlayPage], lists: str) -> Evidence:
    """Leads to the play, or to the list of several; to nothing where the reader has no list."""
    codes = ", ".join(play.code or "" for play in plays)
    label = ngettext("play owned: %(codes)s", "plays owned: %(codes)s", len(plays)) % {"codes": codes}
    several = f"{lists}?{owned_query(owner)}" if lists else ""
    url = plays[0].get_absolute_url() if len(plays) == 1 else several
    return Evidence(label, len(plays), url=url, icon="play")


def _by_owner(person_ids: Collection[int], reader: object) -> dict[int, list[PlayPage]]:
    plays: Iterable[PlayPage] = (
        PlayPage.objects.live()
        .visible_to(reader)
        .exclude(code=None)
        .filter(play_owner__in=person_ids)
        .order_by("code")
    )
    owned: dict[int, list[PlayPage]] = {}
    for play in plays:
        owned.setdefault(play.play_owner_id or 0, []).append(play)
    return owned
