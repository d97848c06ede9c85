"""A kind of object of its own for the tests of notices: what is in `Things` may be seen by whom the test says."""

from collections.abc import Collection, Iterator

import pytest

from notifications.api import groups, target_kinds, verbs
from notifications.data import NoticeGroup, NoticeTarget, TargetKind, Verb, says
from tests.notifications.smtp import Mailbox, smtp_server

KIND = "thing"


class Things:
    """Titles by number; `hidden` ones are seen by nobody."""

    def __init__(self) -> None:
        self.titles: dict[int, str] = {}
        self.hidden: set[int] = set()
        self.asked = 0
        self.all_hidden_after: int | None = None

    def resolve(self, ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
        """What the room of the things answers."""
        self.asked += 1
        if self.all_hidden_after is not None and self.asked > self.all_hidden_after:
            return {}
        return {
            pk: NoticeTarget(self.titles.get(pk, f"Thing {pk}"), f"/things/{pk}/")
            for pk in ids
            if pk not in self.hidden
        }


@pytest.fixture
def things() -> Iterator[Things]:
    """Registers the kind, two groups and three verbs for one test."""
    made = Things()
    target_kinds.register(KIND, TargetKind(KIND, made.resolve))
    for key in ("gossip", "urgent"):
        groups.register(key, NoticeGroup(key, key.title(), f"All that is {key}."))
    for verb in (
        Verb("told", "gossip", "News", "bell", says("%(actor)s told of “%(title)s”")),
        Verb("asked", "gossip", "Question", "bell", says("%(actor)s asked about “%(title)s”")),
        Verb("alarmed", "urgent", "Alarm", "flag", says("“%(title)s” cannot wait"), transactional=True),
    ):
        verbs.register(verb.key, verb)
    yield made
    target_kinds.unregister(KIND)
    for key in ("gossip", "urgent"):
        groups.unregister(key)
    for key in ("told", "asked", "alarmed"):
        verbs.unregister(key)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A running SMTP server."""
    with smtp_server() as running:
        yield running
