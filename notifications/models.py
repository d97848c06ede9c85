"""Notices, what people want to be told, and the mail that went out.

A notice points at an object of another room by kind and number and carries that object's audience token as it is now:
the room that narrows an object tells this one, in the same transaction. Whether the reader may still see the object is
asked again of its room when a notice is shown in full and when mail is sent. A notice is never about one's own act.
"""

from datetime import time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.managers import AudienceQuerySet


class NoticeQuerySet(AudienceQuerySet["Notice"]):
    """Notices of a reader."""

    def of(self, reader: object) -> "NoticeQuerySet":
        """Those of this reader whose object they may still see by its audience."""
        return self.visible_to(reader).filter(recipient_id=getattr(reader, "pk", None))

    def unread(self) -> "NoticeQuerySet":
        """Not read yet, and meant for the bell."""
        return self.filter(read=None, bell=True)


class MailState(models.TextChoices):
    """What became of the mail of a notice."""

    NONE = "none", _("No mail")
    WAITING = "waiting", _("Waiting")
    TAKEN = "taken", _("Being sent")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("Not needed any more")
    PARKED = "parked", _("Could not be sent")


class Notice(models.Model):
    """One thing one person is told. `verb` is a key of the verb registry."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    verb = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty where the portal itself tells, or the person acted without their name."),
    )
    target_kind = models.CharField(max_length=40)
    target_id = models.PositiveBigIntegerField()
    group_key = models.CharField(max_length=120, help_text=_("Notices with the same key stand together."))
    dedupe_key = models.CharField(max_length=160, help_text=_("The same event is told once."))
    audience = models.CharField(max_length=60)
    bell = models.BooleanField(default=True)
    created = models.DateTimeField()
    read = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(max_length=10, choices=MailState, default=MailState.NONE)
    mail_due = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("When it may go; of one being sent, when another worker may take it."),
    )
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_error = models.CharField(max_length=200, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-id"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [models.UniqueConstraint(fields=["recipient", "dedupe_key"], name="notice_once")]
        indexes = [
            models.Index(fields=["recipient", "read", "-created"], name="notice_of_recipient"),
            models.Index(fields=["recipient", "group_key", "-created"], name="notice_of_group"),
            models.Index(fields=["mail", "mail_due"], name="notice_mail_due"),
            models.Index(fields=["target_kind", "target_id"], name="notice_of_target"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_kind} {self.target_id}"


class NoticeSettings(models.Model):
    """What one person wants; without a row the defaults hold. Hours are in the person's own time zone."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mail_off = models.JSONField(default=list, help_text=_("Groups of verbs without mail."))
    bell_off = models.JSONField(default=list, help_text=_("Groups of verbs without a notice."))
    quiet_from = models.TimeField(_("quiet from"), default=time(19, 0))
    quiet_to = models.TimeField(_("quiet to"), default=time(7, 0))
    quiet_free_days = models.BooleanField(_("quiet on days I do not work"), default=True)

    class Meta:
        verbose_name = _("notice settings")
        verbose_name_plural = _("notice settings")

    def __str__(self) -> str:
        return str(self.user)


class SentMail(models.Model):
    """One bundle that went out; counts towards the limit of a day. Its words are not kept."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sent = models.DateTimeField()
    notices = models.PositiveIntegerField()
    transactional = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["recipient", "-sent"], name="sent_mail_of_recipient")]

    def __str__(self) -> str:
        return f"{self.recipient} {self.sent:%Y-%m-%d %H:%M}"
