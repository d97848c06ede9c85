"""The buttons that lead from one room into another."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from forums import api as forums
from people.models import User
from portal.flows.answer_to_lesson import begin_from_answer


@require_POST
def answer_to_lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins a lesson from an accepted answer; the reader writes it on."""
    reader = cast("User", request.user)
    answer = forums.accepted_answer(pk, reader)
    if answer is None:
        raise Http404
    return redirect(begin_from_answer(owner=reader, answer=answer))
