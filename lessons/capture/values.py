"""From what was typed to a lesson: leniently for what stands beside the form, strictly for what is stored."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from core.models import Term
from lessons.capture.advice import composed
from lessons.capture.fields import answered
from lessons.capture.steps import WHYS
from lessons.models import Lesson

TEXTS = (
    "title",
    "planned",
    "happened",
    "impact_relationship",
    "evidence",
    "advice_who",
    "advice_does",
    "advice_when",
)
STORED = (
    *TEXTS,
    "outcome",
    "impact_days",
    "impact_money_musd",
    "alliance_type",
    "phase",
    "audience",
    "unnamed",
    "grew_from",
)


def lesson_from(cleaned: Mapping[str, Any]) -> Lesson:
    """A lesson that was not saved, of validated values."""
    lesson = Lesson(**{name: cleaned[name] for name in STORED})
    lesson.whys = answered([cleaned[name] for name in WHYS])
    lesson.recommendation = composed(lesson.advice_who, lesson.advice_does, lesson.advice_when)
    return lesson


def sketch_from(text: Callable[[str], str]) -> Lesson:
    """A lesson as far as it was typed; never saved. `text` gives what stands in a field."""
    lesson = Lesson(**{name: text(name) for name in TEXTS})
    lesson.whys = answered([text(name) for name in WHYS])
    lesson.impact_days = _number(text("impact_days"))
    lesson.impact_money_musd = _amount(text("impact_money_musd"))
    chosen = [text("alliance_type"), text("phase")]
    known = dict(Term.objects.filter(code__in=filter(None, chosen)).values_list("code", "pk"))
    lesson.alliance_type_id, lesson.phase_id = (known.get(code) for code in chosen)
    return lesson


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None
