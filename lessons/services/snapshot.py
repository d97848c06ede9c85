"""What a lesson says at a moment, kept with each review so that the next reviewer sees what changed since."""

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


def texts_of(lesson: Lesson) -> dict[str, str]:
    """Field to text; the whys one a line. Empty fields are left out."""
    texts = {name: str(getattr(lesson, name)) for name in KEPT}
    texts[WHYS] = "\n".join(str(why) for why in lesson.whys)
    return {name: text for name, text in texts.items() if text}
