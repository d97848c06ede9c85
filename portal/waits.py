"""What waits for a reader in the rooms, for the first page: whoever curates or mentors never hunts for it.

Each room counts by its own rule of who may act; at most three queries, and none for most of the company, who neither
have a role nor alliance duties nor mentor.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums import api as forums
from lessons import api as lessons
from mentoring import api as mentoring
from people.models import User


@dataclass(frozen=True, slots=True)
class Wait:
    """So many things of a kind, and where they are done; `act` is the verb on the button."""

    words: str
    act: str
    url: str


def waits_for(reader: User) -> list[Wait]:
    """The kinds of which anything waits, the most urgent first."""
    found: list[Wait] = []
    if flagged := forums.count_flagged(reader):
        words = ngettext("%(number)s flagged post", "%(number)s flagged posts", flagged) % {"number": flagged}
        found.append(Wait(words, _("Decide"), reverse("forums:flags")))
    if requests := mentoring.requests_to(reader):
        words = ngettext(
            "%(number)s colleague asks you to mentor", "%(number)s colleagues ask you to mentor", requests
        )
        found.append(Wait(words % {"number": requests}, _("Answer"), reverse("mentoring:home")))
    if work := _work(reader):
        words = ngettext("%(number)s lesson to look after", "%(number)s lessons to look after", work)
        found.append(Wait(words % {"number": work}, _("Open"), reverse("lessons:worklist")))
    return found


def _work(reader: User) -> int:
    concerned = reader.is_staff or reader.is_practitioner or reader.profile.has_alliance_duties
    return lessons.count_waiting(reader) if concerned else 0
