"""Whom the facts of lessons are told to.

Authors and those thanked learn what became of their lesson, owners of plays what was sent to them. Who screens is told
of each lesson; of the many who may validate only a few, in turn, and without mail: the worklist shows the rest. Facts
come at least once and are read afresh, so a lesson that has moved on meanwhile is told of as it is now.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from core import facts
from core.audiences import tokens_of
from lessons.choices import ReviewAct, RouteState, Status
from lessons.data import LESSON_TARGET, REVIEW_TARGET, ROUTE_TARGET
from lessons.managers import SCREENING_ROLES
from lessons.models import Lesson, LessonReview, LessonRoute, LessonUse
from lessons.notice_kinds import register as register_kinds
from lessons.rules import is_neighbour
from lessons.services.retarget_notices import retarget_notices
from notifications.api import notify
from people.models import User

VALIDATORS_TOLD = 5


def tell_of_move(fact: facts.LessonMoved) -> None:
    """Who has to act next, or the author. Notices of steps that are over disappear."""
    lesson = Lesson.objects.select_related("author__profile").filter(pk=fact.lesson_id).first()
    if lesson is None:
        return
    retarget_notices(lesson)
    review = lesson.reviews.order_by("-pk").first()
    if review is not None and lesson.status == fact.status:
        tell = _TOLD_BY_STATUS.get(Status(lesson.status))
        if tell is not None:
            tell(lesson, review, fact.actor_id)


def tell_of_route(fact: facts.LessonRouted) -> None:
    """Owners of plays that have not answered, and authors whose lesson changed a play."""
    for route in LessonRoute.objects.filter(lesson=fact.lesson_id).select_related("lesson", "play"):
        lesson = route.lesson
        if route.state == RouteState.OPEN:
            owner = [route.play.play_owner_id]
            told = _Told("lesson_routed", f"route:{route.pk}", "lesson_routed", (ROUTE_TARGET, route.pk))
            _tell(lesson, owner, route.routed_by_id, told)
        elif route.state in (RouteState.EMBEDDED, RouteState.CHECKED):
            told = _Told("lesson_embedded", f"embedded:{route.pk}", f"lesson:{lesson.pk}")
            _tell(lesson, _those_of(lesson), None, told)


def tell_of_use(fact: facts.LessonUsed) -> None:
    """The author and those thanked."""
    use = LessonUse.objects.select_related("lesson").filter(pk=fact.use_id).first()
    if use is not None:
        told = _Told("lesson_used", f"use:{use.pk}", f"lesson:{use.lesson_id}:used")
        _tell(use.lesson, _those_of(use.lesson), use.person_id, told)


def register() -> None:
    """Called once when the app is ready."""
    register_kinds()
    facts.subscribe(facts.LessonMoved, tell_of_move)
    facts.subscribe(facts.LessonRouted, tell_of_route)
    facts.subscribe(facts.LessonUsed, tell_of_use)


def _to_screen(lesson: Lesson, review: LessonReview, _actor_id: int | None) -> None:
    people = User.objects.present().filter(groups__name__in=SCREENING_ROLES).distinct()
    own = _people_in(lesson)
    told = [pk for pk in people.values_list("pk", flat=True) if pk not in own]
    _tell(lesson, told, None, _step("lesson_to_screen", review))


def _to_validate(lesson: Lesson, review: LessonReview, _actor_id: int | None) -> None:
    peers = (
        User.objects.present()
        .filter(Q(is_practitioner=True) | Q(groups__name__in=SCREENING_ROLES))
        .distinct()
    )
    own = _people_in(lesson) | {lesson.screened_by_id}
    may = [
        peer.pk
        for peer in peers.select_related("profile").order_by("pk")
        if peer.pk not in own and lesson.audience in tokens_of(peer) and not is_neighbour(peer, lesson)
    ]
    _tell(lesson, _in_turn(may, lesson.pk), None, _step("lesson_to_validate", review), mail=False)


def _returned(lesson: Lesson, review: LessonReview, actor_id: int | None) -> None:
    if review.act == ReviewAct.RETURNED:
        told = _Told("lesson_returned", f"review:{review.pk}", f"lesson:{lesson.pk}")
        _tell(lesson, [lesson.author_id], actor_id, told)


def _published(lesson: Lesson, review: LessonReview, actor_id: int | None) -> None:
    told = _Told("lesson_published", f"review:{review.pk}", f"lesson:{lesson.pk}")
    _tell(lesson, _those_of(lesson), actor_id, told)


_TOLD_BY_STATUS = {
    Status.SUBMITTED: _to_screen,
    Status.SCREENED: _to_validate,
    Status.RETURNED: _returned,
    Status.PUBLISHED: _published,
}


def _in_turn(people: list[int], number: int) -> list[int]:
    """A few of many, others for each number, the same for the same one."""
    if len(people) <= VALIDATORS_TOLD:
        return people
    start = number * VALIDATORS_TOLD % len(people)
    return (people[start:] + people[:start])[:VALIDATORS_TOLD]


def _people_in(lesson: Lesson) -> set[int | None]:
    """Who has a part in the lesson and so decides nothing about it."""
    return {lesson.author_id, lesson.owner_id, *lesson.credited.values_list("pk", flat=True)}


def _those_of(lesson: Lesson) -> set[int | None]:
    """Whose lesson it is: the author and those thanked."""
    return {lesson.author_id, *lesson.credited.values_list("pk", flat=True)}


@dataclass(frozen=True, slots=True)
class _Told:
    """How an event is told: its verb, the key that makes a second telling silent, what it stands with, what it is of."""

    verb: str
    key: str
    group: str
    target: tuple[str, int] | None = None


def _step(verb: str, review: LessonReview) -> _Told:
    """Something to do for whoever is told; notices of one kind stand together, as the worklist has them."""
    return _Told(verb, f"review:{review.pk}", verb, (REVIEW_TARGET, review.pk))


def _tell(
    lesson: Lesson, people: Iterable[int | None], actor_id: int | None, told: _Told, *, mail: bool = True
) -> None:
    kind, pk = told.target or (LESSON_TARGET, lesson.pk)
    notify(
        recipients=[person for person in people if person is not None],
        verb=told.verb,
        actor_id=actor_id,
        target_kind=kind,
        target_id=pk,
        audience=lesson.audience,
        group_key=told.group,
        dedupe_key=told.key,
        mail=mail,
    )
