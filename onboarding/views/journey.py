"""One's own path: what is done, what comes next, the five questions it begins with, leave, and what came of it."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.crumbs import Crumb
from core.models import Term, Vocabulary
from mentoring import api as mentoring
from onboarding.choices import JourneyState
from onboarding.context_form import MOST_ALLIANCES, ContextForm
from onboarding.permissions import looks_after_all
from onboarding.reading.journey import MyPath
from onboarding.services.lapse import note_visit
from onboarding.services.pause_journey import pause_journey, resume_journey
from onboarding.services.set_context import set_context
from onboarding.views.common import crumbs_to
from people.api import own_chart
from people.models import Profile, User


@require_safe
def journey(request: HttpRequest) -> HttpResponse:
    """All steps, the next one opened; the three mentors while there is none."""
    me = cast("User", request.user)
    path = MyPath(me)
    if path.journey is not None:
        note_visit(path.journey, timezone.now())
    pair = mentoring.open_mentorship_of(me.pk) if path.journey else None
    over = path.journey is not None and path.journey.state == JourneyState.COMPLETED
    asks = path.journey is not None and path.journey.state == JourneyState.ACTIVE and pair is None
    context = {
        "path": path,
        "journey": path.journey,
        "pair": pair,
        "proposals": mentoring.proposals_for(me, reader=me) if asks else None,
        "labels": _labels(path),
        "chart": own_chart(me) if over else None,
        "keeps_path": looks_after_all(me),
        "manages": Profile.objects.filter(manager=me).exists(),
        "crumbs": [Crumb(_("Home"), reverse("home")), Crumb(_("Your first 90 days"))],
    }
    return render(request, "onboarding/journey.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def context(request: HttpRequest) -> HttpResponse:
    """The five questions; three mentors stand on the page that follows."""
    me = cast("User", request.user)
    path = MyPath(me)
    if path.journey is None or path.journey.state == JourneyState.COMPLETED:
        return redirect("onboarding:journey")
    form = ContextForm(request.POST or None, initial=_known(path))
    if request.method == "POST" and form.is_valid():
        set_context(
            person=me,
            alliances=form.described,
            takes_over_from=form.cleaned_data["takes_over_from"],
            share_of_time=form.cleaned_data["share_of_time"],
        )
        messages.success(request, _("Your path is set. Choose one of three mentors next."))
        return redirect(f"{reverse('onboarding:journey')}#mentors")
    shown = {"form": form, "crumbs": crumbs_to(_("Your role and your alliances"))}
    return render(request, "onboarding/context.html", shown, status=422 if form.errors else 200)


@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    """Leave begins: no date runs and no mail is sent."""
    me = cast("User", request.user)
    if pause_journey(person=me, on=MyPath(me).today):
        messages.success(request, _("Your path is paused. No mail comes until you take it up again."))
    return redirect("onboarding:journey")


@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """Leave or sleep is over: what is open moves by its days."""
    me = cast("User", request.user)
    days = resume_journey(person=me, on=MyPath(me).today)
    if days is not None:
        messages.success(request, _("Welcome back. What is open moved by %(days)d days.") % {"days": days})
    return redirect("onboarding:journey")


def _known(path: MyPath) -> dict[str, Any]:
    """What is known already, as first answers."""
    assert path.journey is not None
    appointment = path.journey.appointment
    known: dict[str, Any] = {
        "takes_over_from": appointment.takes_over_from,
        "share_of_time": appointment.share_of_time or path.person.profile.share_of_time,
    }
    described = list(appointment.assignments.order_by("-is_lead", "pk")[:MOST_ALLIANCES])
    if not described and path.kind.code_name:
        known |= {
            "name_0": path.kind.code_name,
            "type_0": path.kind.alliance_type,
            "phase_0": path.kind.phase,
        }
    for number, one in enumerate(described):
        known |= {
            f"name_{number}": one.code_name,
            f"type_{number}": one.alliance_type,
            f"phase_{number}": one.phase,
            f"tier_{number}": one.tier,
        }
    return known


def _labels(path: MyPath) -> dict[str, str]:
    """The words of the kind of alliance."""
    kind = path.kind
    types = Term.objects.labels(Vocabulary.ALLIANCE_TYPE, [kind.alliance_type]) if kind.alliance_type else {}
    phases = Term.objects.labels(Vocabulary.LIFECYCLE_PHASE, [kind.phase]) if kind.phase else {}
    return {"type": types.get(kind.alliance_type, ""), "phase": phases.get(kind.phase, "")}
