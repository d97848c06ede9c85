"""What a lesson says at a moment, kept with each review so that the next reviewer sees what changed since."""

import hashlib
import json

from lessons.models import Lesson

KEPT = (
    "title",
    "summary",
    "recommendation",
    "advice_who",
    "advice_does",
    "advice_when",
    "context",
    "planned",
    "happened",
    "impact_text",
    "impact_relationship",
    "evidence",
    "proposed_change",
)
WHYS = "whys"
CHOSEN = (
    "outcome",
    "impact_days",
    "impact_money_musd",
    "phase_id",
    "alliance_type_id",
    "partner_type_id",
    "activity_id",
    "habit_id",
    "role_area_id",
    "risk_kind_id",
)


def texts_of(lesson: Lesson) -> dict[str, str]:
    """Field to text; the whys one a line. Empty fields are left out."""
    texts = {name: str(getattr(lesson, name)) for name in KEPT}
    texts[WHYS] = "\n".join(str(why) for why in lesson.whys)
    return {name: text for name, text in texts.items() if text}


def fingerprint(lesson: Lesson) -> str:
    """Differs where anything that an author writes or chooses differs."""
    chosen = [str(getattr(lesson, name)) for name in CHOSEN]
    causes = sorted(lesson.causes.values_list("pk", flat=True))
    return hashlib.sha256(json.dumps([texts_of(lesson), chosen, causes]).encode()).hexdigest()[:16]
