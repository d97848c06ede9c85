"""The worklist, the two-minute review, and the list of one's own lessons."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.crumbs import Crumb
from lessons import presentation
from lessons.choices import IN_REVIEW
from lessons.managers import screens, validates
from lessons.models import Lesson
from lessons.reading.review import review_view
from lessons.reading.worklist import next_review, worklist
from lessons.review_forms import DecisionForm
from lessons.services.publish import publish_lesson
from lessons.services.return_to_author import return_lesson
from lessons.services.screen import screen_lesson
from lessons.views.reading import found_lesson
from people.models import User


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, the most urgent first."""
    chosen = request.GET.get("kind", "")
    found = worklist(request.user, chosen, request.GET.get("after"))
    crumbs = [Crumb(_("Lessons"), reverse("lessons:list")), Crumb(_("Worklist"))]
    context = {"work": found, "kind": chosen, "crumbs": crumbs, "reviews": validates(request.user)}
    return render(request, "lessons/worklist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, key: str) -> HttpResponse:
    """One lesson to decide on; after the act the next one opens."""
    lesson = _reviewed(request.user, key)
    if lesson.status not in IN_REVIEW and not request.POST.get("note", "").strip():
        messages.success(request, _("This lesson is not under review any more."))
        return redirect(lesson)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decide(form, lesson, cast("User", request.user)):
        return _next(request, form.cleaned_data["act"])
    context = {
        "lesson": lesson,
        "review": review_view(lesson, request.user),
        "form": form,
        "causes": list(lesson.causes.all()),
        "figures": presentation.figures(lesson),
        "impact_heading": presentation.impact_heading(lesson),
        "crumbs": _crumbs(lesson),
    }
    return render(request, "lessons/review.html", context, status=422 if form.errors else 200)


def _reviewed(reader: object, key: str) -> Lesson:
    lesson = found_lesson(reader, key)
    if lesson.is_external or not (screens(reader) or validates(reader)):
        raise Http404
    return lesson


def _decide(form: DecisionForm, lesson: Lesson, me: User) -> bool:
    """Does what the form asks for; what stands in the way becomes an error of the form."""
    act, note = form.cleaned_data["act"], form.cleaned_data["note"]
    try:
        if act == DecisionForm.SCREEN:
            done = screen_lesson(lesson_id=lesson.pk, actor=me, note=note)
        elif act == DecisionForm.VALIDATE:
            done = publish_lesson(lesson_id=lesson.pk, actor=me, reason=note)
        else:
            done = return_lesson(lesson_id=lesson.pk, actor=me, reason=note)
    except ValidationError as error:
        form.add_error("note" if act == DecisionForm.RETURN else None, error)
        return False
    if not done and not _is_said(lesson, me, note):
        form.add_error(None, _("Somebody was faster, so your words went to nobody. They stand below."))
        return False
    return True


def _is_said(lesson: Lesson, me: User, note: str) -> bool:
    """Whether the last review is this very one, as after a second click."""
    last = lesson.reviews.order_by("-pk").first()
    return last is not None and (last.by_id, last.note) == (me.pk, note.strip())


def _next(request: HttpRequest, act: str) -> HttpResponse:
    done = {
        DecisionForm.SCREEN: _("Screened. A second person validates it now."),
        DecisionForm.VALIDATE: _("Validated and published."),
        DecisionForm.RETURN: _("Returned to its author, with your words."),
    }
    address = next_review(request.user, act)
    words = done[act] if address else f"{done[act]} {_('No other lesson waits for your review.')}"
    messages.success(request, f"{words} {_('This is the next one.')}" if address else words)
    return redirect(address or "lessons:worklist")


def _crumbs(lesson: Lesson) -> list[Crumb]:
    return [
        Crumb(_("Lessons"), reverse("lessons:list")),
        Crumb(_("Worklist"), reverse("lessons:worklist")),
        Crumb(lesson.key),
    ]
