"""Recording a lesson in steps, and what stands beside the form while somebody types."""

import re
from typing import cast
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from composer.api import drafts_of
from core.crumbs import Crumb
from lessons.capture.form import CaptureForm
from lessons.capture.rail import rail_of
from lessons.capture.steps import BY_KEY, FIRST, Step
from lessons.capture.values import lesson_from
from lessons.models import Lesson
from lessons.services.submit import submit_lesson
from people.models import User
from playbook.models import PlayPage

TOKEN = re.compile(r"[0-9a-f]{32}")
DRAFTS_OFFERED = 3


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """One step of the form; the last one submits the lesson."""
    me = cast("User", request.user)
    token = _token(request)
    form = _form(request, me, token)
    if form.wants_posting() and form.is_last:
        if url := form.post(lambda: _submitted(form, me)):
            messages.success(request, _("Submitted. A screener reads it within three working days."))
            return redirect(url)
    elif form.goes_on and form.keep():
        return redirect(_address(token, form.next_step))
    return _page(request, form, me, begins="draft" not in request.GET)


@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """The cards beside the form, for the text as it stands."""
    me = cast("User", request.user)
    form = CaptureForm(request.POST, owner=me, token=_token(request), step=_step(request))
    return render(
        request, "lessons/capture_rail.html", {"rail": rail_of(form, me), "form": form, "told": True}
    )


def _form(request: HttpRequest, me: User, token: str) -> CaptureForm:
    step = _step(request)
    if request.method == "POST":
        return CaptureForm(request.POST, owner=me, token=token, step=step or FIRST)
    form = CaptureForm(owner=me, token=token, step=step, initial={"play": request.GET.get("play", "")[:20]})
    if step is not None:
        form.restored = None
    return form


def _page(request: HttpRequest, form: CaptureForm, me: User, *, begins: bool) -> HttpResponse:
    waiting = [draft for draft in drafts_of(me) if draft.key.startswith("lesson:")] if begins else []
    context = {
        "form": form,
        "rail": rail_of(form, me),
        "action": _address(form.token, form.step),
        "waiting": waiting[:DRAFTS_OFFERED],
        "play": _play(me, form.text("play")),
        "crumbs": [Crumb(_("Lessons"), reverse("lessons:list")), Crumb(_("Record a lesson"))],
    }
    return render(request, "lessons/capture.html", context, status=form.status)


def _submitted(form: CaptureForm, me: User) -> str:
    lesson: Lesson = submit_lesson(
        lesson=lesson_from(form.cleaned_data),
        author=me,
        names=form.names,
        likenesses=form.likenesses,
        play_code=form.cleaned_data["play"],
    )
    return reverse("lessons:complete", args=[lesson.key])


def _play(me: User, code: str) -> PlayPage | None:
    return PlayPage.objects.live().visible_to(me).filter(code=code).first() if code else None


def _token(request: HttpRequest) -> str:
    given = request.GET.get("draft", "")
    if given and not TOKEN.fullmatch(given):
        raise Http404
    return given or uuid4().hex


def _step(request: HttpRequest) -> Step | None:
    return BY_KEY.get(request.POST.get("step") or request.GET.get("step", ""))


def _address(token: str, step: Step) -> str:
    return f"{reverse('lessons:new')}?{urlencode({'draft': token, 'step': step.key})}"
