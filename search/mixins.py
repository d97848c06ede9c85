"""The field a searchable model carries."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchableMixin(models.Model):
    """Adds `search_version`: rises with every change that search shows; set by search.api.touch only."""

    search_version = models.PositiveBigIntegerField(_("search version"), default=0, editable=False)

    class Meta:
        abstract = True
