"""Why a person may not do something with a lesson, in a sentence: for the page that offers it and for who tries it.

Empty where nothing stands in the way of the person; what the lesson itself lacks is told by `missing_to_publish`.
"""

from django.utils.translation import gettext as _

from lessons.choices import Status
from lessons.managers import validates
from lessons.models import Lesson
from lessons.permissions import may_edit
from lessons.rules import is_apart, is_neighbour, may_return, may_screen, may_validate

QUALITY_TO_PUBLISH = 4


def why_not_screen(actor: object, lesson: Lesson) -> str:
    """Why the actor may not screen it."""
    if may_screen(actor, lesson):
        return ""
    if lesson.status != Status.SUBMITTED:
        return _("Only a submitted lesson can be screened.")
    if not is_apart(actor, lesson):
        return _("This is your own lesson: somebody else has to screen it.")
    return _("Stewards and facilitators screen lessons.")


def why_not_validate(actor: object, lesson: Lesson) -> str:
    """Why the actor may not validate it."""
    if may_validate(actor, lesson):
        return ""
    if lesson.status != Status.SCREENED:
        return _("Only a screened lesson can be validated.")
    if not is_apart(actor, lesson):
        return _("Somebody other than its author has to publish it.")
    if lesson.screened_by_id == getattr(actor, "pk", None):
        return _("You screened this lesson: a second person has to validate it.")
    if validates(actor) and is_neighbour(actor, lesson):
        if lesson.unnamed:
            return _("Somebody else has to validate this one.")
        return _("You work in the author's division: somebody from another one has to validate it.")
    return _("Practitioners, stewards and facilitators validate lessons.")


def why_not_return(actor: object, lesson: Lesson) -> str:
    """Why the actor may not give it back."""
    if may_return(actor, lesson):
        return ""
    if lesson.status not in (Status.SUBMITTED, Status.SCREENED):
        return _("Only a lesson under review can be returned.")
    if not is_apart(actor, lesson):
        return _("This is your own lesson: you can change it without returning it.")
    return _("Whoever reviews a lesson may return it.")


def why_not_keep(actor: object, lesson: Lesson) -> str:
    """Why the actor may not archive, reopen or route it, or change who reads it."""
    return "" if may_edit(actor, lesson) else _("Stewards and facilitators do that.")


def missing_to_publish(lesson: Lesson) -> list[str]:
    """What the lesson itself lacks, all at once, so that nobody has to try three times. External ones lack nothing."""
    if lesson.is_external:
        return []
    missing = []
    if lesson.quality < QUALITY_TO_PUBLISH:
        words = {"quality": lesson.quality, "needed": QUALITY_TO_PUBLISH}
        missing.append(_("The quality is %(quality)s of 5; %(needed)s are needed.") % words)
    if not lesson.recommendation.strip():
        missing.append(_("It does not say what to do."))
    return missing
