"""From the look back on a mentorship to a lesson: a draft with what somebody wrote at the end, theirs alone.

The lesson names neither the pair nor where it came from: who mentors whom is nobody else's. The draft goes through the
name guard and the review as any lesson does.
"""

from django.utils.translation import gettext_lazy as _

from lessons import api as lessons
from mentoring.data import LookBack
from mentoring.pair_slots import ClosingAct, closing_acts
from people.models import User

KEY = "lesson"
TITLE = _("What I would tell the next newcomer")


def begin_from_look_back(*, owner: User, look: LookBack) -> str:
    """The address where the new draft is written on."""
    return lessons.begin_lesson(
        owner=owner,
        fields={"title": str(TITLE), "happened": look.note, "phase": look.phase},
    )


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    closing_acts.register(KEY, ClosingAct(_("Make it a lesson"), "lightbulb", "mentorship_to_lesson"))
