"""Where external lessons come from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LessonSource(models.Model):
    """A collection that lessons were imported from."""

    code = models.SlugField(
        _("code"), max_length=40, unique=True, help_text=_("Stable. It stands in links and mappings.")
    )
    name = models.CharField(_("name"), max_length=120)
    address = models.URLField(_("address"), max_length=500, blank=True)
    rights = models.CharField(
        _("rights"), max_length=300, blank=True, help_text=_("Shown with every lesson.")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("lesson source")
        verbose_name_plural = _("lesson sources")

    def __str__(self) -> str:
        return self.name
