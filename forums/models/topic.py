"""A topic: a title, a place, and posts numbered from 1, the first of which opens it.

Invariants: the audience is that of the board, written by the services that move topics and narrow boards; an accepted
post belongs to the topic; counts and `last_posted` are written with the post that changes them. `unnamed` topics have
no author here: who asked is known to UnnamedAuthor alone.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.choices import TopicKind
from forums.managers import TopicQuerySet
from forums.models.board import Board, Tag
from forums.models.outside import ExternalAuthor
from search.mixins import SearchableMixin

TITLE_LENGTH = 150


class Topic(SearchableMixin):
    """A question or a discussion."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="topics", verbose_name=_("board"))
    kind = models.CharField(_("kind"), max_length=12, choices=TopicKind, default=TopicKind.QUESTION)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    audience = models.CharField(_("audience"), max_length=60)
    tags = models.ManyToManyField(Tag, related_name="topics", blank=True, verbose_name=_("tags"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    external_author = models.ForeignKey(
        ExternalAuthor, models.PROTECT, null=True, blank=True, related_name="+"
    )
    unnamed = models.BooleanField(_("asked without a name"), default=False)
    accepted = models.ForeignKey("forums.Post", models.SET_NULL, null=True, blank=True, related_name="+")

    pinned = models.BooleanField(_("pinned"), default=False)
    locked = models.DateTimeField(_("locked"), null=True, blank=True)
    hidden = models.DateTimeField(_("hidden"), null=True, blank=True)
    deleted = models.DateTimeField(_("deleted"), null=True, blank=True)

    created = models.DateTimeField(_("created"))
    last_posted = models.DateTimeField(_("last post"))
    last_number = models.PositiveIntegerField(
        _("highest number"), default=1, help_text=_("Of all posts, also of those taken down.")
    )
    reply_count = models.PositiveIntegerField(_("replies"), default=0, help_text=_("Replies that stand."))
    first_reply = models.DateTimeField(_("first reply"), null=True, blank=True)

    external_source = models.SlugField(max_length=60, blank=True, editable=False)
    external_key = models.CharField(max_length=60, blank=True, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["-last_posted", "-id"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = [
            models.Index(fields=["board", "-last_posted", "-id"], name="topic_of_board"),
            models.Index(fields=["-last_posted", "-id"], name="topic_newest"),
            models.Index(fields=["author", "-last_posted"], name="topic_of_author"),
            models.Index(fields=["kind", "accepted", "-last_posted"], name="topic_unsolved"),
            models.Index(fields=["kind", "reply_count", "-last_posted"], name="topic_unanswered"),
            models.Index(
                fields=["board", "audience"], condition=Q(deleted=None, hidden=None), name="topic_counted"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["external_source", "external_key"],
                condition=~Q(external_key=""),
                name="topic_external_key_once",
            ),
            models.CheckConstraint(
                condition=Q(unnamed=False) | Q(author=None), name="unnamed_topic_has_no_author"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """By number: it stays right when title or board change."""
        return reverse("forums:topic", args=[self.board.slug, self.pk])

    @property
    def is_question(self) -> bool:
        """Whether it can be answered."""
        return self.kind == TopicKind.QUESTION


class TopicLink(models.Model):
    """A topic that says the same as another one, as an import or a facilitator found."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="links")
    other = models.ForeignKey(Topic, models.CASCADE, related_name="linked_from")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "other"], name="topic_link_once")]

    def __str__(self) -> str:
        return f"{self.topic_id} = {self.other_id}"
