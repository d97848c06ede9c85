"""The list of one's notices, and the acts on it. What a reader may not see now is not in it."""

from datetime import datetime
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.crumbs import Crumb
from notifications.models import Notice
from notifications.reading import notice_page, unread_count
from notifications.services.mark_read import mark_all_read, mark_group_read, mark_unread
from notifications.tokens import read_undo, undo_token
from people.models import User


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """Groups of notices, those of today first. Looking marks nothing as read."""
    cursor = request.GET.get("after", "")
    page = notice_page(request.user, cursor)
    today = timezone.localdate()
    parts = [
        (_("Today"), [row for row in page.rows if timezone.localtime(row.when).date() == today]),
        (_("Earlier"), [row for row in page.rows if timezone.localtime(row.when).date() != today]),
    ]
    undo = request.GET.get("undo", "")
    context = {
        "parts": [(title, rows) for title, rows in parts if rows],
        "any_unread": any(row.unread for row in page.rows) or unread_count(request.user) > 0,
        "page": page,
        "after": cursor,
        "undo": undo if undo and read_undo(undo) else "",
        "crumbs": [Crumb(_("Home"), reverse("home")), Crumb(_("Notices"))],
    }
    return render(request, "notifications/list.html", context)


@require_POST
def read_group(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks a notice and those that stand with it as read."""
    try:
        marked = mark_group_read(reader=cast("User", request.user), notice_id=pk)
    except Notice.DoesNotExist:
        raise Http404 from None
    return _back(request, marked, f"#notice-{pk}")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Marks everything as read."""
    return _back(request, mark_all_read(reader=cast("User", request.user)))


@require_POST
def unread(request: HttpRequest) -> HttpResponse:
    """Undoes a marking."""
    marked = read_undo(request.POST.get("undo", ""))
    if marked is not None:
        mark_unread(reader=cast("User", request.user), marked=marked)
    return _back(request, None)


def _back(request: HttpRequest, marked: datetime | None, place: str = "") -> HttpResponse:
    """To the page of the list where the reader was, with the way to undo what was marked."""
    state = {"after": request.POST.get("after", ""), "undo": undo_token(marked) if marked else ""}
    query = urlencode({name: value for name, value in state.items() if value})
    return redirect(f"{reverse('notices:list')}{'?' if query else ''}{query}{place}")
