"""Who told the facilitators that they do alliance work without the title; for others nothing is there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.crumbs import Crumb
from core.pagination import keyset_page
from people.models import FinderAnswer, FinderQuestion
from people.roles import Role

PAGE = 50


@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """The newest first. Answers of people who told nobody, or have left, are not read."""
    if Role.FACILITATOR not in getattr(request.user, "role_names", ()):
        raise Http404
    rows = FinderAnswer.objects.filter(told_on__isnull=False, person__is_active=True)
    page = keyset_page(
        rows.select_related("person__profile"),
        by="told_on",
        cursor=request.GET.get("after", ""),
        size=PAGE,
    )
    questions = list(FinderQuestion.objects.all())
    context = {
        "page": page,
        "rows": [(row, [one.question for one in questions if one.key in row.yes]) for row in page.rows],
        "crumbs": [
            Crumb(_("Home"), reverse("home")),
            Crumb(_("People"), reverse("people:directory")),
            Crumb(_("Told by themselves")),
        ],
    }
    return render(request, "people/told.html", context)
