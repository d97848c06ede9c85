"""People of imported forums: names without an account, outside the directory."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExternalAuthor(models.Model):
    """Who wrote an imported post, as the source calls them."""

    source = models.SlugField(_("source"), max_length=60)
    external_key = models.CharField(_("key in the source"), max_length=60)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("external author")
        verbose_name_plural = _("external authors")
        constraints = [
            models.UniqueConstraint(fields=["source", "external_key"], name="external_author_once")
        ]

    def __str__(self) -> str:
        return self.name
