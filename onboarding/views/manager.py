"""The manager's page: how far their own people are, in numbers, and the talk they hold. Nobody else's people: 403."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.crumbs import Crumb
from onboarding.permissions import looks_after_all
from onboarding.reading.manager import Progress, people_of, progress_of
from onboarding.services.tick_talk import tick_talk
from people.models import Profile, User


@require_safe
def manager(request: HttpRequest) -> HttpResponse:
    """My people who are on the path."""
    me = cast("User", request.user)
    context = {
        "people": people_of(me),
        "may_name": looks_after_all(me) or Profile.objects.filter(manager=me).exists(),
        "crumbs": [Crumb(_("Home"), reverse("home")), Crumb(_("Your people"))],
    }
    return render(request, "onboarding/manager.html", context)


@require_safe
def managed(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them."""
    context = {
        "progress": own_progress(request, pk),
        "crumbs": [
            Crumb(_("Home"), reverse("home")),
            Crumb(_("Your people"), reverse("onboarding:manager")),
            Crumb(_("Progress")),
        ],
    }
    return render(request, "onboarding/managed.html", context)


@require_POST
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Ticks the manager's half of the talk."""
    own_progress(request, pk)
    if tick_talk(manager=cast("User", request.user), person_id=pk):
        messages.success(request, _("Ticked. The step is done once both of you have."))
    else:
        messages.info(request, _("You had ticked this before."))
    return redirect("onboarding:managed", pk=pk)


def own_progress(request: HttpRequest, pk: int) -> Progress:
    """One of the reader's people. The refusal is the same for people without a path and for no people at all."""
    found = progress_of(cast("User", request.user), pk)
    if found is None:
        raise PermissionDenied
    return found
