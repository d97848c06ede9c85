"""How readers answer a lesson: I used this, seen again, helpful or why not. Each is a page of its own and needs no script."""

from collections.abc import Callable
from functools import partial
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lessons.choices import Status, UseOutcome, WhyNot
from lessons.models import Lesson
from lessons.response_forms import CircumstancesForm, NotHelpfulForm, SeenAgainForm, UseForm
from lessons.rules import is_apart, may_respond
from lessons.services.see_again import see_again
from lessons.services.use import use_lesson
from lessons.services.vote import vote
from lessons.views.reading import found_lesson, lesson_crumbs
from people.models import User

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def use(request: HttpRequest, key: str) -> HttpResponse:
    """What came of using a lesson."""
    lesson, me = _answered(request, key)
    form = UseForm(request.POST or None, person=me)
    if request.method == "POST" and form.is_valid():
        told = _tried(
            form,
            lambda: use_lesson(
                lesson_id=lesson.pk,
                person=me,
                outcome=UseOutcome(form.cleaned_data["outcome"]),
                where=form.circumstances(),
                saving=form.saving(),
            ),
        )
        if told is not None:
            thanks = _("Thank you. Your use stands with the lesson now.")
            return _back(request, lesson, thanks if told else _("You told of this use already."))
    return _form(request, lesson, form, "lessons/use_form.html")


@require_http_methods(FORM)
def seen(request: HttpRequest, key: str) -> HttpResponse:
    """The same event in another alliance."""
    lesson, me = _answered(request, key)
    form = SeenAgainForm(request.POST or None, person=me)
    if request.method == "POST" and form.is_valid():
        told = _tried(form, lambda: see_again(lesson_id=lesson.pk, person=me, where=form.circumstances()))
        if told is not None:
            thanks = _("Thank you. It counts as seen again.")
            return _back(request, lesson, thanks if told else _("You have said so before; it counts once."))
    return _form(request, lesson, form, "lessons/seen_form.html")


@require_POST
def helpful(request: HttpRequest, key: str) -> HttpResponse:
    """It helped."""
    lesson, me = _answered(request, key)
    try:
        vote(lesson_id=lesson.pk, person=me, helpful=True)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(lesson)
    return _back(request, lesson, _("Thank you. It counts as helpful for you."))


@require_http_methods(FORM)
def not_helpful(request: HttpRequest, key: str) -> HttpResponse:
    """It did not help, and why."""
    lesson, me = _answered(request, key)
    form = NotHelpfulForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = WhyNot(form.cleaned_data["why_not"])
        note = form.cleaned_data["note"]
        act = partial(vote, lesson_id=lesson.pk, person=me, helpful=False, why_not=why, note=note)
        if _tried(form, act) is not None:
            return _back(request, lesson, _("Thank you. Those who look after the lesson see why."))
    return _form(request, lesson, form, "lessons/not_helpful_form.html")


def _answered(request: HttpRequest, key: str) -> tuple[Lesson, User]:
    lesson = found_lesson(request.user, key)
    if not (may_respond(request.user, lesson) or _has_moved_on(request, lesson)):
        raise Http404
    return lesson, cast("User", request.user)


def _has_moved_on(request: HttpRequest, lesson: Lesson) -> bool:
    """Whether it was archived while somebody typed: the service says so, beside the words that were typed."""
    typed = request.method == "POST" and lesson.status == Status.ARCHIVED and not lesson.is_external
    return typed and is_apart(request.user, lesson)


def _tried(form: Form, act: Callable[[], bool]) -> bool | None:
    """What the act says; nothing where the lesson moved on since the page was opened, which the form then says."""
    try:
        return act()
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _back(request: HttpRequest, lesson: Lesson, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"{lesson.get_absolute_url()}#use")


def _form(
    request: HttpRequest, lesson: Lesson, form: CircumstancesForm | NotHelpfulForm, template: str
) -> HttpResponse:
    context = {"lesson": lesson, "form": form, "crumbs": lesson_crumbs(lesson, linked=True)}
    return render(request, template, context, status=422 if form.errors else 200)
