"""Three questions to a manager on day 30, and what coordinators read of the answers."""

from typing import cast

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core.crumbs import Crumb
from onboarding.choices import HowFar
from onboarding.models import ManagerPulse
from onboarding.models.manager_pulses import COMMENT_LENGTH
from onboarding.permissions import looks_after_all
from onboarding.services.answer_manager_pulse import answer_manager_pulse
from onboarding.views.manager import own_progress
from people.api import reports_below
from people.models import User

SHOWN = 50


class ManagerPulseForm(forms.Form):
    """Two choices and, for who likes to write one, a line."""

    radios = ("has_time", "is_clear")

    has_time = forms.ChoiceField(
        label=gettext_lazy("Do they have the time that was agreed?"),
        choices=HowFar,
        widget=forms.RadioSelect,
    )
    is_clear = forms.ChoiceField(
        label=gettext_lazy("Is it clear what each alliance is for?"),
        choices=HowFar,
        widget=forms.RadioSelect,
    )
    steps_in = forms.CharField(
        label=gettext_lazy("Where do you still have to step in yourself?"),
        help_text=gettext_lazy("A line, or nothing. Name no partner."),
        required=False,
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def manager_pulse(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions about one of the manager's people, as long as they wait."""
    progress = own_progress(request, pk)
    if not progress.pulse_waits:
        raise Http404
    form = ManagerPulseForm(request.POST or None)
    if form.is_valid():
        me = cast("User", request.user)
        answer_manager_pulse(manager=me, person_id=pk, **form.cleaned_data)
        messages.success(request, _("Thank you. Coordinators read it, nobody else."))
        return redirect("onboarding:managed", pk=pk)
    context = {
        "form": form,
        "heading": _("How does %(name)s start?") % {"name": progress.person.name},
        "lead": _(
            "Three questions, one minute. Coordinators read the answer and improve the path for the next one. "
            "It is no appraisal and is kept apart from any."
        ),
        "act": _("Send"),
        "back": reverse("onboarding:managed", args=[pk]),
        "crumbs": [
            Crumb(_("Home"), reverse("home")),
            Crumb(_("Your people"), reverse("onboarding:manager")),
            Crumb(_("Three questions")),
        ],
    }
    return render(request, "onboarding/manager_pulse.html", context, status=422 if form.errors else 200)


@require_safe
def manager_pulses(request: HttpRequest) -> HttpResponse:
    """The newest answers, for facilitators who have no part in them: neither the person nor the manager, above neither."""
    me = cast("User", request.user)
    if not looks_after_all(me):
        raise Http404
    mine = {me.pk, *reports_below(me.pk)}
    rows = ManagerPulse.objects.filter(answered__isnull=False).exclude(
        Q(journey__person__in=mine) | Q(manager__in=mine)
    )
    context = {
        "pulses": rows.select_related("manager", "journey__person").order_by("-answered", "-pk")[:SHOWN],
        "crumbs": [Crumb(_("Home"), reverse("home")), Crumb(_("What managers say"))],
    }
    return render(request, "onboarding/manager_pulses.html", context)
