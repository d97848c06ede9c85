"""Choosing a mentor, asking, answering, taking back; and the page from which all of it is reached."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.choices import OPEN_PAIRS, RequestState
from mentoring.coordinators import is_facilitator, may_read_reports, searches_of, waiting_searches
from mentoring.models import MatchRequest
from mentoring.pairs import pairs_of
from mentoring.profile_forms import PauseForm
from mentoring.programmes import programmes_for
from mentoring.proposals import card_of, propose
from mentoring.request_forms import AskForm, DeclineForm
from mentoring.services.answer_request import accept_request, decline_request
from mentoring.services.ask_coordinator import ask_coordinator
from mentoring.services.request_checks import AlreadyAnswered
from mentoring.services.save_profile import profile_of
from mentoring.services.send_request import send_request
from mentoring.services.withdraw_requests import withdraw_request
from mentoring.snapshots import Snapshot, unseal
from mentoring.suggestions import suggested_wants
from mentoring.views.common import reader_of, way_up
from people.models import User

BOTH = ["GET", "HEAD", "POST"]
SHOWN = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The reader's pairs and requests."""
    reader = reader_of(request)
    rows = MatchRequest.objects.visible_to(reader).select_related("mentor", "mentee")
    pairs = list(pairs_of(reader))
    sent = list(rows.filter(mentee=reader)[:SHOWN])
    context = {
        "received": rows.open().filter(mentor=reader),
        "sent": sent,
        "pairs": pairs,
        "has_mentor": any(one.mentee_id == reader.pk and one.is_open for one in pairs),
        "waiting": any(one.state == RequestState.SENT for one in sent),
        "coordinates": is_facilitator(reader),
        "reads_reports": may_read_reports(reader),
        "searches": waiting_searches(reader),
        "programmes": programmes_for(reader),
    }
    return render(request, "mentoring/home.html", context)


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Up to three cards, and in counts why not more. Looking stores nothing."""
    reader = reader_of(request)
    proposals = propose(reader)
    waiting = MatchRequest.objects.open().filter(mentee=reader).select_related("mentor").first()
    pair = pairs_of(reader).filter(mentee=reader, state__in=OPEN_PAIRS).first()
    count = len(proposals.cards)
    context = {
        "proposals": proposals,
        "heading": _("Three mentors who fit")
        if count >= 3
        else ngettext("%(count)d mentor who fits", "%(count)d mentors who fit", count) % {"count": count},
        "waiting": waiting,
        "pair": pair,
        "can_ask": waiting is None and pair is None,
        "suggestion": suggested_wants(reader, profile_of(reader)),
        "crumbs": way_up(_("Choose your mentor")),
    }
    return render(request, "mentoring/choose.html", context)


@require_safe
def why(request: HttpRequest, seal: str) -> HttpResponse:
    """How the points of a card of the reader's came about."""
    card = card_of(reader_of(request), seal)
    if card is None:
        raise Http404
    return render(request, "mentoring/why.html", {"card": card, "crumbs": way_up(_("How it is counted"))})


@require_http_methods(BOTH)
def ask(request: HttpRequest, seal: str) -> HttpResponse:
    """The message to the mentor of a card, and who is asked next."""
    reader = reader_of(request)
    card = card_of(reader, seal)
    if card is None:
        raise Http404
    others = [(one.mentor.pk, one.mentor.name) for one in propose(reader).cards if one.mentor != card.mentor]
    form = AskForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        sent = _send(form, reader, card.mentor.pk, unseal(seal, reader.pk))
        if sent is not None:
            messages.success(request, _("%(name)s has your request.") % {"name": card.mentor.name})
            return redirect(sent)
    context = {"form": form, "card": card, "crumbs": way_up(_("Ask"))}
    return render(request, "mentoring/ask.html", context, status=422 if form.errors else 200)


@require_http_methods(BOTH)
def ask_person(request: HttpRequest, person: int) -> HttpResponse:
    """Asks a mentor found in the directory. Whatever stands against it is one sentence."""
    mentor = get_object_or_404(
        User.objects.visible_to(request.user).present().select_related("profile"), pk=person
    )
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = _send(form, reader_of(request), mentor.pk)
        if sent is not None:
            messages.success(request, _("%(name)s has your request.") % {"name": mentor.name})
            return redirect(sent)
    context = {"form": form, "card": {"mentor": mentor}, "crumbs": way_up(_("Ask"))}
    return render(request, "mentoring/ask.html", context, status=422 if form.errors else 200)


