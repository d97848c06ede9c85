"""Stored facts: what happened, waiting to be handed to the subscribers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFact(models.Model):
    """One fact of the closed catalogue in core/facts.py, as written in the transaction that made it true."""

    name = models.CharField(_("name"), max_length=60)
    payload = models.JSONField(_("payload"))
    created = models.DateTimeField(_("created"), auto_now_add=True)
    delivered = models.DateTimeField(_("delivered"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["delivered", "id"], name="fact_waiting")]
        verbose_name = _("stored fact")
        verbose_name_plural = _("stored facts")

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"
