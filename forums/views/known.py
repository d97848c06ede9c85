"""What is already known: while somebody asks, and beside a topic. Parts of pages, and pages of their own without scripts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.crumbs import Crumb
from forums.models import Topic
from forums.reading.known import known_about


@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """The card below the title, for the form as it stands. By POST: what is being written belongs into no address."""
    found = known_about(request.POST.get("title", ""), request.POST.get("body", ""), request.user)
    return render(request, "forums/similar.html", {"known": found, "told": True})


@require_safe
def beside(request: HttpRequest, board: str, pk: int) -> HttpResponse:
    """What is known about a topic; the part alone for htmx, a page for everybody else."""
    shown = get_object_or_404(Topic.objects.visible_to(request.user).select_related("board"), pk=pk)
    opening = shown.posts.standing().filter(number=1).first()
    found = known_about(
        shown.title, opening.words("body") if opening else "", request.user, leave_out=[shown.pk]
    )
    links = Topic.objects.visible_to(request.user).listed().select_related("board")
    same = links.filter(linked_from__topic=shown) | links.filter(links__other=shown)
    context = {"known": found, "topic": shown, "same": same.distinct()[:3]}
    if request.headers.get("HX-Request"):
        return render(request, "forums/known.html", context)
    context["crumbs"] = [
        Crumb(_("Forums"), reverse("forums:index")),
        Crumb(shown.board.title, shown.board.get_absolute_url()),
        Crumb(shown.title, shown.get_absolute_url()),
        Crumb(_("Already known")),
    ]
    return render(request, "forums/known_page.html", context)
