"""What is already known about a text: plays, lessons and topics like it, and colleagues who know. Reads only.

Other rooms are known here by the kinds that search has, never by their models. Everything is cut to what the reader may
see now. Colleagues are those who answered similar topics with their name, then those whose profile speaks of it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from forums.models import Post, Topic
from forums.services.indexing import KIND
from people.models import User
from search import api as search
from search.documents import specs

KINDS = ("play", "lesson", KIND)
PERSON = "person"
SHORTEST = 8
"""Characters of a title before anything is looked for."""
OF_A_KIND, SHOWN, PEOPLE = 3, 5, 3
WORTH_SHOWING = 0.2


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is there already."""

    title: str
    url: str
    kind: str
    icon: str
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Up to five things, and up to three colleagues."""

    things: list[Known]
    people: list[User]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return not self.things and not self.people


def known_about(title: str, body: str, reader: object, *, leave_out: Collection[int] = ()) -> Knowledge:
    """What is like a title and a text. `leave_out` are topics. A handful of searches, whatever the portal holds."""
    if len(title.strip()) < SHORTEST:
        return Knowledge([], [])
    found = [
        one
        for kind in KINDS
        if kind in specs
        for one in search.alike(title, body, kind=kind, reader=reader, limit=OF_A_KIND + len(leave_out))
        if one.share >= WORTH_SHOWING and not (kind == KIND and one.hit.object_id in leave_out)
    ]
    best = sorted(found, key=lambda one: -one.share)[:SHOWN]
    topics = [one.hit.object for one in found if one.hit.kind == KIND]
    return Knowledge(
        things=[_known(one.hit.kind, one.hit.object) for one in best],
        people=_people(title, body, reader, topics),
    )


def _known(kind: str, thing: Any) -> Known:
    spec = specs.get(kind)
    return Known(
        title=str(thing),
        url=thing.get_absolute_url(),
        kind=str(spec.label),
        icon=spec.icon,
        is_answered=isinstance(thing, Topic) and thing.accepted_id is not None,
    )


def _people(title: str, body: str, reader: object, topics: Iterable[Topic]) -> list[User]:
    """Present colleagues, each once, never the reader."""
    answered = [topic.accepted_id for topic in topics if topic.accepted_id]
    rows = User.objects.visible_to(reader).present().select_related("profile")
    # Asked through the posts that stand: a name that was taken down speaks for nobody.
    answerers = rows.filter(pk__in=_authors(answered)) if answered else rows.none()
    profiles = search.alike(title, body, kind=PERSON, reader=reader, limit=PEOPLE) if PERSON in specs else []
    others = [one.hit.object for one in profiles if one.share >= WORTH_SHOWING]
    found = {person.pk: person for person in (*answerers[:PEOPLE], *others)}
    found.pop(getattr(reader, "pk", None), None)
    return list(found.values())[:PEOPLE]


def _authors(post_ids: Collection[int]) -> list[int]:
    standing = Post.objects.standing().filter(pk__in=post_ids, author__isnull=False)
    return list(standing.values_list("author", flat=True))
