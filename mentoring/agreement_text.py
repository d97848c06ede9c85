"""The words with which an agreement begins: those of the letter `mentoring_agreement`, filled in for a pair.

As facilitators word it now; as it came with the portal where nobody keeps letters.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.content import read_yaml
from mentoring.letter_slot import written

ANSWER_DAYS = 2
LETTER = "mentoring_agreement"


def first_text(
    *, mentee: str, mentor: str, cadence: str, begins: date, ends: date, goals: Sequence[str] = ()
) -> str:
    """Markdown that both may change before they sign."""
    words = {
        "mentee_name": mentee,
        "mentor_name": mentor,
        "cadence": cadence,
        "start_date": date_format(begins, "j F Y"),
        "end_date": date_format(ends, "j F Y"),
        "goals": "; ".join(goals) or _("we write them down in the first talk"),
        "answer_days": str(ANSWER_DAYS),
    }
    edited = ["".join(part.words for part in paragraph) for paragraph in written(LETTER, words, {})]
    return "\n\n".join(edited) or _letter(settings.CONTENT_DIR / "onboarding.yaml").format(**words)


@lru_cache(maxsize=4)
def _letter(path: Path) -> str:
    """A line break of the letter is a paragraph of Markdown."""
    letters: list[dict[str, str]] = read_yaml(path)["letters"]
    body = next(letter["body"] for letter in letters if letter["key"] == LETTER)
    return "\n\n".join(line.strip() for line in body.split("\n") if line.strip())
