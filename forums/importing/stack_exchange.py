"""Reads the folder of a Stack Exchange data dump: questions with their answers and comments, one thread at a time.

The XML files are read row by row. Bodies of posts are HTML and stay so; comments are Markdown of one line. Rows that are
neither question, answer nor comment of one are passed over and counted with the reason, and so are rows that lack what
every row has, or hold something else than a number or a time in its place. Nothing is fetched.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree

QUESTION, ANSWER = "1", "2"
DUPLICATE = "3"
NOBODY = ""
UNREADABLE = "cannot be read"
MOST_HELPFUL = 2**31 - 1
Row = Mapping[str, str]
Found = TypeVar("Found")
_KEY = re.compile(r"[0-9]{1,18}")


class DumpError(ValueError):
    """The folder cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """A question, an answer or a comment. `parent` is the key of the post a comment stands at."""

    key: str
    author: str
    body: str
    created: datetime
    helpful: int
    is_comment: bool = False
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A question with everything below it, oldest first."""

    key: str
    title: str
    tags: tuple[str, ...]
    posts: Sequence[Contribution]
    accepted: str = ""
    closed: datetime | None = None

    @property
    def digest(self) -> str:
        """Changes when anything of the thread does."""
        return hashlib.sha256(repr(self).encode("utf-8", "replace")).hexdigest()


@dataclass(slots=True)
class Dump:
    """What a folder holds. `passed_over` counts rows by the reason why they became nothing."""

    threads: list[Thread]
    names: Mapping[str, str]
    duplicates: Sequence[tuple[str, str]]
    passed_over: Counter[str] = field(default_factory=Counter)


def read_dump(folder: Path) -> Dump:
    """Reads Posts.xml, Users.xml and, where they are there, Comments.xml and PostLinks.xml."""
    passed_over: Counter[str] = Counter()
    questions: dict[str, tuple[Row, Contribution]] = {}
    below: dict[str, list[Contribution]] = defaultdict(list)
    answered: dict[str, str] = {}
    for row in _rows(folder / "Posts.xml"):
        if row.get("PostTypeId") not in (QUESTION, ANSWER):
            passed_over["neither question nor answer"] += 1
            continue
        post = _readable(_post, row)
        if post is None:
            passed_over[UNREADABLE] += 1
        elif row["PostTypeId"] == QUESTION:
            questions[post.key] = row, post
        else:
            answered[post.key] = row.get("ParentId", "")
            below[row.get("ParentId", "")].append(post)
    _comments(folder / "Comments.xml", questions, answered, below, passed_over)
    passed_over["answer without its question"] += sum(
        len(posts) for key, posts in below.items() if key not in questions
    )
    names = {row.get("Id", NOBODY): row.get("DisplayName", NOBODY) for row in _rows(folder / "Users.xml")}
    links = [
        (row.get("PostId", ""), row.get("RelatedPostId", ""))
        for row in _optional(folder / "PostLinks.xml")
        if row.get("LinkTypeId") == DUPLICATE
    ]
    threads = [_thread(row, post, below[key]) for key, (row, post) in questions.items()]
    return Dump(threads, names, [pair for pair in links if set(pair) <= set(questions)], +passed_over)


def _comments(
    path: Path,
    questions: Mapping[str, object],
    answered: Mapping[str, str],
    below: dict[str, list[Contribution]],
    passed_over: Counter[str],
) -> None:
    for row in _optional(path):
        parent = row.get("PostId", "")
        question = parent if parent in questions else answered.get(parent, "")
        if question not in questions or not row.get("Text", "").strip():
            passed_over["comment without its post"] += 1
        elif comment := _readable(_comment, row):
            below[question].append(comment)
        else:
            passed_over[UNREADABLE] += 1


def _thread(row: Row, question: Contribution, below: Sequence[Contribution]) -> Thread:
    replies = sorted(below, key=lambda post: (post.created, post.is_comment, int(post.key.lstrip("c"))))
    return Thread(
        key=question.key,
        title=" ".join(row.get("Title", "").split()),
        tags=_tags(row.get("Tags", "")),
        posts=(question, *replies),
        accepted=row.get("AcceptedAnswerId", ""),
        closed=_readable(lambda found: _time(found["ClosedDate"]), row),
    )


def _readable(read: Callable[[Row], Found], row: Row) -> Found | None:
    """What is read from a row; None where it lacks something or holds nonsense."""
    try:
        return read(row)
    except (KeyError, ValueError):
        return None


def _post(row: Row) -> Contribution:
    return Contribution(
        key=_key(row["Id"]),
        author=_author(row.get("OwnerUserId", NOBODY)),
        body=row.get("Body", ""),
        created=_time(row["CreationDate"]),
        helpful=_helpful(row),
    )


def _comment(row: Row) -> Contribution:
    return Contribution(
        key=f"c{_key(row['Id'])}",
        author=_author(row.get("UserId", NOBODY)),
        body=row["Text"],
        created=_time(row["CreationDate"]),
        helpful=_helpful(row),
        is_comment=True,
        parent=row["PostId"],
    )


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise ValueError(text)
    return text


def _author(text: str) -> str:
    """The number of an account; the account of the whole site has one below zero."""
    return text if _KEY.fullmatch(text.removeprefix("-")) else NOBODY


def _helpful(row: Row) -> int:
    score = int(row.get("Score") or 0)
    if abs(score) > MOST_HELPFUL:
        raise ValueError(score)
    return score


def _tags(text: str) -> tuple[str, ...]:
    """Both spellings of dumps: `<bug><routes>` and `|bug|routes|`."""
    return tuple(word for word in text.replace("<", "|").replace(">", "|").split("|") if word)


def _time(text: str) -> datetime:
    """Dumps write UTC without saying so."""
    return datetime.fromisoformat(text.rstrip("Z")).replace(tzinfo=UTC)


def _optional(path: Path) -> Iterator[Row]:
    return _rows(path) if path.exists() else iter(())


def _rows(path: Path) -> Iterator[Row]:
    """The attributes of each `row`; the parser resolves no outside entities and keeps no read row."""
    try:
        with path.open("rb") as stream:
            for _event, element in ElementTree.iterparse(stream):  # noqa: S314  # a dump the operator chose
                if element.tag == "row":
                    yield dict(element.attrib)
                element.clear()
    except OSError as error:
        raise DumpError(f"{path} cannot be read: {error.strerror}.") from error
    except ElementTree.ParseError as error:
        raise DumpError(f"{path} is not a whole XML file: {error}.") from error
