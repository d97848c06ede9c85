"""Who mentors whom: profiles, matching, requests, mentorships, rounds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MentoringConfig(AppConfig):
    """Mentoring."""

    name = "mentoring"
    verbose_name = _("Mentoring")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fills the places that notices keep open."""
        from mentoring import pair_notices

        pair_notices.register()
