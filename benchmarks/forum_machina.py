"""The other side of benchmarks.forums: django-machina with its own templates, in an environment of its own.

Set up as its guide says, with one forum that signed-in people may read and write in, and as many topics and posts a page
as ours. Imports nothing of the portal.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import django
from django.conf import settings
from forum_sides import (
    BODY,
    POSTS_A_PAGE,
    REPLIES_OF_EACH,
    REPLIES_OF_THE_LONG_ONE,
    TITLE,
    TOPICS_A_PAGE,
    obey,
)
from machina import MACHINA_MAIN_TEMPLATE_DIR

BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)
BATCH = 500
PERMISSIONS = [
    "can_see_forum",
    "can_read_forum",
    "can_start_new_topics",
    "can_reply_to_topics",
    "can_edit_own_posts",
]
ROOMS = [
    "forum",
    "forum_conversation",
    "forum_conversation.forum_attachments",
    "forum_conversation.forum_polls",
    "forum_feeds",
    "forum_moderation",
    "forum_search",
    "forum_tracking",
    "forum_member",
    "forum_permission",
]

settings.configure(
    SECRET_KEY="only-for-measuring",
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF="machina.urls",
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    CACHES={
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "machina_attachments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    },
    HAYSTACK_CONNECTIONS={"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}},
    STATIC_URL="/static/",
    INSTALLED_APPS=[
        *(
            f"django.contrib.{name}"
            for name in ("auth", "contenttypes", "sessions", "messages", "staticfiles")
        ),
        "mptt",
        "haystack",
        "widget_tweaks",
        "machina",
        *(f"machina.apps.{name}" for name in ROOMS),
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "machina.apps.forum_permission.middleware.ForumPermissionMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [MACHINA_MAIN_TEMPLATE_DIR],
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                    "machina.core.context_processors.metadata",
                ],
                "loaders": [
                    (
                        "django.template.loaders.cached.Loader",
                        [
                            "django.template.loaders.filesystem.Loader",
                            "django.template.loaders.app_directories.Loader",
                        ],
                    )
                ],
            },
        }
    ],
    MACHINA_DEFAULT_AUTHENTICATED_USER_FORUM_PERMISSIONS=PERMISSIONS,
    MACHINA_FORUM_TOPICS_NUMBER_PER_PAGE=TOPICS_A_PAGE,
    MACHINA_TOPIC_POSTS_NUMBER_PER_PAGE=POSTS_A_PAGE,
)
django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from machina.core.db.models import get_model

Forum, Topic, Post = (
    get_model("forum", "Forum"),
    get_model("forum_conversation", "Topic"),
    get_model("forum_conversation", "Post"),
)
LINK = """
UPDATE forum_conversation_topic SET
  first_post_id = (SELECT MIN(id) FROM forum_conversation_post WHERE topic_id = forum_conversation_topic.id),
  last_post_id = (SELECT MAX(id) FROM forum_conversation_post WHERE topic_id = forum_conversation_topic.id)
WHERE first_post_id IS NULL
"""


class Board:
    """One forum, thirty authors, topics that are added to."""

    def __init__(self) -> None:
        self.forum = Forum.objects.create(name="Governance", type=Forum.FORUM_POST)
        self.people = [User.objects.create_user(f"p{number}") for number in range(30)]
        self.count = 0
        self.long = self._topics(1, replies=REPLIES_OF_THE_LONG_ONE)[0]

    def load(self, topics: int) -> Mapping[str, str]:
        """So many topics in all."""
        while self.count < topics:
            self._topics(min(BATCH, topics - self.count), replies=REPLIES_OF_EACH)
        Forum.objects.update(
            direct_topics_count=self.count, direct_posts_count=self.count * (REPLIES_OF_EACH + 1)
        )
        forum = f"/forum/{self.forum.slug}-{self.forum.pk}/"
        topic = f"{forum}topic/{self.long.slug}-{self.long.pk}/"
        return {
            "list": forum,
            "first": topic,
            "last": f"{topic}?page={REPLIES_OF_THE_LONG_ONE // POSTS_A_PAGE}",
        }

    def _topics(self, size: int, *, replies: int) -> list[Any]:
        made = Topic.objects.bulk_create([self._topic(self.count + place, replies) for place in range(size)])
        self.count += size
        Post.objects.bulk_create(
            [self._post(topic, number) for topic in made for number in range(replies + 1)], batch_size=BATCH
        )
        with connection.cursor() as cursor:
            cursor.execute(LINK)
        return list(made)

    def _topic(self, place: int, replies: int) -> Any:
        created = BEGINNING + timedelta(minutes=place)
        return Topic(
            forum=self.forum,
            poster=self.people[place % 30],
            subject=TITLE.format(number=place),
            slug=f"topic-{place}",
            type=Topic.TOPIC_POST,
            status=Topic.TOPIC_UNLOCKED,
            approved=True,
            posts_count=replies + 1,
            last_post_on=created,
        )

    def _post(self, topic: Any, number: int) -> Any:
        return Post(
            topic=topic,
            poster=self.people[(topic.pk + number) % 30],
            subject=topic.subject,
            content=BODY.format(number=number),
            approved=True,
        )


def main() -> None:
    """Obeys the driver."""
    call_command("migrate", verbosity=0)
    board, client = Board(), Client()
    client.force_login(board.people[0])
    obey(board.load, client.get)


if __name__ == "__main__":
    main()
