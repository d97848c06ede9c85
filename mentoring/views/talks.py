"""Talks: proposed, booked, moved, cancelled, held or missed; their agenda and their calendar file."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.agenda import agenda_for, stored_items
from mentoring.choices import SessionState
from mentoring.hours import local_times, warnings_about
from mentoring.models import Mentorship, Session
from mentoring.pair_forms import AgendaForm, TimeForm
from mentoring.pairs import talks_of
from mentoring.reading.talks import talk_line
from mentoring.services.hand_over import leader_at
from mentoring.services.hold_talk import hold_talk, keep_agenda, miss_talk
from mentoring.services.plan_talk import book_talk, cancel_talk, change_talk, next_number, propose_talk
from mentoring.talk_files import file_of
from mentoring.views.pair_common import allowed, crumbs_of, done, open_pair_for, reader_of, talk_for
from people.models import User


@require_safe
def talk(request: HttpRequest, pair: int, pk: int) -> HttpResponse:
    """One talk with its agenda."""
    return _talk_page(request, talk_for(request, pair, pk), AgendaForm())


@require_POST
def agenda(request: HttpRequest, pair: int, pk: int) -> HttpResponse:
    """Ticks points and adds further ones."""
    found, form = talk_for(request, pair, pk), AgendaForm(request.POST)
    if form.is_valid() and form.does(lambda: _keep_agenda(request, pk, form)):
        messages.success(request, _("The agenda is kept."))
        return redirect(found)
    return _talk_page(request, found, form)


def _keep_agenda(request: HttpRequest, pk: int, form: AgendaForm) -> None:
    done_places = {
        int(place) for place in request.POST.getlist("done") if place.isascii() and place.isdigit()
    }
    added = form.cleaned_data["added"].splitlines()
    allowed(lambda: keep_agenda(actor=reader_of(request), session_id=pk, done=done_places, added=added))


def _talk_page(request: HttpRequest, found: Session, form: AgendaForm) -> HttpResponse:
    reader, line = reader_of(request), talk_line(found, reader_of(request))
    other = found.host if reader.pk == found.mentorship.mentee_id else found.mentorship.mentee
    context = {
        "talk": line,
        "items": stored_items(found.agenda),
        "bring": agenda_for(found.number).bring if line.may_change else "",
        "may_write": found.mentorship.is_open and found.state != SessionState.CANCELLED,
        "with_whom": _("With %(name)s") % {"name": other.name},
        "form": form,
        "crumbs": crumbs_of(found.mentorship, reader, line.title),
    }
    return render(request, "mentoring/talk.html", context, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """A time for the next talk."""
    found, reader = open_pair_for(request, pk), reader_of(request)
    number = next_number(found)
    form = _time_form(request, {})
    if _is_sure(request, form, found) and form.does(lambda: allowed(lambda: _propose(form, reader, pk))):
        messages.success(request, _("Proposed. You are told when it is booked."))
        return redirect(found)
    heading = _("Propose a time for talk %(number)d") % {"number": number}
    return _time_page(request, found, form, heading, _("Propose this time"), found.get_absolute_url())


def _propose(form: TimeForm, reader: User, pk: int) -> None:
    start = _start(form)
    propose_talk(actor=reader, mentorship_id=pk, start=start, minutes=form.cleaned_data["minutes"])


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pair: int, pk: int) -> HttpResponse:
    """Another time for a talk; both calendars follow."""
    found, reader = talk_for(request, pair, pk), reader_of(request)
    line = talk_line(found, reader)
    if not line.may_change:
        raise Http404
    local = timezone.localtime(found.start)
    initial = {"day": local.date(), "clock": local.time(), "minutes": found.minutes}
    form = _time_form(request, initial)
    if _is_sure(request, form, found.mentorship) and form.does(
        lambda: allowed(lambda: _change(form, reader, pk))
    ):
        messages.success(request, _("The talk has another time now. Both of you are told."))
        return redirect(found)
    heading = _("Another time for talk %(number)d") % {"number": found.number}
    return _time_page(
        request, found.mentorship, form, heading, _("Change the time"), found.get_absolute_url()
    )


def _change(form: TimeForm, reader: User, pk: int) -> None:
    start = _start(form)
    change_talk(actor=reader, session_id=pk, start=start, minutes=form.cleaned_data["minutes"])


def _start(form: TimeForm) -> datetime:
    if form.start is None:
        raise Http404
    return form.start


def _time_form(request: HttpRequest, initial: dict[str, object]) -> TimeForm:
    zone = reader_of(request).profile.zone
    return TimeForm(request.POST or None, initial=initial, zone=zone)


def _is_sure(request: HttpRequest, form: TimeForm, pair: Mentorship) -> bool:
    """Whether the time is valid, and good for both or sent once more after the warning."""
    if not form.is_bound or not form.is_valid() or form.start is None:
        return False
    return request.POST.get("seen") == _seen(form) or not _warnings(form, pair)


def _seen(form: TimeForm) -> str:
    """What names the time somebody was warned of."""
    return f"{form.start:%Y%m%d%H%M}-{form.cleaned_data.get('minutes')}"


def _warnings(form: TimeForm, pair: Mentorship) -> list[str]:
    if form.start is None or "minutes" not in form.cleaned_data:
        return []
    leader = leader_at(pair, form.start)
    people = (pair.mentee.profile, leader.profile)
    return list(warnings_about(people, form.start, form.cleaned_data["minutes"], now=timezone.now()))


def _time_page(
    request: HttpRequest, pair: Mentorship, form: TimeForm, heading: str, act: str, back: str
) -> HttpResponse:
    reader = reader_of(request)
    other = pair.mentor if reader.pk == pair.mentee_id else pair.mentee
    warnings = _warnings(form, pair) if form.is_bound and form.is_valid() else []
    context = {
        "form": form,
        "heading": heading,
        "lead": _("25 minutes are enough. The other one says yes, then it stands in both calendars."),
        "warnings": warnings,
        "times": local_times((pair.mentee.profile, pair.mentor.profile), form.start, 0)
        if warnings and form.start
        else [],
        "seen": _seen(form) if warnings else "",
        "zone": reader.profile.time_zone,
        "there": timezone.now().astimezone(other.profile.zone).strftime("%H:%M"),
        "other": other.get_short_name(),
        "other_profile": other.profile,
        "act": act,
        "back": back,
        "crumbs": crumbs_of(pair, reader, heading),
    }
    return render(request, "mentoring/talk_form.html", context, status=422 if warnings else form.status)


def _act(verb: Callable[..., object], words: str, request: HttpRequest, pair: int, pk: int) -> HttpResponse:
    found = talk_for(request, pair, pk)
    done(lambda: verb(actor=reader_of(request), session_id=pk))
    messages.success(request, words)
    return redirect(found)


@require_POST
def book(request: HttpRequest, pair: int, pk: int) -> HttpResponse:
    """Yes to the other's proposal."""
    return _act(book_talk, _("Booked. A mail brings the entry for your calendar."), request, pair, pk)


@require_POST
def cancel(request: HttpRequest, pair: int, pk: int) -> HttpResponse:
    """Takes a talk out of both calendars."""
    return _act(cancel_talk, _("Cancelled. It leaves both calendars."), request, pair, pk)


@require_POST
def held(request: HttpRequest, pair: int, pk: int) -> HttpResponse:
    """The talk has taken place."""
    words = _("Noted. Tick what you have talked about; the rest comes first next time.")
    return _act(hold_talk, words, request, pair, pk)


@require_POST
def missed(request: HttpRequest, pair: int, pk: int) -> HttpResponse:
    """The talk has not taken place."""
    return _act(miss_talk, _("Noted. Propose another time while it is fresh."), request, pair, pk)


@require_safe
def calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The file for a calendar; for who takes part in the talk."""
    rows = talks_of(reader_of(request)).exclude(state=SessionState.PROPOSED)
    file = file_of(get_object_or_404(rows, uid=uid))
    answer = HttpResponse(file.content, content_type=f"{file.kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
