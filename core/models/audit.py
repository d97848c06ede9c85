"""The append-only audit trail: who did what to which object, when, from what to what.

A row is written in the transaction of the change it tells of, by the service that makes the change. Rows of
private models name fields and never values. The model refuses updates and deletions.
"""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Refuses to change history in bulk."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError("The audit trail is append-only.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError("The audit trail is append-only.")

    def delete(self) -> NoReturn:
        """Refused."""
        raise TypeError("The audit trail is append-only.")


class AuditEntry(models.Model):
    """One act. `changes` maps a field to [old, new], both as text, or to null where values are private."""

    at = models.DateTimeField(_("at"), auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("actor"),
    )
    action = models.CharField(_("action"), max_length=60)
    object_type = models.CharField(_("object type"), max_length=60)
    object_id = models.CharField(_("object"), max_length=60)
    changes = models.JSONField(_("changes"), default=dict)
    reason = models.TextField(_("reason"), blank=True)
    origin = models.CharField(_("origin"), max_length=80, blank=True, help_text=_("Address or command."))

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_type", "object_id", "-id"], name="audit_of_object")]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_type} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Writes a new row; refuses to write one again."""
        if self.pk is not None:
            raise TypeError("The audit trail is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError("The audit trail is append-only.")
