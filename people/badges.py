"""The badges of people in words. A code that no room explains (any more) is not shown."""

from people.data import Badge
from people.models import Profile
from people.slots import badges


def badges_of(profile: Profile) -> list[Badge]:
    """What the profile shows, in the order in which the badges were given; no query."""
    return [badges.get(code) for code in profile.badges if code in badges]
