"""The list of lessons with its two tabs. What a reader may not see is not there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.pagination import keyset_page
from lessons.filters import (
    EXTERNAL,
    OFFERED,
    ORDERS,
    OURS,
    filters_of,
    narrowed,
    order_of,
    orders,
    query_string,
)
from lessons.managers import validates
from lessons.models import Lesson

PAGE = 30


@require_safe
def lesson_list(request: HttpRequest) -> HttpResponse:
    """Newest or most used first, ours or external, narrowed by what stands in the address."""
    tab = request.GET.get("tab", OURS)
    if tab not in OFFERED:
        raise Http404
    visible = Lesson.objects.visible_to(request.user).published()
    tabs = {OURS: visible.internal(), EXTERNAL: visible.external()}
    filters = filters_of(tab, request.GET.dict(), tabs[tab])
    rows = narrowed(tabs[tab], filters)
    order = order_of(tab, request.GET.dict())
    page = keyset_page(rows.with_terms(), by=ORDERS[order], cursor=request.GET.get("after"), size=PAGE)
    chosen = [choice for choice in filters if choice.chosen]
    context = {
        "tab": tab,
        "counts": {name: found.count() for name, found in tabs.items()},
        "total": rows.count() if chosen else None,
        "filters": filters,
        "chosen": chosen,
        "page": page,
        "state": query_string(tab, filters, order),
        "orders": orders(order),
        "reviews": validates(request.user),
    }
    return render(request, "lessons/list.html", context)
