"""Configuration of the app and what it registers with the rooms below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LessonsConfig(AppConfig):
    name = "lessons"
    verbose_name = _("Lessons")

    def ready(self) -> None:
        """Fills the places that search, notices and the playbook keep open, and hears the facts it tells people of."""
        from lessons import evidence, notices, search_documents
        from lessons.slots import lessons_for_play
        from playbook.slots import lesson_slots

        search_documents.register()
        notices.register()
        evidence.register()
        lesson_slots.register("lessons", lessons_for_play)
