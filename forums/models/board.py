"""Boards and tags: where a topic stands and what it is about."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.audiences import COMMUNITY
from core.models import Term
from forums.managers import BoardQuerySet


class Board(models.Model):
    """A place for topics. Its audience is the audience of everything in it."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=80)
    description = models.CharField(_("description"), max_length=300, blank=True)
    audience = models.CharField(_("audience"), max_length=60, default=COMMUNITY)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    closed = models.BooleanField(
        _("closed"), default=False, help_text=_("Can be read; nothing new is opened in it.")
    )
    external_source = models.SlugField(
        max_length=60, blank=True, editable=False, help_text=_("Set where an import fills the board.")
    )

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["order", "title"]
        verbose_name = _("board")
        verbose_name_plural = _("boards")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forums:board", args=[self.slug])


class Tag(models.Model):
    """What a topic is about: a term of the vocabularies, or a word of the members that a steward approves."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    label = models.CharField(_("label"), max_length=60)
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    approved = models.BooleanField(_("approved"), default=False)
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["label"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self) -> str:
        return self.label
