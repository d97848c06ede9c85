"""One's own path: what is done, what comes next, and a page for each step."""

from datetime import date
from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core.crumbs import Crumb
from onboarding.choices import RUNNING, UNDONE, JourneyState, Owner, StepState
from onboarding.models import Journey, Step
from onboarding.services.tick_step import tick_step
from people.api import zone_of
from people.models import User

SHOWN = (*RUNNING, JourneyState.COMPLETED)


class TickForm(forms.Form):
    """What shows that the step is done."""

    line = forms.CharField(
        label=gettext_lazy("What did you do"),
        max_length=300,
        help_text=gettext_lazy("One line, or a link. Your mentor sees it, your manager does not."),
        widget=forms.TextInput(attrs={"class": "input"}),
    )


@require_safe
def journey(request: HttpRequest) -> HttpResponse:
    """All steps, the next one opened."""
    me = cast("User", request.user)
    found = _journey_of(me)
    steps = list(found.steps.select_related("template")) if found else []
    done = sum(step.state == StepState.DONE for step in steps)
    today = _today(me)
    context = {
        "journey": found,
        "steps": [(step, step.state in UNDONE and step.due < today) for step in steps],
        "next": next((step for step in steps if step.state == StepState.OPEN), None),
        "done": done,
        "share": round(100 * done / len(steps)) if steps else 0,
        "day": found.day(today) if found else 0,
        "crumbs": [Crumb(_("Home"), reverse("home")), Crumb(_("Your first 90 days"))],
    }
    return render(request, "onboarding/journey.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, code: str) -> HttpResponse:
    """One step of one's own, and the tick."""
    me = cast("User", request.user)
    rows = Step.objects.visible_to(me).filter(journey__state__in=SHOWN).select_related("template", "journey")
    found = rows.filter(template__code=code).order_by("-journey__day_zero").first()
    if found is None:
        raise Http404
    form = TickForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if tick_step(person=me, step_id=found.pk, line=form.cleaned_data["line"]):
            messages.success(request, _("Ticked."))
        else:
            messages.info(request, _("You had ticked this before."))
        return redirect("onboarding:journey")
    context = {
        "step": found,
        "form": form,
        "ticked": Owner.PERSON in found.ticks or found.state not in UNDONE,
        "late": found.state in UNDONE and found.due < _today(me),
        "evidence": found.evidence.all(),
        "crumbs": [
            Crumb(_("Home"), reverse("home")),
            Crumb(_("Your first 90 days"), reverse("onboarding:journey")),
            Crumb(found.template.title),
        ],
    }
    return render(request, "onboarding/step.html", context, status=422 if form.errors else 200)


def _journey_of(person: User) -> Journey | None:
    """The one that runs, else the last that was completed."""
    rows = Journey.objects.visible_to(person).select_related("appointment")
    return rows.running().first() or rows.filter(state=JourneyState.COMPLETED).first()


def _today(person: User) -> date:
    return timezone.now().astimezone(zone_of(person)).date()
