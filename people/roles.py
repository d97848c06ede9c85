"""The roles people hold in the portal. Each is a group of the same name."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """From reading to running. A role never includes another by itself: people may hold several."""

    MEMBER = "member"
    CONTRIBUTOR = "contributor"
    STEWARD = "steward"
    FACILITATOR = "facilitator"
    ADMINISTRATOR = "administrator"


ADMIN_ROLES = frozenset({Role.CONTRIBUTOR, Role.STEWARD, Role.FACILITATOR, Role.ADMINISTRATOR})
PRACTITIONER_ROLES = frozenset({Role.STEWARD, Role.FACILITATOR})

ROLE_LABELS = {
    Role.MEMBER: _("Member"),
    Role.CONTRIBUTOR: _("Contributor"),
    Role.STEWARD: _("Steward"),
    Role.FACILITATOR: _("Facilitator"),
    Role.ADMINISTRATOR: _("Administrator"),
}
