"""Who is in a team: asking, adding, confirming, turning down, ending. All by POST; looking changes nothing."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from alliances.choices import Duty
from alliances.forms import AddForm, AskForm
from alliances.models import Alliance, Membership
from alliances.permissions import may_change, may_decide
from alliances.services.membership import (
    add_member,
    ask_membership,
    confirm_membership,
    end_membership,
    reject_membership,
)
from alliances.views.alliance import page_of, seen
from people.models import User

ACTS = {
    "confirm": (confirm_membership, gettext_lazy("%(name)s is in the team.")),
    "reject": (reject_membership, gettext_lazy("%(name)s is not in the team and will be told.")),
    "end": (end_membership, gettext_lazy("%(name)s has left the team and sees its content no longer.")),
}
"""What may be decided about a membership, by the word of its address: the verb, and what is said once it is done."""


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Asks for a place by a typed code name. The answer is the same whether there is such an alliance or not."""
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Type the code name of the alliance, at most 40 characters."))
        return redirect("alliances:index")
    ask_membership(
        person=cast("User", request.user),
        code_name=form.cleaned_data["code_name"],
        duty=Duty(form.cleaned_data["duty"]),
    )
    messages.success(
        request,
        _(
            "Your request is on its way. If there is an alliance of this name, its manager or a facilitator decides."
        ),
    )
    return redirect("alliances:index")


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a colleague into the team."""
    found = seen(request, pk)
    reader = cast("User", request.user)
    if not may_change(reader, found):
        raise Http404
    form = AddForm(request.POST, reader=reader)
    if not form.is_valid():
        return render(request, "alliances/alliance.html", page_of(request, found, form), status=422)
    person = form.cleaned_data["email"]
    add_member(alliance=found, person=person, duty=Duty(form.cleaned_data["duty"]), actor=reader)
    messages.success(request, _("%(name)s is in the team.") % {"name": person.name})
    return redirect(found)


@require_POST
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Confirms, turns down or ends a membership."""
    if act not in ACTS:
        raise Http404
    reader = cast("User", request.user)
    alliances = Alliance.objects.visible_to(reader)
    rows = Membership.objects.select_related("alliance", "person")
    row = get_object_or_404(rows, pk=pk, alliance__in=alliances)
    leaves = act == "end" and row.person_id == reader.pk
    if not leaves and not may_decide(reader, row):
        raise Http404
    verb, words = ACTS[act]
    if verb(membership_id=pk, actor=reader):
        messages.success(request, words % {"name": row.person.name})
    else:
        messages.info(request, _("Somebody decided this a moment ago. Nothing was changed."))
    return redirect("alliances:index") if leaves else redirect(row.alliance)
