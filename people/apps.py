"""Configuration of the app and what it registers with the rooms below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Listens to sign-ins and tells search about people."""
        from people import receivers, search_documents

        receivers.connect()
        search_documents.register()
