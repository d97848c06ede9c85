"""The coordinator's pages: pairs by need, one case, setting it aside. Missing to everybody else."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.crumbs import Crumb
from mentoring.models import Mentorship
from mentoring.pair_forms import SnoozeForm
from mentoring.pairs import cases_of
from mentoring.reading.cases import case_lines, figures_of, history_of, lines_of, pulses_of
from mentoring.services.snooze_case import snooze_case
from mentoring.views.pair_common import allowed, reader_of
from people.roles import Role

LAST_PAGE = 1_000


@require_safe
def coordinate(request: HttpRequest) -> HttpResponse:
    """All pairs that the reader coordinates, the ones that need somebody first."""
    if Role.FACILITATOR not in reader_of(request).role_names:
        raise Http404
    number = _page_number(request)
    cases, more = case_lines(request.user, number)
    context = {
        "cases": cases,
        "figures": figures_of(request.user),
        "next_page": number + 1 if more else None,
        "crumbs": [Crumb(_("Mentoring"), reverse("mentoring:home")), Crumb(_("Mentorships"))],
    }
    return render(request, "mentoring/coordinate.html", context)


@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair: why it stands where it stands."""
    return _case_page(request, _pair(request, pk), SnoozeForm())


@require_POST
def snooze(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets a pair aside until a day, with a note."""
    pair, form = _pair(request, pk), SnoozeForm(request.POST)
    if form.is_valid() and form.does(lambda: _snooze(request, pk, form)):
        messages.success(request, _("Set aside. It comes back by itself."))
        return redirect("mentoring:case", pk=pk)
    return _case_page(request, pair, form)


def _snooze(request: HttpRequest, pk: int, form: SnoozeForm) -> None:
    data = form.cleaned_data
    allowed(
        lambda: snooze_case(
            actor=reader_of(request), mentorship_id=pk, until=data["until"], note=data["note"]
        )
    )


def _pair(request: HttpRequest, pk: int) -> Mentorship:
    return get_object_or_404(cases_of(request.user), pk=pk)


def _case_page(request: HttpRequest, pair: Mentorship, form: SnoozeForm) -> HttpResponse:
    (line,) = lines_of([pair])
    context = {
        "case": line,
        "is_open": pair.is_open,
        "pulses": pulses_of(pair),
        "history": history_of(pair),
        "dates": [
            (_("Began"), pair.began),
            (_("Planned end"), pair.due_end),
            (_("Ended"), pair.ended),
            (_("Next talk"), line.next_talk),
        ],
        "form": form,
        "crumbs": [
            Crumb(_("Mentoring"), reverse("mentoring:home")),
            Crumb(_("Mentorships"), reverse("mentoring:coordinate")),
            Crumb(_("%(mentee)s and %(mentor)s") % {"mentee": line.mentee, "mentor": line.mentor}),
        ],
    }
    return render(request, "mentoring/case.html", context, status=form.status)


def _page_number(request: HttpRequest) -> int:
    wanted = request.GET.get("page", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 0
    return min(number, LAST_PAGE)
