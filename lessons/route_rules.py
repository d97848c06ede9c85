"""Who answers for a lesson that was sent to a play: its owner; stewards and facilitators where it has none.

The effect of a change is checked by the owner or by who keeps lessons. Nobody answers for what they may not read, nor
for a play they may not read. Every predicate has a queryset twin, and a test proves the two equal.
"""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from core.audiences import tokens_of
from lessons.choices import RouteState, Status
from lessons.managers import screens
from playbook.models import PlayPage

if TYPE_CHECKING:
    from lessons.managers import RouteQuerySet
    from lessons.models import LessonRoute


def may_answer(reader: object, route: "LessonRoute") -> bool:
    """Whether the reader may take it up or reject it. Twin of `answerable`."""
    if route.state != RouteState.OPEN or not _may_read_both(reader, route):
        return False
    return _owns(reader, route) or (screens(reader) and not _has_owner(route))


def answerable(routes: "RouteQuerySet", reader: object) -> "RouteQuerySet":
    """Twin of `may_answer`."""
    mine = Q(play__play_owner_id=getattr(reader, "pk", None), play__play_owner__is_active=True)
    if screens(reader):
        mine |= Q(play__play_owner=None) | Q(play__play_owner__is_active=False)
    return readable_routes(routes, reader).filter(mine, state=RouteState.OPEN)


def may_check(reader: object, route: "LessonRoute") -> bool:
    """Whether the reader may say that the change worked. Twin of `checkable`."""
    embedded = route.state == RouteState.EMBEDDED and _may_read_both(reader, route)
    return embedded and (_owns(reader, route) or screens(reader))


def checkable(routes: "RouteQuerySet", reader: object) -> "RouteQuerySet":
    """Twin of `may_check`."""
    rows = readable_routes(routes, reader).filter(state=RouteState.EMBEDDED)
    return rows if screens(reader) else rows.filter(play__play_owner_id=getattr(reader, "pk", None))


def decidable(routes: "RouteQuerySet", reader: object) -> "RouteQuerySet":
    """Whatever the reader has to say something about: an answer, or the effect."""
    mine = [rows(routes.model.objects.all(), reader).values("pk") for rows in (answerable, checkable)]
    return routes.filter(Q(pk__in=mine[0]) | Q(pk__in=mine[1]))


def readable_routes(routes: "RouteQuerySet", reader: object) -> "RouteQuerySet":
    """The routes of published lessons whose lesson and play the reader may read."""
    tokens = sorted(tokens_of(reader))
    return routes.filter(
        lesson__status=Status.PUBLISHED, lesson__audience__in=tokens, play__in=_plays(reader)
    )


def _plays(reader: object) -> "QuerySet[PlayPage]":
    plays: QuerySet[PlayPage] = PlayPage.objects.visible_to(reader).values("pk")
    return plays


def _may_read_both(reader: object, route: "LessonRoute") -> bool:
    lesson = route.lesson
    readable = lesson.status == Status.PUBLISHED and lesson.audience in tokens_of(reader)
    return readable and route.play.is_readable_by(reader)


def _owns(reader: object, route: "LessonRoute") -> bool:
    pk = getattr(reader, "pk", None)
    return pk is not None and route.play.play_owner_id == pk


def _has_owner(route: "LessonRoute") -> bool:
    owner = route.play.play_owner
    return owner is not None and owner.is_active
