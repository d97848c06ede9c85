"""Who mentors whom: profiles, matching, requests, mentorships, rounds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MentoringConfig(AppConfig):
    """Mentoring."""

    name = "mentoring"
    verbose_name = _("Mentoring")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fills the places that notices and people's pages keep open, and hears when a place is taken or free."""
        from core import facts
        from mentoring import pair_letters, pair_notices, person_panel, request_notices
        from mentoring.services.keep_status import pair_changed
        from mentoring.services.withdraw_requests import person_left

        pair_notices.register()
        pair_letters.register()
        request_notices.register()
        person_panel.register()
        facts.subscribe(facts.MentorshipBegan, pair_changed)
        facts.subscribe(facts.MentorshipEnded, pair_changed)
        facts.subscribe(facts.PersonLeft, person_left)
