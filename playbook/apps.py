"""Configuration of the app and what it registers with the rooms below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlaybookConfig(AppConfig):
    name = "playbook"
    verbose_name = _("Playbook")

    def ready(self) -> None:
        """Listens to Wagtail's pages, narrows its admin, and tells search what a page is."""
        from playbook import (
            evidence,
            glossary_documents,
            known_words,
            permissions,
            rendered,
            search_documents,
            signals,
            tool_documents,
        )

        signals.connect()
        rendered.register()
        known_words.register()
        permissions.guard_admin_lists()
        search_documents.register()
        tool_documents.register()
        glossary_documents.register()
        evidence.register()
