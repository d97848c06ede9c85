"""Makes boards, topics and posts for tests, straight into the database: nothing is indexed, told or audited."""

from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from forums.models import Board, Post, Tag, Topic, UnnamedAuthor
from people.models import User


class BoardFactory(DjangoModelFactory[Board]):
    """A board for the community."""

    class Meta:
        model = Board
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda number: f"board-{number}")
    title = factory.Sequence(lambda number: f"Board number {number}")
    description = "Committees, chairs and minutes."


class TagFactory(DjangoModelFactory[Tag]):
    """An approved tag."""

    class Meta:
        model = Tag

    slug = factory.Sequence(lambda number: f"tag-{number}")
    label = factory.Sequence(lambda number: f"tag {number}")
    approved = True


class TopicFactory(DjangoModelFactory[Topic]):
    """A question with the post that opens it; `replies=3` adds as many replies by `replier`."""

    class Meta:
        model = Topic
        skip_postgeneration_save = True

    board = factory.SubFactory(BoardFactory)
    title = factory.Sequence(lambda number: f"How do you split the chair, number {number}?")
    audience = factory.SelfAttribute("board.audience")
    created = factory.LazyFunction(timezone.now)
    last_posted = factory.SelfAttribute("created")

    @factory.post_generation
    def asker(self: Any, create: bool, extracted: User | None, **kwargs: Any) -> None:
        """Who asked without a name, where the topic is `unnamed`."""
        post = PostFactory(
            topic=self, number=1, author=self.author, unnamed=self.unnamed, created=self.created
        )
        if extracted is not None:
            UnnamedAuthor.objects.create(post=post, user=extracted)

    @factory.post_generation
    def replies(self: Any, create: bool, extracted: int | None, **kwargs: Any) -> None:
        """So many replies, by `replies__author`."""
        for number in range(2, (extracted or 0) + 2):
            PostFactory(topic=self, number=number, created=self.created, **kwargs)
        if extracted:
            self.last_number, self.reply_count, self.first_reply = extracted + 1, extracted, self.created
            self.save()


class PostFactory(DjangoModelFactory[Post]):
    """A post; it counts nowhere and is shown as plain paragraphs."""

    class Meta:
        model = Post

    topic = factory.SubFactory(TopicFactory)
    number = 2
    body = factory.Sequence(lambda number: f"Tie the chair to the half-year, number {number}.")
    created = factory.LazyFunction(timezone.now)
