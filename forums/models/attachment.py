"""Files at posts. They are served by a view that asks who may see the post, never from an open folder."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.models.post import Post


def stored_as(attachment: "Attachment", filename: str) -> str:
    """A name nobody can guess, without anything of the name it came with."""
    return f"attachments/{attachment.key.hex[:2]}/{attachment.key.hex}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Files by their post; those of drafts are their owner's."""

    def visible_to(self, reader: object) -> Self:
        """Files at posts the reader sees, and what they attached to a post they have not sent."""
        draft = Q(post=None, owner_id=getattr(reader, "pk", None), owner__isnull=False)
        return self.filter(draft | Q(post__in=Post.objects.visible_to(reader).order_by().values("pk")))


class Attachment(models.Model):
    """A file. Without a post it belongs to a draft and only its owner sees it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text=_("Empty at an unnamed post."),
    )
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="attachments")
    file = models.FileField(upload_to=stored_as)
    name = models.CharField(_("name"), max_length=160)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("bytes"))
    is_image = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forums:attachment", args=[self.key])
