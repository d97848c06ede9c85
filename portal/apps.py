"""Configuration of the app and what it registers with the rooms below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        """Connects what concerns all rooms."""
        from portal import nameless
        from portal.flows import answer_to_lesson, mentorship_to_lesson

        nameless.connect()
        answer_to_lesson.register()
        mentorship_to_lesson.register()
