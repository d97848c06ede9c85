"""What the badge at the end of the path says to colleagues."""

from django.utils.translation import gettext_lazy as _

from people.data import Badge
from people.slots import badges

FIRST_90_DAYS = "first_90_days"


def register() -> None:
    """Called once when the app is ready."""
    badges.register(FIRST_90_DAYS, Badge(_("First 90 days completed"), icon="signpost"))
