"""Answers that end an appointment: no to what the sign-in says, handing the work over, and the manager's word that it is."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.crumbs import Crumb
from onboarding.appointment_forms import EndForm
from onboarding.models import RoleAppointment
from onboarding.models.appointments import ROLE
from onboarding.permissions import decides
from onboarding.services.answer_claim import answer_claim
from onboarding.services.decide_appointment import end_appointment
from people.models import User

BOTH = ["GET", "HEAD", "POST"]


@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """Yes or no to what the sign-in says; a yes leads on to the five questions."""
    is_right = request.POST.get("answer") == "yes"
    done = answer_claim(person=cast("User", request.user), is_right=is_right)
    if is_right:
        return redirect("onboarding:context")
    if done:
        messages.success(request, _("Noted. Your path has ended, and nobody is asked anything."))
    return redirect("home")


@require_http_methods(BOTH)
def leave(request: HttpRequest) -> HttpResponse:
    """The person has handed the work over."""
    me = cast("User", request.user)
    found = RoleAppointment.objects.open().filter(person=me, role=ROLE).first()
    if found is None:
        return redirect("onboarding:journey")
    if request.method == "POST":
        end_appointment(appointment_id=found.pk, actor=me, reason="")
        messages.success(request, _("Your path has ended. What you have learned stays where you wrote it."))
        return redirect("onboarding:journey")
    crumbs = [
        Crumb(_("Home"), reverse("home")),
        Crumb(_("Your first 90 days"), reverse("onboarding:journey")),
        Crumb(_("Hand over")),
    ]
    return render(request, "onboarding/leave.html", {"crumbs": crumbs})


@require_http_methods(BOTH)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The manager says that one of theirs has handed the work over, and why; the person reads it."""
    me = cast("User", request.user)
    person = get_object_or_404(User.objects.visible_to(me).select_related("profile"), pk=pk)
    rows = RoleAppointment.objects.open().filter(person=person, role=ROLE)
    found = rows.select_related("person__profile").first()
    if found is None or not decides(me, found):
        raise PermissionDenied
    form = EndForm(request.POST or None)
    if form.is_valid():
        end_appointment(appointment_id=found.pk, actor=me, reason=form.cleaned_data["reason"])
        messages.success(request, _("Ended. %(name)s is told.") % {"name": person.name})
        return redirect("onboarding:manager")
    context = {
        "person": person,
        "form": form,
        "crumbs": [
            Crumb(_("Home"), reverse("home")),
            Crumb(_("Your people"), reverse("onboarding:manager")),
            Crumb(_("Hand over")),
        ],
    }
    return render(request, "onboarding/end.html", context, status=422 if form.errors else 200)
