"""Our side of benchmarks.forums: topics straight into a scratch database, pages through the whole portal."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.test import Client
from django.test.utils import setup_databases

from benchmarks.forum_sides import BODY, REPLIES_OF_EACH, REPLIES_OF_THE_LONG_ONE, TITLE, obey
from core.audiences import COMMUNITY
from forums.models import Board, Post, Topic
from people.models import Profile, User

BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)
BATCH = 500


class Forum:
    """One board, thirty authors, topics that are added to."""

    def __init__(self) -> None:
        self.board = Board.objects.create(slug="governance", title="Governance", audience=COMMUNITY)
        self.people = [
            User.objects.create_user(f"p{number}@example.com", name=f"Person {number}")
            for number in range(30)
        ]
        Profile.objects.bulk_create(Profile(user=person) for person in self.people)
        self.count = 0
        self.long = self._topics(1, replies=REPLIES_OF_THE_LONG_ONE)[0]

    def load(self, topics: int) -> Mapping[str, str]:
        """So many topics in all."""
        while self.count < topics:
            self._topics(min(BATCH, topics - self.count), replies=REPLIES_OF_EACH)
        address = self.long.get_absolute_url()
        last = REPLIES_OF_THE_LONG_ONE
        return {
            "list": self.board.get_absolute_url(),
            "first": f"{address}?from=1",
            "last": f"{address}?from={last}",
        }

    def _topics(self, size: int, *, replies: int) -> list[Topic]:
        made = Topic.objects.bulk_create(self._topic(self.count + place, replies) for place in range(size))
        self.count += size
        Post.objects.bulk_create(
            [self._post(topic, number) for topic in made for number in range(1, replies + 2)],
            batch_size=BATCH,
        )
        return made

    def _topic(self, place: int, replies: int) -> Topic:
        created = BEGINNING + timedelta(minutes=place)
        return Topic(
            board=self.board,
            title=TITLE.format(number=place),
            audience=COMMUNITY,
            author=self.people[place % 30],
            created=created,
            last_posted=created,
            last_number=replies + 1,
            reply_count=replies,
            first_reply=created,
        )

    def _post(self, topic: Topic, number: int) -> Post:
        """Rendered once for all: what a page costs is measured, not what posting costs."""
        post = Post(
            topic=topic,
            number=number,
            author=self.people[(topic.pk + number) % 30],
            body=BODY.format(number=number),
            created=topic.created,
        )
        post.rendered, post.rendered_with = _rendered()
        return post


_kept: list[tuple[dict[str, list[str]], str]] = []


def _rendered() -> tuple[dict[str, list[str]], str]:
    if not _kept:
        post = Post(body=BODY)
        post.render_texts()
        _kept.append((post.rendered, post.rendered_with))
    return _kept[0]


def main() -> None:
    """Obeys the driver."""
    setup_databases(verbosity=0, interactive=False)
    forum, client = Forum(), Client()
    client.force_login(forum.people[0])
    obey(forum.load, client.get)


if __name__ == "__main__":
    main()
