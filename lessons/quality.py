"""How good a lesson is, from 0 to 5: a point each for specific, cause, act, evidence and transferable.

Four points gate publication, never submission. A missing point comes with the words that would raise it. Writing more
never lowers the score; only a name that must not stand there does. What people judge better than rules (whether the
cause is the right one) is left to the screener: the rules ask whether it is there.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lessons.models import Lesson

STORY_LENGTH = 80
WHYS_TO_A_CAUSE = 2
WORDS_OF_A_WHY = 3
WORDS_OF_AN_ACT = 8
SOURCE_LENGTH = 10
_FIGURES = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundred"
    r"|half|twice|dozen|days?|weeks?|months?|quarters?|years?)\b",
    re.IGNORECASE,
)
_MOMENT = re.compile(
    r"\b(before|after|by|within|when|whenever|on|at|from|once|until|as soon as|each|every|during|if|in)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class QualityPoint:
    """One of the five points."""

    key: str
    label: str | Promise
    raised_by: str | Promise
    met: bool


@dataclass(frozen=True, slots=True)
class Quality:
    """The points in reading order."""

    points: tuple[QualityPoint, ...]

    @property
    def score(self) -> int:
        """0 to 5."""
        return sum(point.met for point in self.points)

    @property
    def missing(self) -> tuple[QualityPoint, ...]:
        """The points that are not met."""
        return tuple(point for point in self.points if not point.met)


def quality_of(lesson: Lesson, *, names: Collection[str] = ()) -> Quality:
    """The quality of a lesson as it stands; `names` are what the name guard found and nobody kept."""
    return Quality(
        (
            QualityPoint(
                "specific",
                _("Specific"),
                _("say what happened in two or three sentences, with a number or a date"),
                _is_specific(lesson),
            ),
            QualityPoint(
                "cause", _("Cause named"), _("ask why once more, of your last answer"), _has_cause(lesson)
            ),
            QualityPoint("act", _("Act"), _("say who does what, and when"), _has_act(lesson)),
            QualityPoint(
                "evidence",
                _("Evidence"),
                _("give days or money, or the source that shows it"),
                _has_evidence(lesson),
            ),
            QualityPoint(
                "transferable",
                _("Transferable"),
                _("choose alliance type and phase, and drop what only this alliance has"),
                _is_transferable(lesson, names),
            ),
        )
    )


def _is_specific(lesson: Lesson) -> bool:
    told = " ".join((lesson.title, lesson.planned, lesson.happened, lesson.summary, lesson.impact_text))
    return len(lesson.happened.strip()) >= STORY_LENGTH and bool(_FIGURES.search(told))


def _has_cause(lesson: Lesson) -> bool:
    answers = [why for why in lesson.whys if len(str(why).split()) >= WORDS_OF_A_WHY]
    return len(answers) >= WHYS_TO_A_CAUSE


def _has_act(lesson: Lesson) -> bool:
    if all(part.strip() for part in (lesson.advice_who, lesson.advice_does, lesson.advice_when)):
        return True
    act = lesson.recommendation
    return len(act.split()) >= WORDS_OF_AN_ACT and bool(_MOMENT.search(act))


def _has_evidence(lesson: Lesson) -> bool:
    figure = bool(lesson.impact_days) or bool(lesson.impact_money_musd)
    return figure or len(lesson.evidence.strip()) >= SOURCE_LENGTH


def _is_transferable(lesson: Lesson, names: Collection[str]) -> bool:
    told = bool(lesson.happened.strip()) and bool(lesson.title.strip())
    return told and lesson.alliance_type_id is not None and lesson.phase_id is not None and not names
