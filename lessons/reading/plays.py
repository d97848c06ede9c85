"""The plays a lesson may go to, the likely ones first: those that cite it, then those of its activity and phase."""

from lessons.models import Citation, Lesson
from playbook.api import visible_play_refs
from playbook.data import PlayRef
from playbook.models import PlayPage

LIKELY = 8


def likely_plays(lesson: Lesson, reader: object) -> tuple[list[PlayRef], list[PlayRef]]:
    """The likely ones and the others, each in the order of codes. Three queries, and those of the door."""
    plays = visible_play_refs(reader)
    citing = set(Citation.objects.standing().filter(lesson=lesson).values_list("play_id", flat=True))
    same = set(
        PlayPage.objects.visible_to(reader).filter(activities=lesson.activity_id).values_list("pk", flat=True)
        if lesson.activity_id
        else ()
    )
    likely = [play for play in plays if play.pk in citing or play.pk in same][:LIKELY]
    names = {play.pk for play in likely}
    return likely, [play for play in plays if play.pk not in names]