@require_POST
def pick(request: HttpRequest) -> HttpResponse:
    """Asks the first of the cards that stood on the page; the others are the next choices."""
    reader = reader_of(request)
    seals = request.POST.getlist("card") or [card.seal for card in propose(reader).cards]
    cards = [one for one in (unseal(sealed, reader.pk) for sealed in seals[:SHOWN]) if one is not None]
    ids = [one.mentor for one in cards]
    try:
        sent = send_request(
            mentee=reader,
            mentor_id=ids[0] if ids else 0,
            message="",
            choices=ids[1:],
            shown=cards[0] if cards else None,
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("mentoring:choose")
    messages.success(request, _("%(name)s has your request.") % {"name": sent.mentor.name})
    return redirect(sent)


@require_POST
def ask_for_help(request: HttpRequest) -> HttpResponse:
    """Tells a coordinator that somebody finds nobody."""
    ask_coordinator(mentee=reader_of(request))
    messages.success(request, _("A coordinator will ring you."))
    return redirect("mentoring:choose")


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A request, for the two it is about."""
    return _page(request, pk, PauseForm(), DeclineForm())


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The mentor's yes."""
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, form, DeclineForm(), status=422)
    pair = _answer(
        request, lambda: accept_request(mentor=reader_of(request), request_id=pk, **form.cleaned_data)
    )
    if pair is None:
        return redirect("mentoring:request", pk=pk)
    messages.success(request, _("You are %(name)s's mentor.") % {"name": pair.mentee.name})
    return redirect(pair)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """The mentor's no, with a code."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, PauseForm(), form, status=422)

    def act() -> bool:
        decline_request(mentor=reader_of(request), request_id=pk, **form.cleaned_data)
        return True

    if _answer(request, act):
        messages.success(request, _("It is passed on kindly."))
    return redirect("mentoring:home")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The mentee takes it back."""

    def act() -> bool:
        withdraw_request(mentee=reader_of(request), request_id=pk)
        return True

    if _answer(request, act):
        messages.success(request, _("You took the request back."))
    return redirect("mentoring:choose")


@require_safe
def search(request: HttpRequest, pk: int) -> HttpResponse:
    """A search for a mentor, for who coordinates it: every request with its code."""
    rows = searches_of(reader_of(request))
    found = get_object_or_404(rows.select_related("mentee"), pk=pk)
    history = rows.filter(mentee=found.mentee).select_related("mentor").order_by("pk")
    context = {"found": found, "history": history, "crumbs": way_up(_("A search for a mentor"))}
    return render(request, "mentoring/search.html", context)


def _answer(request: HttpRequest, act: Callable[[], Any]) -> Any:
    """What a verb gives; None, with words, where there is no place any more or somebody was faster."""
    try:
        found = act()
    except AlreadyAnswered:
        messages.error(request, _("This request was answered a moment ago. Nothing was changed."))
        return None
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    if found is None:
        messages.error(
            request,
            _(
                "There is no free place any more, or the mentee has a mentor by now. Nothing is left for you to do."
            ),
        )
    return found


def _send(form: AskForm, mentee: User, mentor_id: int, shown: Snapshot | None = None) -> MatchRequest | None:
    try:
        return send_request(
            mentee=mentee,
            mentor_id=mentor_id,
            message=form.cleaned_data["message"],
            choices=form.choices(),
            shown=shown,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal.messages[0])
        return None


def _page(
    request: HttpRequest, pk: int, accept_form: PauseForm, decline_form: DeclineForm, status: int = 200
) -> HttpResponse:
    reader = reader_of(request)
    rows = MatchRequest.objects.visible_to(reader).select_related("mentor", "mentee", "candidate")
    found = get_object_or_404(rows, pk=pk)
    following = rows.filter(mentee=reader, pk__gt=pk).order_by("pk").first()
    context = {
        "ask": found,
        "is_mentor": found.mentor_id == reader.pk,
        "accept": accept_form,
        "decline": decline_form,
        "next": following,
        "crumbs": way_up(_("Request")),
    }
    return render(request, "mentoring/request.html", context, status=status)
