"""What a post said before, for who sees the post."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.crumbs import Crumb
from forums.models import Post
from forums.reading.history import history_of


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """The versions of a post, and what changed in one of them."""
    rows = Post.objects.visible_to(request.user)
    post = get_object_or_404(rows.select_related("topic__board", "author", "external_author"), pk=pk)
    wanted = request.GET.get("version", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 0
    found = history_of(post, request.user, number=number)
    if found is None:
        raise Http404
    topic = post.topic
    context = {
        "post": post,
        "history": found,
        "crumbs": [
            Crumb(_("Forums"), reverse("forums:index")),
            Crumb(topic.board.title, topic.board.get_absolute_url()),
            Crumb(topic.title, post.get_absolute_url()),
            Crumb(_("History")),
        ],
    }
    return render(request, "forums/history.html", context)
