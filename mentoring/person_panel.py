"""What mentoring shows on a person's page: the one public word, and the way to ask. The same for every reader."""

from people.data import Panel
from people.models import MentorStatus, Profile, User
from people.slots import person_panels

ORDER = 20


def panel_of(person: User, reader: object) -> Panel | None:
    """None for who does not mentor. The link stands with a free place, whoever looks; asking may still be refused."""
    profile = getattr(person, "profile", None)
    status = MentorStatus(profile.mentor_status) if isinstance(profile, Profile) else MentorStatus.NONE
    if status is MentorStatus.NONE or not person.is_active:
        return None
    is_me = getattr(reader, "pk", None) == person.pk
    context = {"person": person, "status": status, "can_ask": status is MentorStatus.OPEN and not is_me}
    return Panel("mentoring/person_panel.html", context, ORDER)


def register() -> None:
    """Called once when the app is ready."""
    person_panels.register("mentoring", panel_of)
