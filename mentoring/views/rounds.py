"""The coordinator's rounds: list, a new draft, one round. Missing to everybody else."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mentoring.choices import RunState
from mentoring.models import Candidate, MatchRun
from mentoring.programmes import open_programmes
from mentoring.reading.round_page import alone_lines, figures_of, objective_lines, pair_lines
from mentoring.reading.supply import supply_of
from mentoring.round_forms import RoundForm
from mentoring.rounds import rounds_of, seen_by
from mentoring.services.draft_round import draft_round
from mentoring.services.publish_round import RoundChanged
from mentoring.views.round_common import crumbs, facilitator, round_of, whole
from people.models import User

LATEST = 20


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """The latest rounds without a part of the reader, and the form of the next."""
    return _list(request, facilitator(request), RoundForm(programmes=open_programmes()))


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Asks for a round; pairs that were ticked in an earlier draft stay.

    A form that is not valid stays on its page, as does one with a tick of a pair that is not of the draft any more.
    """
    reader, form = facilitator(request), RoundForm(request.POST, programmes=open_programmes())
    number = whole(request.POST.get("run", ""))
    earlier = round_of(request, number) if number else None
    kept = {pk for pk in map(whole, request.POST.getlist("keep")) if pk}
    pairs = Candidate.objects.filter(run=earlier, run__isnull=False, pk__in=kept)
    locked = list(pairs.values_list("mentee", "mentor"))
    if earlier is not None and len(locked) < len(kept):
        form.add_error(None, RoundChanged())
    if form.is_valid():
        return redirect(draft_round(actor=reader, locked=locked, **form.rules()))
    if earlier is None:
        return _list(request, reader, form)
    return _page(request, earlier, form, kept)


@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One round."""
    found = round_of(request, pk)
    initial = {"programme": found.programme_id, "floor": found.floor, "seed": found.seed}
    return _page(request, found, RoundForm(programmes=open_programmes(), initial=initial))


def _list(request: HttpRequest, reader: User, form: RoundForm) -> HttpResponse:
    context = {"runs": seen_by(reader, rounds_of(reader)[:LATEST]), "form": form, "crumbs": crumbs()}
    return render(request, "mentoring/rounds.html", context, status=form.status)


def _page(request: HttpRequest, found: MatchRun, form: RoundForm, kept: Collection[int] = ()) -> HttpResponse:
    objectives = objective_lines(found)
    context = {
        "run": found,
        "form": form,
        "picked": form["objective"].value() or found.objective,
        "waits": found.state in (RunState.QUEUED, RunState.RUNNING),
        "is_draft": found.state == RunState.DRAFT,
        "can_solve": found.state == RunState.DRAFT and found.programme.is_open,
        "failed": found.state == RunState.FAILED,
        "discarded": found.state == RunState.DISCARDED,
        "figures": figures_of(found, objectives),
        "objectives": objectives,
        "pairs": pair_lines(found, kept),
        "alone": alone_lines(found, request.user),
        "supply": supply_of(found),
        "crumbs": crumbs(_("Round %(number)d") % {"number": found.pk}),
    }
    return render(request, "mentoring/round.html", context, status=form.status)
