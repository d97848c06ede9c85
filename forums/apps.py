"""Configuration of the app and what it registers with the rooms below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = _("Forums")

    def ready(self) -> None:
        """Fills the places that search and notices keep open, and hears the facts it tells people of."""
        from forums import evidence, notices, search_documents
        from search.ways_on import WayOn, ways_on

        search_documents.register()
        ask = WayOn(_("Ask the community"), "message-circle-question", "/forums/ask/?kind=question&title=")
        ways_on.register("ask", ask)
        notices.register()
        evidence.register()
