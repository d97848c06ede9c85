"""Looking after a lesson: who may read it, archive, review again, and which play it goes to."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lessons.models import Lesson
from lessons.permissions import may_edit
from lessons.reading.plays import likely_plays
from lessons.review_forms import KeepForm, RouteForm
from lessons.rules import may_archive, may_reopen, may_route
from lessons.services.archive import archive_lesson
from lessons.services.audience import change_audience
from lessons.services.reopen import reopen_lesson
from lessons.services.route import route_lesson
from lessons.views.reading import found_lesson, lesson_crumbs
from people.models import User

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """Audience, archive and review again, each with its reason."""
    lesson = found_lesson(request.user, key)
    if lesson.is_external or not may_edit(request.user, lesson):
        raise Http404
    form = KeepForm(request.POST or None, reader=request.user, initial={"audience": lesson.audience})
    if request.method == "POST" and form.is_valid() and _kept(form, lesson, cast("User", request.user)):
        messages.success(request, _("Done. It holds everywhere from now on."))
        return redirect(lesson)
    context = {
        "lesson": lesson,
        "form": form,
        "can_archive": may_archive(request.user, lesson),
        "can_reopen": may_reopen(request.user, lesson),
        "crumbs": lesson_crumbs(lesson, linked=True),
    }
    return render(request, "lessons/keep.html", context, status=422 if form.errors else 200)


@require_http_methods(FORM)
def route(request: HttpRequest, key: str) -> HttpResponse:
    """Which play should change because of the lesson."""
    lesson = found_lesson(request.user, key)
    if not may_route(request.user, lesson):
        raise Http404
    likely, others = likely_plays(lesson, request.user)
    form = RouteForm(request.POST or None, likely=likely, others=others)
    if request.method == "POST" and form.is_valid():
        try:
            made = route_lesson(
                lesson_id=lesson.pk, play_id=form.cleaned_data["play"], actor=cast("User", request.user)
            )
        except ValidationError as error:
            form.add_error("play", error)
        else:
            sent = _("Sent. The owner of the play has sixty days to answer.")
            messages.success(request, sent if made else _("It was sent to this play before."))
            return redirect(lesson)
    context = {"lesson": lesson, "form": form, "crumbs": lesson_crumbs(lesson, linked=True)}
    return render(request, "lessons/route.html", context, status=422 if form.errors else 200)


def _kept(form: KeepForm, lesson: Lesson, me: User) -> bool:
    act, reason = form.cleaned_data["act"], form.cleaned_data["reason"]
    try:
        if act == KeepForm.AUDIENCE:
            audience = form.cleaned_data["audience"]
            change_audience(lesson_id=lesson.pk, audience=audience, actor=me, reason=reason)
        elif act == KeepForm.ARCHIVE:
            archive_lesson(lesson_id=lesson.pk, actor=me, reason=reason)
        else:
            reopen_lesson(lesson_id=lesson.pk, actor=me, reason=reason)
    except ValidationError as error:
        form.add_error("audience" if act == KeepForm.AUDIENCE else "reason", error)
        return False
    return True
