"""What other rooms may ask of notifications: register verbs, tell people, follow what was narrowed, count what is unread."""

from notifications.mail.bundles import mail_may_go, takes_mail
from notifications.mail.send import send_waiting_mail
from notifications.reading import unread_count
from notifications.registries import groups, target_kinds, verbs
from notifications.services.mark_read import mark_read
from notifications.services.notify import MAIL_WAITS, notify
from notifications.services.retarget import retarget

__all__ = [
    "MAIL_WAITS",
    "groups",
    "mail_may_go",
    "mark_read",
    "notify",
    "retarget",
    "send_waiting_mail",
    "takes_mail",
    "target_kinds",
    "unread_count",
    "verbs",
]
