"""The records of alliances under code names, their teams, and the audience token each team holds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlliancesConfig(AppConfig):
    """Alliances."""

    name = "alliances"
    verbose_name = _("Alliances")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fills the places that search and notices keep open."""
        from alliances import audience, notices, search_documents

        audience.register()
        search_documents.register()
        notices.register()
