"""What lessons register with notices: their group, verbs, and how lessons and reviews are found again for a reader."""

from collections.abc import Collection

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lessons.data import LESSON_TARGET, REVIEW_TARGET, ROUTE_TARGET
from lessons.models import Lesson, LessonReview, LessonRoute
from lessons.route_rules import decidable, readable_routes
from lessons.rules import reviewable
from notifications.api import groups, target_kinds, verbs
from notifications.data import NoticeGroup, NoticeTarget, TargetKind, Verb, says

GROUP = NoticeGroup(
    "lessons", _("Lessons"), _("What becomes of your lessons, and lessons that wait for you to look at them.")
)
VERBS = (
    Verb(
        "lesson_to_screen",
        GROUP.key,
        _("Lesson to screen"),
        "list-checks",
        says(_("“%(title)s” waits to be screened")),
    ),
    Verb(
        "lesson_to_validate",
        GROUP.key,
        _("Lesson to validate"),
        "list-checks",
        says(_("“%(title)s” waits to be validated")),
    ),
    Verb(
        "lesson_returned",
        GROUP.key,
        _("Lesson returned"),
        "pencil-line",
        says(_("%(actor)s returned your lesson “%(title)s” with a note")),
    ),
    Verb(
        "lesson_published",
        GROUP.key,
        _("Lesson published"),
        "circle-check",
        says(_("“%(title)s” is published")),
    ),
    Verb(
        "lesson_routed",
        GROUP.key,
        _("Lesson for your play"),
        "signpost",
        says(_("%(actor)s sent “%(title)s” to a play of yours")),
    ),
    Verb(
        "lesson_embedded",
        GROUP.key,
        _("Lesson in the playbook"),
        "badge-check",
        says(_("“%(title)s” changed a step of the playbook")),
    ),
    Verb(
        "lesson_used",
        GROUP.key,
        _("Lesson used"),
        "lightbulb",
        says(_("%(actor)s used your lesson “%(title)s”")),
    ),
)


def register() -> None:
    """Called once when the app is ready."""
    groups.register(GROUP.key, GROUP)
    for verb in VERBS:
        verbs.register(verb.key, verb)
    for kind, resolve in ((LESSON_TARGET, lessons), (REVIEW_TARGET, reviews), (ROUTE_TARGET, routes)):
        target_kinds.register(kind, TargetKind(kind, resolve))


def lessons(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Lessons the reader may open now."""
    found = Lesson.objects.visible_to(reader).filter(pk__in=ids)
    return {lesson.pk: NoticeTarget(lesson.title, lesson.get_absolute_url()) for lesson in found}


def reviews(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Steps after which a lesson still waits for this reader: what was done meanwhile asks nothing any more."""
    newest = LessonReview.objects.filter(lesson=OuterRef("lesson")).order_by("-pk").values("pk")[:1]
    waiting = LessonReview.objects.filter(pk__in=ids, pk=Subquery(newest))
    open_to_reader = reviewable(Lesson.objects.visible_to(reader), reader)
    found = waiting.filter(lesson__in=open_to_reader.values("pk")).select_related("lesson")
    return {review.pk: NoticeTarget(review.lesson.title, _address(review.lesson)) for review in found}


def routes(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Lessons sent to plays: to the answer while one is asked of the reader, then to the lesson."""
    found = readable_routes(LessonRoute.objects.filter(pk__in=ids), reader).select_related("lesson")
    asked = set(decidable(LessonRoute.objects.filter(pk__in=ids), reader).values_list("pk", flat=True))
    return {
        route.pk: NoticeTarget(
            route.lesson.title,
            reverse("lessons:answer", args=[route.pk])
            if route.pk in asked
            else route.lesson.get_absolute_url(),
        )
        for route in found
    }


def _address(lesson: Lesson) -> str:
    return reverse("lessons:review", args=[lesson.code or lesson.pk])
