"""Posts, their earlier texts, and the one table that knows who wrote without a name.

Invariants: numbers run from 1 without gaps in a topic and are never given again; an unnamed post has no author here;
a post is never deleted from the database by a person, it is taken down and can be restored.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.markdown import Rendered, clean_html
from core.models import RenderedMixin
from forums.choices import SourceFormat
from forums.managers import PostQuerySet
from forums.models.outside import ExternalAuthor
from forums.models.topic import Topic

BODY_LENGTH = 50_000


class Post(RenderedMixin):
    """One contribution. `parent` is the post it quotes or comments on."""

    markdown_fields: ClassVar[tuple[str, ...]] = ("body",)

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="posts", verbose_name=_("topic"))
    number = models.PositiveIntegerField(_("number"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    external_author = models.ForeignKey(
        ExternalAuthor, models.PROTECT, null=True, blank=True, related_name="+"
    )
    unnamed = models.BooleanField(_("without a name"), default=False)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    body = models.TextField(_("text"), max_length=BODY_LENGTH)
    source_format = models.CharField(max_length=10, choices=SourceFormat, default=SourceFormat.MARKDOWN)
    can_be_accepted = models.BooleanField(default=True, help_text=_("Off for imported comments."))

    created = models.DateTimeField(_("created"))
    edited = models.DateTimeField(_("edited"), null=True, blank=True)
    edit_count = models.PositiveIntegerField(default=0)
    hidden = models.DateTimeField(_("hidden"), null=True, blank=True)
    deleted = models.DateTimeField(_("deleted"), null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    helpful_count = models.PositiveIntegerField(_("helpful"), default=0)
    imported_helpful = models.IntegerField(_("helpful in the source"), default=0)
    external_key = models.CharField(max_length=60, blank=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "number"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [models.Index(fields=["author", "-created"], name="post_of_author")]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="post_number_once"),
            models.CheckConstraint(
                condition=Q(unnamed=False) | Q(author=None), name="unnamed_post_has_no_author"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}.{self.number}"

    def render_text(self, field: str) -> Rendered:
        """Imported HTML is cleaned, not converted."""
        if self.source_format == SourceFormat.HTML:
            return clean_html(self.body)
        return super().render_text(field)

    def get_absolute_url(self) -> str:
        """The permanent address; it leads to the page of the topic on which the post stands."""
        return reverse("forums:post", args=[self.pk])

    @property
    def opens(self) -> bool:
        """Whether it is the post that opens its topic."""
        return self.number == 1


class PostRevision(models.Model):
    """A text as it stood before a change. `title` only for the post that opens a topic."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    title = models.CharField(max_length=150, blank=True)
    body = models.TextField()
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(help_text=_("When this text was replaced."))

    class Meta:
        ordering = ["post", "created", "id"]

    def __str__(self) -> str:
        return f"{self.post_id} before {self.created:%Y-%m-%d %H:%M}"


class UnnamedAuthor(models.Model):
    """Who wrote a post without a name. Told by forums.services.read_who_asked alone, which leaves an audit row each time."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.post_id)
