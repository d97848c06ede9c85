"""Counts on a lesson, always made from its rows and never added up, so that a repeated act cannot drift them.

Call `settle_counts` inside the transaction of the act, with the lesson locked.
"""

from django.db.models import Count, Q

from lessons.choices import UseOutcome
from lessons.models import Lesson, LessonUse, LessonVote, SeenAgain
from lessons.services.indexing import index_lesson

COUNTS = ("use_count", "worked_count", "adapted_count", "seen_again_count", "helpful_count")


def settle_counts(lesson: Lesson) -> None:
    """Writes the counts and has the lesson indexed again: uses and votes lift it a little in search."""
    uses = LessonUse.objects.filter(lesson=lesson).aggregate(
        use_count=Count("pk"),
        worked_count=Count("pk", filter=Q(outcome=UseOutcome.WORKED)),
        adapted_count=Count("pk", filter=Q(outcome=UseOutcome.ADAPTED)),
    )
    for name, count in uses.items():
        setattr(lesson, name, count)
    lesson.seen_again_count = SeenAgain.objects.filter(lesson=lesson).count()
    lesson.helpful_count = LessonVote.objects.filter(lesson=lesson, helpful=True).count()
    lesson.save(update_fields=COUNTS)
    index_lesson(lesson)
