"""What other rooms and pages get from notifications/, and what they register: frozen values, never models."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class NoticeGroup:
    """What people switch on and off together, such as everything of the forums."""

    key: str
    label: str | Promise
    help: str | Promise


@dataclass(frozen=True, slots=True)
class NoticeTarget:
    """The object of a notice as this reader may see it now. `title` is plain text, `url` a path of the portal."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """What a sentence is made of. `actor` reads "A colleague" where nobody is named."""

    actor: str
    title: str


@dataclass(frozen=True, slots=True)
class Verb:
    """A kind of event. `sentence` gives plain text, such as "Mei Tanaka replied to “Two chairs”"; see `says`.

    Mail of a `transactional` verb goes at once, at any hour, and counts towards no limit.
    """

    key: str
    group: str
    label: str | Promise
    icon: str
    sentence: Callable[[NoticeLine], str]
    transactional: bool = False


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that goes with a mail, as it is now, such as the entry for a calendar."""

    name: str
    content: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class LetterPart:
    """Plain words of a letter; with a `url`, a path of the portal, they are a link to it."""

    words: str
    url: str = ""


Paragraphs = Sequence[Sequence[LetterPart]]


@dataclass(frozen=True, slots=True)
class TargetKind:
    """A kind of object. `resolve` answers for many ids at once, in constant queries, what the reader may see now.

    `files` gives what a mail about such objects carries, and `letters` what it says beyond the line of the notice, both
    cut to the reader in the same way.
    """

    kind: str
    resolve: Callable[[Collection[int], object], Mapping[int, NoticeTarget]]
    files: Callable[[Collection[int], object], Sequence[MailFile]] | None = None
    letters: Callable[[Collection[int], object], Mapping[int, Paragraphs]] | None = None


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One line of the list of notices, or of a mail: the newest of its group, and how many more stand behind it."""

    pk: int
    sentence: str
    more: int
    url: str
    icon: str
    label: str
    when: datetime
    unread: bool
    target_kind: str
    target_id: int


def says(words: str | Promise) -> Callable[[NoticeLine], str]:
    """A sentence from words with `%(actor)s` and `%(title)s`, translated when it is read."""

    def sentence(line: NoticeLine) -> str:
        return str(words) % {"actor": line.actor, "title": line.title}

    return sentence
