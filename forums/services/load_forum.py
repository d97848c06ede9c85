"""Loads the boards of content/forum.yaml, and as demo content its topics. Idempotent: what exists is left alone.

Dates count back from the day of loading, so that the forum looks lived in whenever it is set up. Loading tells nobody:
no fact is published and no notice made of posts that are weeks old. One topic is asked without a name; it is loaded by
the same rules as if somebody had asked it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.content import read_yaml
from core.services.record import record
from forums.choices import FollowKind, Level
from forums.models import Board, Follow, HelpfulVote, Post, ReadMark, Topic
from forums.services.indexing import index_topics
from forums.services.posting import write_post
from forums.services.tags import checked_words, find_or_make_tags
from people.models import User

FILE = "forum.yaml"
SOURCE = "starter"
LOAD = "forum.load"
FIRST_HOUR, HOURS_A_DAY = 8, 9


@dataclass(slots=True)
class _Load:
    """What one run knows: the people by key, and the time it began."""

    people: Mapping[str, User]
    now: datetime
    made: list[int] = field(default_factory=list)


@transaction.atomic
def load_boards(*, path: Path | None = None) -> int:
    """Makes the boards that are missing and returns how many that were."""
    made = 0
    for order, raw in enumerate(_content(path)["boards"], start=1):
        board, is_new = Board.objects.get_or_create(
            slug=raw["slug"],
            defaults={
                "title": raw["title"],
                "description": " ".join(raw["description"].split()),
                "audience": raw["audience"],
                "order": order * 10,
            },
        )
        if is_new:
            record(actor=None, action=LOAD, target=board)
        made += is_new
    return made


@transaction.atomic
def load_topics(
    *, path: Path | None = None, people_path: Path | None = None, now: datetime | None = None
) -> int:
    """Makes the topics that are missing and returns how many that were; those of absent people are left out."""
    load = _Load(_people(people_path), now or timezone.now())
    boards = {board.slug: board for board in Board.objects.all()}
    known = set(Topic.objects.filter(external_source=SOURCE).values_list("external_key", flat=True))
    for raw in _content(path)["topics"]:
        key = hashlib.sha256(raw["title"].encode()).hexdigest()[:24]
        board = boards.get(raw["board"])
        if key not in known and board is not None and _writers(raw) <= set(load.people):
            load.made.append(_load_topic(load, raw, board, key).pk)
    index_topics(load.made)
    return len(load.made)


def _load_topic(load: _Load, raw: Mapping[str, Any], board: Board, key: str) -> Topic:
    author, unnamed = load.people[raw["by"]], bool(raw.get("anonymous"))
    created = _asked_at(load.now, raw["days_ago"], len(load.made))
    topic = Topic.objects.create(
        board=board,
        kind=raw["kind"],
        title=raw["title"],
        audience=board.audience,
        author=None if unnamed else author,
        unnamed=unnamed,
        created=created,
        last_posted=created,
        external_source=SOURCE,
        external_key=key,
    )
    topic.tags.set(find_or_make_tags(checked_words(raw["tags"]), approved=True))
    write_post(topic, author=author, number=1, body=raw["body"], unnamed=unnamed, created=created)
    writers = {raw["by"]: 1}
    for number, reply in enumerate(raw["replies"], start=2):
        _load_reply(load, topic, reply, number, nameless=raw["by"] if unnamed else "")
        writers[reply["by"]] = number
    _count(topic)
    _note_writers(load, topic, writers, nameless=raw["by"] if unnamed else "")
    record(actor=None, action=LOAD, target=topic)
    return topic


def _load_reply(load: _Load, topic: Topic, raw: Mapping[str, Any], number: int, *, nameless: str) -> None:
    post = write_post(
        topic,
        author=load.people[raw["by"]],
        number=number,
        body=raw["body"],
        unnamed=raw["by"] == nameless,
        created=min(topic.created + timedelta(hours=raw["hours_after"]), load.now),
    )
    voters = [person for key, person in sorted(load.people.items()) if key not in (raw["by"], nameless)]
    start = (topic.pk + number) % max(1, len(voters))
    helped = (voters[start:] + voters[:start])[: raw["helpful"]]
    HelpfulVote.objects.bulk_create(HelpfulVote(user=person, post=post) for person in helped)
    post.helpful_count = len(helped)
    post.save(update_fields=["helpful_count"])
    if raw["accepted"]:
        topic.accepted = post


def _count(topic: Topic) -> None:
    posts = list(Post.objects.filter(topic=topic).order_by("number"))
    topic.last_number, topic.reply_count = posts[-1].number, len(posts) - 1
    topic.last_posted = max(post.created for post in posts)
    topic.first_reply = min((post.created for post in posts[1:]), default=None)
    topic.save()


def _note_writers(load: _Load, topic: Topic, writers: Mapping[str, int], *, nameless: str) -> None:
    """Who wrote has read to the end, and tracks what they replied in; whoever has no name leaves no trace here."""
    named = {key: load.people[key] for key in writers if key != nameless}
    ReadMark.objects.bulk_create(
        ReadMark(user=person, topic=topic, number=topic.last_number, opened=1) for person in named.values()
    )
    Follow.objects.bulk_create(
        Follow(user=person, kind=FollowKind.TOPIC, object_id=topic.pk, level=Level.TRACKING)
        for person in named.values()
        if person.pk != topic.author_id
    )


def _asked_at(now: datetime, days_ago: int, place: int) -> datetime:
    """On that day within working hours, each topic at another minute."""
    day = timezone.localtime(now) - timedelta(days=days_ago)
    hour, minute = FIRST_HOUR + place % HOURS_A_DAY, place * 17 % 60
    return min(day.replace(hour=hour, minute=minute, second=0, microsecond=0), now)


def _writers(raw: Mapping[str, Any]) -> set[str]:
    return {raw["by"], *(reply["by"] for reply in raw["replies"])}


def _people(path: Path | None) -> dict[str, User]:
    """The demo people who exist, by the keys of content/people.yaml."""
    entries: Sequence[Mapping[str, Any]] = read_yaml(path or settings.CONTENT_DIR / "people.yaml")["people"]
    users = {user.email: user for user in User.objects.filter(is_demo=True)}
    return {
        entry["key"]: users[entry["email"].lower()] for entry in entries if entry["email"].lower() in users
    }


def _content(path: Path | None) -> Mapping[str, Any]:
    content: Mapping[str, Any] = read_yaml(path or settings.CONTENT_DIR / FILE)
    return content
