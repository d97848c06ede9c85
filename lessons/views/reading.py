"""The page of one lesson. What a reader may not see is not there."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.crumbs import Crumb
from lessons import presentation
from lessons.api import citing_plays_of, similar_lessons
from lessons.data import LESSON_TARGET
from lessons.filters import EXTERNAL
from lessons.models import Lesson
from lessons.origins import origin_of
from lessons.permissions import may_complete, may_edit
from lessons.reading.evidence import evidence_of, reasons_against, words_of_reviewers
from lessons.rules import is_apart, may_review, may_route
from notifications import api as notifications
from people.models import User

TERMS = (
    "phase",
    "component",
    "activity",
    "habit",
    "role_area",
    "alliance_type",
    "partner_type",
    "risk_kind",
)


@require_safe
def lesson_detail(request: HttpRequest, key: str) -> HttpResponse:
    """A lesson by its code or, where it has none, by its number."""
    lesson = found_lesson(request.user, key)
    if lesson.get_absolute_url() != request.path:
        return HttpResponseRedirect(lesson.get_absolute_url())
    if not is_apart(request.user, lesson):
        _note_as_read(cast("User", request.user), lesson)
    context = {
        "lesson": lesson,
        "crumbs": lesson_crumbs(lesson),
        "causes": list(lesson.causes.all()),
        "similar": similar_lessons(lesson, request.user),
    }
    if lesson.is_external:
        return render(request, "lessons/external.html", context)
    context |= {
        "ladder": presentation.ladder(lesson),
        "figures": presentation.figures(lesson),
        "impact_heading": presentation.impact_heading(lesson),
        "standard_heading": presentation.standard_heading(lesson),
        "plays": citing_plays_of(lesson, request.user),
        "evidence": evidence_of(lesson, request.user, request.GET.get("uses")),
        "against": reasons_against(lesson, request.user),
        "words": words_of_reviewers(lesson, request.user),
        "origin": origin_of(lesson.grew_from, request.user),
        "thanked": list(lesson.credited.all()),
        "completes": may_complete(request.user, lesson),
        "keeps": may_edit(request.user, lesson),
        "reviews": may_review(request.user, lesson),
        "routes_it": may_route(request.user, lesson),
    }
    return render(request, "lessons/detail.html", context)


def _note_as_read(reader: User, lesson: Lesson) -> None:
    """Whoever has a part in a lesson is told of it, and has seen now what they were told."""
    notifications.mark_read(reader=reader, target_kind=LESSON_TARGET, target_ids=[lesson.pk])


def found_lesson(reader: object, key: str) -> Lesson:
    """A lesson the reader may see, by its code or its number; the 404 of a missing one otherwise."""
    rows = Lesson.objects.visible_to(reader).with_people().select_related(*TERMS, "source")
    try:
        if key.isascii() and key.isdigit():
            return rows.get(pk=int(key))
        return rows.get(code=key.upper())
    except (
        Lesson.DoesNotExist,
        OverflowError,
        ValueError,
    ) as error:  # ValueError: a number of thousands of digits
        raise Http404 from error


def lesson_crumbs(lesson: Lesson, *, linked: bool = False) -> list[Crumb]:
    """The way back up from a lesson; `linked` where the page is one below it."""
    crumbs = [Crumb(_("Lessons"), reverse("lessons:list"))]
    if lesson.is_external:
        crumbs.append(Crumb(_("External lessons"), f"{reverse('lessons:list')}?tab={EXTERNAL}"))
    elif lesson.phase is not None:
        address = f"{reverse('lessons:list')}?phase={lesson.phase.code}"
        crumbs.append(Crumb(lesson.phase.label, address))
    own_address = lesson.get_absolute_url() if linked else ""
    return [*crumbs, Crumb(lesson.code or lesson.external_key or lesson.key, own_address)]
