"""What one's newest self-check suggests to learn. It is shown to its person alone and kept only when they save it, so that
nobody can tell from wants that a check was taken. Who has written wants of their own is suggested nothing.
"""

from dataclasses import dataclass

from mentoring.models import MentorProfile
from mentoring.subjects import competences
from people.api import own_checks
from people.models import User

TAKEN = "from_check"
"""In the address of the form: fills the empty lists with what is suggested."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Codes, the one with the lowest level first, and their words."""

    codes: tuple[str, ...]
    words: tuple[str, ...]


def suggested_wants(person: User, profile: MentorProfile) -> Suggestion | None:
    """None where nothing was picked, or something is wanted already. Two queries at most."""
    if profile.wants:
        return None
    checks = own_checks(person)
    if not checks:
        return None
    newest, known = checks[0], competences()
    picked = [code for code in newest.picks if code in known]
    codes = tuple(sorted(picked, key=lambda code: newest.levels.get(code, 0)))
    return Suggestion(codes, tuple(known[code] for code in codes)) if codes else None
