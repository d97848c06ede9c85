"""What changes a pair as a whole: goals, pulse, stand-in, pause, another match, the end."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.choices import Ending, Fit
from mentoring.models import Closure, Mentorship
from mentoring.pair_forms import BackupForm, CloseForm, GoalsForm, PairForm, PulseForm
from mentoring.pulses import due_day
from mentoring.services.answer_pulse import answer_pulse
from mentoring.services.close_pair import ask_rematch, close_pair
from mentoring.services.name_backup import name_backup, possible_backups
from mentoring.services.pause_pair import pause_pair, resume_pair
from mentoring.services.set_goals import set_goals
from mentoring.views.pair_common import allowed, crumbs_of, done, open_pair_for, pair_for, reader_of

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
def goals(request: HttpRequest, pk: int) -> HttpResponse:
    """One to three goals."""
    pair = open_pair_for(request, pk)
    form = GoalsForm(request.POST or None, goals=list(pair.goals.all()))
    if _did(form, lambda: set_goals(actor=reader_of(request), mentorship_id=pk, goals=form.goals)):
        messages.success(request, _("The goals are kept."))
        return redirect(f"{pair.get_absolute_url()}#goals")
    return _page(request, pair, form, _("Goals"), template="mentoring/goals.html")


@require_http_methods(BOTH)
def pulse(request: HttpRequest, pk: int) -> HttpResponse:
    """Fit, value, send: three clicks."""
    pair, reader = open_pair_for(request, pk), reader_of(request)
    day = due_day(pair, reader)
    if day is None:
        raise Http404
    form = PulseForm(request.POST or None)
    if _did(form, lambda: _answer(request, pk, form)):
        messages.success(request, _("Thank you. The coordinator reads it, nobody else."))
        poor = form.cleaned_data["fit"] == Fit.POOR
        return redirect("mentoring:rematch" if poor else "mentoring:pair", pk=pk)
    lead = _("Day %(day)d. Only the coordinator reads your answer.") % {"day": day}
    return _page(request, pair, form, _("How is it going?"), lead=lead, act=_("Send"))


def _answer(request: HttpRequest, pk: int, form: PulseForm) -> None:
    data = form.cleaned_data
    answer_pulse(
        actor=reader_of(request),
        mentorship_id=pk,
        fit=data["fit"],
        value=int(data["value"]),
        comment=data["comment"],
    )


@require_http_methods(BOTH)
def backup(request: HttpRequest, pk: int) -> HttpResponse:
    """Who leads the talks while the mentor is away; for the mentor to say."""
    pair, reader = open_pair_for(request, pk), reader_of(request)
    if reader.pk != pair.mentor_id:
        raise Http404
    form = BackupForm(request.POST or None, people=possible_backups(pair), initial={"backup": pair.backup_id})
    if _did(
        form,
        lambda: name_backup(actor=reader, mentorship_id=pk, backup=form.cleaned_data["backup"]),
    ):
        messages.success(request, _("Noted. Talks during your absence change hands by themselves."))
        return redirect(pair)
    lead = _("Enter your absence in your mentoring profile; talks in it are led by the one you name here.")
    return _page(request, pair, form, _("Who stands in"), lead=lead, act=_("Keep"))


@require_http_methods(BOTH)
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Stops the days; no reason is asked for."""
    pair = open_pair_for(request, pk)
    form = PairForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done(lambda: pause_pair(actor=reader_of(request), mentorship_id=pk))
        messages.success(request, _("Paused. Go on whenever you like."))
        return redirect(pair)
    lead = _("Pulses and reminders rest, and the days of the pause are added at the end. Booked talks stay.")
    return _page(request, pair, form, _("Pause"), lead=lead, act=_("Pause now"))


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Goes on."""
    done(lambda: resume_pair(actor=reader_of(request), mentorship_id=pk))
    messages.success(request, _("Going on. Propose a time for the next talk."))
    return redirect("mentoring:pair", pk=pk)


@require_http_methods(BOTH)
def rematch(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends the pair without fault. A mentee goes on to three new proposals."""
    pair, reader = open_pair_for(request, pk), reader_of(request)
    form = PairForm(request.POST if request.method == "POST" else None)
    is_mentor = reader.pk == pair.mentor_id
    if request.method == "POST":
        done(lambda: ask_rematch(actor=reader, mentorship_id=pk))
        messages.success(request, _("Ended, with thanks to both. What you have written stays."))
        return redirect(pair if is_mentor else reverse("mentoring:choose"))
    lead = _(
        "Some pairs do not fit, and that is nobody's fault. No reason is asked for and none is passed on. "
        "Talks ahead are cancelled, the place is free again, and you two are not proposed to each other any more."
    )
    act = _("End it") if is_mentor else _("End it and see three others")
    return _page(request, pair, form, _("Another match"), lead=lead, act=act)


@require_http_methods(BOTH)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """A look back that closes the pair, or is added to one that is closed."""
    pair, reader = pair_for(request, pk), reader_of(request)
    if pair.ending not in ("", Ending.COMPLETED) or _has_looked_back(pair, reader.pk):
        raise Http404
    form = CloseForm(request.POST or None, goals=list(pair.goals.all()))
    if _did(form, lambda: _close(request, pk, form)):
        messages.success(request, _("Closed, with thanks to both."))
        return redirect(pair)
    return _page(request, pair, form, _("Close with a look back"), template="mentoring/close.html")


def _close(request: HttpRequest, pk: int, form: CloseForm) -> None:
    data = form.cleaned_data
    close_pair(
        actor=reader_of(request),
        mentorship_id=pk,
        outcomes=form.outcomes,
        value=int(data["value"]),
        recommends=data["recommends"] == "yes",
        note=data["note"],
    )


def _has_looked_back(pair: Mentorship, person: int) -> bool:
    looks = Closure.objects.filter(mentorship=pair, person=person)
    return bool(looks.exists())


def _did(form: PairForm, act: Callable[[], object]) -> bool:
    """Whether a valid form went through; not theirs to do is missing."""
    return form.is_bound and form.is_valid() and form.does(lambda: allowed(act))


def _page(
    request: HttpRequest,
    pair: Mentorship,
    form: PairForm,
    heading: str,
    *,
    lead: str = "",
    act: str = "",
    template: str = "mentoring/form.html",
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "act": act,
        "back": reverse("mentoring:pair", args=[pair.pk]),
        "crumbs": crumbs_of(pair, reader_of(request), heading),
    }
    return render(request, template, context, status=form.status)
