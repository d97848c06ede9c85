"""Small acts by POST: accept, helpful, save, follow, mark all as read. Each leads back to where it was done."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forums.models import Board, Topic
from forums.services.accept_answer import accept_answer
from forums.services.checks import NUL
from forums.services.follow import follow as set_follow
from forums.services.keep_post import keep_post
from forums.services.mark_read import mark_many_read, put_back
from forums.services.vote_helpful import vote_helpful
from forums.unread import unread_topics
from forums.views.common import FRESH, UNDO, done, reader_of, way_back


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a reply for the answer, or takes that back."""
    accepts = done(lambda: accept_answer(actor=reader_of(request), post_id=pk))
    messages.success(
        request,
        _("This is the answer now. Colleagues find it under the question.")
        if accepts
        else _("The question is open again."),
    )
    return redirect(way_back(request))


@require_POST
def helpful(request: HttpRequest, pk: int) -> HttpResponse:
    """Says that a post helped, or takes it back."""
    done(lambda: vote_helpful(reader=reader_of(request), post_id=pk))
    return redirect(way_back(request))


@require_POST
def bookmark(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps a post, or lets it go."""
    done(lambda: keep_post(reader=reader_of(request), post_id=pk))
    return redirect(way_back(request))


@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Sets how closely a board, tag or topic is followed."""
    number = request.POST.get("object", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    done(
        lambda: set_follow(
            reader=reader_of(request),
            kind=request.POST.get("kind", ""),
            object_id=int(number),
            level=request.POST.get("level", ""),
        )
    )
    messages.success(request, _("Noted. You are told as you chose."))
    return redirect(way_back(request))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Marks everything as read, of one board or of all, or takes the last time back."""
    reader = reader_of(request)
    if "undo" in request.POST:
        before = {int(pk): number for pk, number in request.session.pop(UNDO, {}).items()}
        put_back(reader=reader, numbers=before)
        return redirect(way_back(request))
    rows = Topic.objects.visible_to(reader).listed()
    if slug := request.POST.get("board", "").replace(NUL, ""):
        rows = rows.filter(board=get_object_or_404(Board.objects.visible_to(reader), slug=slug))
    numbers = {topic.pk: topic.last_number for topic in unread_topics(rows, reader)}
    request.session[UNDO] = mark_many_read(reader=reader, numbers=numbers)
    request.session[FRESH] = True
    return redirect(way_back(request))
