"""Who must not be paired. Both are private: no admin, no search, no count, no explanation names them.

An exclusion belongs to who made it, and no facilitator sees it. A wall stands between two alliances, is set by
facilitators and seen by them alone.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Exclusion(models.Model):
    """`owner` will not be paired with `other`, on either side."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created = models.DateTimeField()

    class Meta:
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        constraints = [
            models.UniqueConstraint(fields=["owner", "other"], name="exclusion_once"),
            models.CheckConstraint(condition=~Q(owner=F("other")), name="exclusion_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Wall(models.Model):
    """Nobody of one alliance mentors anybody of the other. The lower number stands first."""

    first = models.ForeignKey("alliances.Alliance", models.CASCADE, related_name="+")
    second = models.ForeignKey("alliances.Alliance", models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField()

    class Meta:
        verbose_name = _("wall")
        verbose_name_plural = _("walls")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="wall_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="wall_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
