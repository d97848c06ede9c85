"""The coordinator's rounds: list, draft, swap by hand, publish. Missing to everybody else."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from core.crumbs import Crumb
from mentoring.choices import Objective, RunState
from mentoring.coordinators import is_facilitator
from mentoring.models import MatchRun
from mentoring.reading.round_page import (
    alone_lines,
    mentors_by_id,
    objective_lines,
    pair_lines,
    supply_lines,
)
from mentoring.reading.swaps import swaps_of
from mentoring.rounds import may_coordinate_run, run_for
from mentoring.services.draft_round import HIGHEST_FLOOR, draft_round
from mentoring.services.programmes import onboarding_programme
from mentoring.services.publish_round import RoundChanged, publish_round
from mentoring.services.swap_pair import swap_pair
from mentoring.views.pair_common import reader_of
from people.models import User

LATEST = 20


class RoundForm(forms.Form):
    """What a round is solved for."""

    objective = forms.ChoiceField(label=gettext_lazy("What counts most"), choices=Objective)
    floor = forms.IntegerField(
        label=gettext_lazy("No pair below"),
        min_value=0,
        max_value=HIGHEST_FLOOR,
        initial=0,
        help_text=gettext_lazy("Points out of 1 000."),
    )
    seed = forms.CharField(
        label=gettext_lazy("Seed"),
        max_length=40,
        initial="1",
        help_text=gettext_lazy("Decides between equals. The same seed gives the same pairs."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """The latest rounds without a part of the reader, and the form of the next."""
    reader = _facilitator(request)
    runs = MatchRun.objects.select_related("programme")[:LATEST]
    context = {
        "runs": [one for one in runs if may_coordinate_run(reader, one)],
        "form": RoundForm(),
        "crumbs": _crumbs(_("Rounds")),
    }
    return render(request, "mentoring/rounds.html", context)


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Asks for a round; pairs that were ticked in an earlier draft stay."""
    reader, form = _facilitator(request), RoundForm(request.POST)
    if not form.is_valid():
        context = {"runs": [], "form": form, "crumbs": _crumbs(_("Rounds"))}
        return render(request, "mentoring/rounds.html", context, status=422)
    locked = _ticked(request)
    run = draft_round(actor=reader, programme=onboarding_programme(), locked=locked, **form.cleaned_data)
    return redirect("mentoring:run", pk=run.pk)


@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One round."""
    found = _run(request, pk)
    context = {
        "run": found,
        "waits": found.state in (RunState.QUEUED, RunState.RUNNING),
        "is_draft": found.state == RunState.DRAFT,
        "failed": found.state == RunState.FAILED,
        "objectives": objective_lines(found),
        "pairs": pair_lines(found),
        "alone": alone_lines(found, request.user),
        "supply": supply_lines(found),
        "crumbs": _crumbs(_("Round %(number)d") % {"number": found.pk}),
    }
    return render(request, "mentoring/round.html", context)


@require_safe
def swap(request: HttpRequest, pk: int, mentee: int) -> HttpResponse:
    """Whom a mentee could have instead, with what it does to the total."""
    found = _run(request, pk)
    if found.state != RunState.DRAFT:
        raise Http404
    swaps = swaps_of(found, mentee)
    ids = [mentee, *(one.mentor for one in swaps), *(one.trades_with for one in swaps if one.trades_with)]
    names = mentors_by_id(ids)
    if mentee not in names:
        raise Http404
    context = {
        "run": found,
        "mentee": mentee,
        "name": names[mentee],
        "swaps": [(one, names[one.mentor], names.get(one.trades_with or 0, "")) for one in swaps],
        "crumbs": _crumbs(_("Round %(number)d") % {"number": found.pk}, found),
    }
    return render(request, "mentoring/swap.html", context)


@require_POST
def do_swap(request: HttpRequest, pk: int, mentee: int) -> HttpResponse:
    """Puts another mentor in."""
    found = _run(request, pk)
    version, mentor = _number(request, "version"), _number(request, "mentor")
    try:
        swap_pair(
            actor=reader_of(request), run_id=found.pk, version=version, mentee_id=mentee, mentor_id=mentor
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Swapped. The figures are those of the draft as it stands."))
    return redirect(found)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins the mentorships of the draft."""
    found = _run(request, pk)
    try:
        done = publish_round(actor=reader_of(request), run_id=pk, version=_number(request, "version"))
    except RoundChanged as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(found)
    count, out = len(done.made), len(done.left_out)
    messages.success(request, ngettext("%(n)d pair began.", "%(n)d pairs began.", count) % {"n": count})
    if out:
        names = ", ".join(one.mentee.name for one in done.left_out)
        messages.warning(
            request, _("Not begun, because something changed meanwhile: %(names)s.") % {"names": names}
        )
    return redirect(found)


def _run(request: HttpRequest, pk: int) -> MatchRun:
    try:
        return run_for(_facilitator(request), pk)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _facilitator(request: HttpRequest) -> User:
    reader = reader_of(request)
    if not is_facilitator(reader):
        raise Http404
    return reader


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def _ticked(request: HttpRequest) -> list[tuple[int, int]]:
    number = _number(request, "run")
    if not number:
        return []
    earlier = _run(request, number)
    kept = [
        int(one) for one in request.POST.getlist("keep") if one.isascii() and one.isdigit() and len(one) < 10
    ]
    return list(earlier.candidates.filter(pk__in=kept).values_list("mentee", "mentor"))


def _crumbs(last: str, run: MatchRun | None = None) -> list[Crumb]:
    first = [
        Crumb(_("Mentoring"), reverse("mentoring:home")),
        Crumb(_("Rounds"), reverse("mentoring:rounds")),
    ]
    if last == _("Rounds"):
        return [first[0], Crumb(last)]
    return [*first, Crumb(last, run.get_absolute_url()), Crumb(_("Swap"))] if run else [*first, Crumb(last)]
