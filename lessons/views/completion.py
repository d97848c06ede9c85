"""What an author adds to a lesson after submitting it, or changes when it came back."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.crumbs import Crumb
from lessons.capture.completion import CompletionForm
from lessons.capture.rail import rail_of
from lessons.choices import ReviewAct, Status
from lessons.models import Lesson
from lessons.permissions import may_complete
from lessons.services.complete import complete_lesson
from lessons.views.reading import found_lesson
from people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, key: str) -> HttpResponse:
    """All of the lesson in one form."""
    me = cast("User", request.user)
    lesson = found_lesson(me, key)
    if not may_complete(me, lesson):
        return _set_aside(request, me, lesson)
    form = CompletionForm(request.POST or None, owner=me, lesson=lesson)
    if form.wants_posting() and (url := form.post(lambda: _completed(form, me), lambda: form.is_late)):
        messages.success(request, _("Saved. Thank you: the more it says, the more often it helps."))
        return redirect(url)
    if form.saved and not form.errors:
        return redirect(form.place.url)
    changed = form.changed_meanwhile()
    if form.is_late:  # both are in the page now, so the next attempt is a decision
        form.replace("began", form.stored["began"])
    returned = lesson.status == Status.RETURNED
    context = {
        "form": form,
        "lesson": lesson,
        "changed": changed,
        "rail": rail_of(form, me, leave_out=[lesson.pk]),
        "returned": returned,
        "waits": lesson.status != Status.SUBMITTED,
        "asked": lesson.reviews.filter(act=ReviewAct.RETURNED).last() if returned else None,
        "crumbs": [
            Crumb(_("Lessons"), reverse("lessons:list")),
            Crumb(lesson.key, lesson.get_absolute_url()),
            Crumb(_("Complete")),
        ],
    }
    return render(request, "lessons/complete.html", context, status=form.status)


def _set_aside(request: HttpRequest, me: User, lesson: Lesson) -> HttpResponse:
    """What its author typed while somebody screened the lesson: it cannot be saved, and is not lost."""
    if request.method != "POST" or lesson.author_id != me.pk:
        raise Http404
    form = CompletionForm(request.POST, owner=me, lesson=lesson)
    messages.warning(
        request, _("This lesson has moved on, so nothing is added to it. What you wrote is kept here.")
    )
    return redirect(form.set_aside())


def _completed(form: CompletionForm, me: User) -> str:
    lesson = form.written()
    complete_lesson(
        lesson=lesson,
        causes=list(form.cleaned_data["causes"]),
        author=me,
        names=form.names,
        resubmit=True,
        seen=form.cleaned_data["began"],
    )
    return lesson.get_absolute_url()
