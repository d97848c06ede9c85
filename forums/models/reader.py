"""What belongs to one reader: what is followed, how far was read, what was kept and what helped.

Nothing here counts seconds: a read mark holds the last number read and how often a topic was opened, no more.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forums.choices import FollowKind, Level
from forums.models.post import Post
from forums.models.topic import Topic


class Follow(models.Model):
    """How closely somebody follows a board, tag or topic. `by_hand` levels are never changed by the portal."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=FollowKind)
    object_id = models.PositiveBigIntegerField()
    level = models.CharField(max_length=12, choices=Level, default=Level.NORMAL)
    by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "object_id"], name="follow_once")]
        indexes = [models.Index(fields=["kind", "object_id", "level"], name="follow_of_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.level}"


class ReadMark(models.Model):
    """How far somebody has read a topic."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.topic_id} to {self.number}"


class Bookmark(models.Model):
    """A post somebody keeps."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created", "-id"]
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        constraints = [models.UniqueConstraint(fields=["user", "post"], name="bookmark_once")]

    def __str__(self) -> str:
        return str(self.post_id)


class HelpfulVote(models.Model):
    """A post helped somebody. One vote a person; there is no vote against."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="votes")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "post"], name="helpful_once")]

    def __str__(self) -> str:
        return str(self.post_id)
