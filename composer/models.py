"""What the composer keeps while people write: drafts, what was just posted, and names that must not be written.

A draft belongs to one person and one place; nobody else may ever read it, and the audit trail does not know its words.
A submission remembers for a while that a text was posted, so that a second click finds the first one's result. Guarded
names never leave the server: pages get findings about the text that was typed, never the list, and nothing about a
finding depends on whether its name is listed. That is why a name has no words of its own to be offered instead.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What somebody typed into a form and has not sent. `fields` maps the form's field names to what was typed."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120, help_text=_("The form and its place, such as reply:topic:12."))
    label = models.CharField(max_length=200, help_text=_("What the list of drafts calls it."))
    url = models.CharField(max_length=400, help_text=_("Where writing goes on."))
    fields = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField()
    discarded = models.DateTimeField(
        null=True, blank=True, help_text=_("Thrown away then; can be taken back for a day.")
    )

    class Meta:
        ordering = ["-updated"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="draft_once_a_place")]

    def __str__(self) -> str:
        return self.key


class Submission(models.Model):
    """A text that was posted: the same text by the same person at the same place finds `url` instead of a twin.

    Whose it is, only the digest knows: the text may have been posted without a name.
    """

    digest = models.CharField(max_length=64, unique=True)
    url = models.CharField(max_length=400, blank=True)
    created = models.DateTimeField()

    def __str__(self) -> str:
        return self.url


class GuardedName(models.Model):
    """A partner's or deal's name that texts must not carry; facilitators keep the list in the admin."""

    class Kind(models.TextChoices):
        PARTNER = "partner", _("Partner")
        PRODUCT = "product", _("Product")
        DEAL = "deal", _("Deal code")

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PARTNER)

    class Meta:
        ordering = ["name"]
        verbose_name = _("guarded name")
        verbose_name_plural = _("guarded names")

    def __str__(self) -> str:
        return self.name
