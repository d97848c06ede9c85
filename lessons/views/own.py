"""My lessons: where each stands and what is asked of me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.crumbs import Crumb
from lessons.reading.own import own_lessons


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I wrote, whatever became of it."""
    context = {
        "mine": own_lessons(request.user, request.GET.get("after")),
        "crumbs": [Crumb(_("Lessons"), reverse("lessons:list")), Crumb(_("My lessons"))],
    }
    return render(request, "lessons/mine.html", context)
