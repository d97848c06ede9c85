"""Keeps the notices of a lesson at what the lesson is now: its audience, and the step it stands at.

Called in the transaction of a change of audience, and when a lesson moved: notices of steps that are over are nobody's.
"""

from core.audiences import NOBODY
from lessons.data import LESSON_TARGET, REVIEW_TARGET, ROUTE_TARGET
from lessons.models import Lesson
from notifications import api as notifications


def retarget_notices(lesson: Lesson) -> None:
    """Safe to repeat."""
    sent = list(lesson.routes.values_list("pk", flat=True))
    steps = list(lesson.reviews.order_by("pk").values_list("pk", flat=True))
    notifications.retarget(target_kind=LESSON_TARGET, target_ids=[lesson.pk], audience=lesson.audience)
    notifications.retarget(target_kind=ROUTE_TARGET, target_ids=sent, audience=lesson.audience)
    notifications.retarget(target_kind=REVIEW_TARGET, target_ids=steps[:-1], audience=NOBODY)
    notifications.retarget(target_kind=REVIEW_TARGET, target_ids=steps[-1:], audience=lesson.audience)
