"""The register of alliances: the reader's own, for facilitators all; one alliance; adding and changing one."""

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliances.choices import Duty, MembershipState
from alliances.forms import AddForm, AllianceForm, AskForm
from alliances.managers import looks_after_all
from alliances.models import Alliance, Membership
from alliances.permissions import may_add, may_change, may_decide
from alliances.services.save_alliance import add_alliance, change_alliance
from core.crumbs import Crumb
from core.pagination import keyset_page
from people.models import User

PAGE = 50
UNMANAGED = "without-manager"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """My alliances; for facilitators all, those without a manager on a tab of their own."""
    rows = Alliance.objects.visible_to(request.user).with_terms()
    everything = looks_after_all(request.user)
    only = everything and request.GET.get("show") == UNMANAGED
    page = keyset_page(
        rows.without_manager() if only else rows,
        by="code_name",
        descending=False,
        cursor=request.GET.get("after", ""),
        size=PAGE,
    )
    context = {
        "page": page,
        "rows": with_managers(page.rows),
        "keeps_register": everything,
        "only": only,
        "unmanaged": rows.without_manager().count() if everything else 0,
        "ask": AskForm(),
        "crumbs": [Crumb(_("Home"), reverse("home")), Crumb(_("Alliances"))],
    }
    return render(request, "alliances/index.html", context)


@require_safe
def alliance(request: HttpRequest, pk: int) -> HttpResponse:
    """One alliance and its team."""
    found = seen(request, pk)
    return render(request, "alliances/alliance.html", page_of(request, found))


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new one in the register."""
    if not may_add(request.user):
        raise Http404
    form = AllianceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = add_alliance(actor=cast("User", request.user), values=form.cleaned_data)
        messages.success(request, _("The alliance is in the register. Name its manager next."))
        return redirect(made)
    return _form(request, form, _("Add an alliance"))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands about an alliance."""
    found = seen(request, pk)
    if not may_change(request.user, found):
        raise Http404
    form = AllianceForm(request.POST or None, instance=seen(request, pk))
    if request.method == "POST" and form.is_valid():
        changed = change_alliance(alliance_id=pk, actor=cast("User", request.user), values=form.cleaned_data)
        messages.success(request, _("Saved.") if changed else _("Nothing had changed."))
        return redirect(found)
    return _form(request, form, _("Change the record"), found)


def seen(request: HttpRequest, pk: int) -> Alliance:
    """The alliance, if the reader may see it; else it is missing."""
    return get_object_or_404(Alliance.objects.visible_to(request.user).with_terms(), pk=pk)


def page_of(request: HttpRequest, found: Alliance, add_form: AddForm | None = None) -> dict[str, object]:
    """What the page of an alliance shows."""
    reader = cast("User", request.user)
    changes = may_change(reader, found)
    team = list(
        Membership.objects.open().filter(alliance=found).select_related("person__profile", "alliance")
    )
    return {
        "alliance": found,
        "confirmed": [row for row in team if row.state == MembershipState.CONFIRMED],
        "waiting": [(row, may_decide(reader, row)) for row in team if row.state == MembershipState.ASKED]
        if changes
        else [],
        "may_change": changes,
        "add_form": (add_form or AddForm(reader=reader)) if changes else None,
        "crumbs": [
            Crumb(_("Home"), reverse("home")),
            Crumb(_("Alliances"), reverse("alliances:index")),
            Crumb(found.code_name),
        ],
    }


def with_managers(rows: Sequence[Alliance]) -> list[tuple[Alliance, list[str]]]:
    """Each with the names of its confirmed managers who have not left. One query."""
    found: dict[int, list[str]] = {}
    memberships = Membership.objects.confirmed().filter(
        alliance__in=[row.pk for row in rows], duty=Duty.MANAGER, person__is_active=True
    )
    for pk, name in memberships.values_list("alliance_id", "person__name"):
        found.setdefault(pk, []).append(name)
    return [(row, found.get(row.pk, [])) for row in rows]


def _form(
    request: HttpRequest, form: AllianceForm, title: str, found: Alliance | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "alliance": found,
        "crumbs": [
            Crumb(_("Home"), reverse("home")),
            Crumb(_("Alliances"), reverse("alliances:index")),
            *([Crumb(found.code_name, found.get_absolute_url())] if found else []),
            Crumb(title),
        ],
    }
    return render(request, "alliances/form.html", context, status=422 if form.errors else 200)
