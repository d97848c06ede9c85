"""Lists: the front page of the forums, a board, what one kept, and what somebody answered."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.crumbs import Crumb
from forums.choices import Level
from forums.models import Board
from forums.permissions import may_open_topic
from forums.presentation import short_audience
from forums.reading.answers import answers_page
from forums.reading.boards import board_cards
from forums.reading.lists import Tab, TopicList
from forums.reading.saved import saved_page
from forums.reading.tags import readable_tags
from forums.views.common import reader_of, undo_of
from people.models import User


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The boards, and the topics of all of them."""
    reader = reader_of(request)
    topics = TopicList(reader, tab=_tab(request), cursor=request.GET.get("after"))
    context = {
        "topics": topics,
        "boards": board_cards(reader, topics.unread),
        "undo": undo_of(request),
    }
    return render(request, "forums/index.html", context)


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """One board."""
    reader = reader_of(request)
    shown = get_object_or_404(Board.objects.visible_to(reader), slug=slug)
    topics = TopicList(reader, tab=_tab(request), board=shown, cursor=request.GET.get("after"))
    context = {
        "board": shown,
        "topics": topics,
        "levels": Level.choices,
        "only": short_audience(shown.audience),
        "may_open": may_open_topic(reader, shown),
        "undo": undo_of(request),
        "crumbs": [Crumb(_("Forums"), reverse("forums:index")), Crumb(shown.title)],
    }
    return render(request, "forums/board.html", context)


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The topics of one tag, whatever their board, and how closely the reader follows it."""
    reader = reader_of(request)
    shown = get_object_or_404(readable_tags(reader), slug=slug)
    context = {
        "tag": shown,
        "topics": TopicList(reader, tab=_tab(request), tag=shown, cursor=request.GET.get("after")),
        "levels": Level.choices,
        "crumbs": [Crumb(_("Forums"), reverse("forums:index")), Crumb(shown.label)],
    }
    return render(request, "forums/tag.html", context)


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """What the reader kept."""
    context = {
        "saved": saved_page(reader_of(request), cursor=request.GET.get("after")),
        "crumbs": [Crumb(_("Forums"), reverse("forums:index")), Crumb(_("Saved"))],
    }
    return render(request, "forums/saved.html", context)


@require_safe
def answers(request: HttpRequest, person: int) -> HttpResponse:
    """The accepted answers of a colleague, as far as the reader may see them."""
    reader = reader_of(request)
    shown = get_object_or_404(User.objects.visible_to(reader), pk=person)
    context = {
        "person": shown,
        "answers": answers_page(shown, reader, cursor=request.GET.get("after")),
        "crumbs": [Crumb(_("Forums"), reverse("forums:index")), Crumb(_("Accepted answers"))],
    }
    return render(request, "forums/answers.html", context)


def _tab(request: HttpRequest) -> Tab:
    wanted = request.GET.get("tab", Tab.ALL)
    if wanted not in tuple(Tab):
        raise Http404
    return Tab(wanted)
