"""The buttons that lead from one room into another."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from forums import api as forums
from mentoring import api as mentoring
from people.models import User
from portal.flows.answer_to_lesson import begin_from_answer
from portal.flows.mentorship_to_lesson import begin_from_look_back


@require_POST
def answer_to_lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins a lesson from an accepted answer; the reader writes it on."""
    reader = cast("User", request.user)
    answer = forums.accepted_answer(pk, reader)
    if answer is None:
        raise Http404
    return redirect(begin_from_answer(owner=reader, answer=answer))


@require_POST
def mentorship_to_lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins a lesson from the reader's own look back on a mentorship."""
    reader = cast("User", request.user)
    look = mentoring.look_back_of(pk, reader)
    if look is None:
        raise Http404
    return redirect(begin_from_look_back(owner=reader, look=look))
