"""What the owner of a play answers to a lesson that was sent there, and later whether the change worked."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.crumbs import Crumb
from lessons.models import LessonRoute
from lessons.review_forms import AnswerForm
from lessons.route_rules import decidable, may_check
from lessons.services.check_effect import check_effect
from lessons.services.embed import embed_lesson
from lessons.services.reject import reject_lesson
from people.models import User
from playbook.api import plays_by_id

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What the owner of a play makes of a lesson, and later whether the change worked."""
    found = get_object_or_404(decidable(LessonRoute.objects.with_all(), request.user), pk=pk)
    play = plays_by_id([found.play_id], request.user).get(found.play_id)
    if play is None:
        raise Http404
    form = AnswerForm(request.POST or None, steps=play.steps, initial={"step_key": found.step_key})
    if request.method == "POST" and form.is_valid() and _answer(form, found, cast("User", request.user)):
        messages.success(request, _("Thank you. Your answer stands with the lesson."))
        return redirect("lessons:worklist")
    context = {
        "route": found,
        "lesson": found.lesson,
        "play": play,
        "form": form,
        "checks": may_check(request.user, found),
        "crumbs": [
            Crumb(_("Lessons"), reverse("lessons:list")),
            Crumb(_("Worklist"), reverse("lessons:worklist")),
            Crumb(f"{found.lesson.key}, {play.code}"),
        ],
    }
    return render(request, "lessons/answer.html", context, status=422 if form.errors else 200)


def _answer(form: AnswerForm, found: LessonRoute, me: User) -> bool:
    act, data = form.cleaned_data["act"], form.cleaned_data
    field = {AnswerForm.EMBED: "step_key", AnswerForm.REJECT: "reason", AnswerForm.CHECK: "seen"}[act]
    try:
        if act == AnswerForm.EMBED:
            embed_lesson(route_id=found.pk, step_key=data["step_key"], actor=me)
        elif act == AnswerForm.REJECT:
            reject_lesson(route_id=found.pk, reason=data["reason"], actor=me)
        else:
            check_effect(route_id=found.pk, seen=data["seen"], actor=me)
    except ValidationError as error:
        form.add_error(field, error)
        return False
    return True
