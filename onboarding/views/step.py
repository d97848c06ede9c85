"""The page of one step of one's own, and what is done on it: a tick, reading marked, the hello begun, the path closed."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forums import api as forums
from mentoring import api as mentoring
from onboarding.branches import CORE_READING
from onboarding.choices import RUNNING, UNDONE, GoesOn, JourneyState, Owner
from onboarding.hello import hello_of
from onboarding.models import Step
from onboarding.reading.journey import BY_ITSELF, MyPath, act_of, advice_of
from onboarding.reading.links import links_of
from onboarding.reading.step_page import closing, core_reading, to_read
from onboarding.services.close_path import CLOSE, keep_outcome
from onboarding.services.lapse import note_visit
from onboarding.services.mark_reading import mark_reading
from onboarding.services.tick_step import tick_step
from onboarding.step_forms import HelloForm, OutcomeForm, ReadingForm, TickForm
from onboarding.step_receivers import INTRODUCTIONS
from onboarding.views.common import crumbs_to
from people.models import User

SHOWN = (*RUNNING, JourneyState.COMPLETED)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, code: str) -> HttpResponse:
    """One step, and the tick where it does not tick itself."""
    path, found = _own(request, code)
    note_visit(found.journey, timezone.now())
    form = TickForm(request.POST or None)
    if request.method == "POST" and code not in BY_ITSELF and form.is_valid():
        if tick_step(person=path.person, step_id=found.pk, line=form.cleaned_data["line"]):
            messages.success(request, _("Ticked."))
        else:
            messages.info(request, _("You had ticked this before."))
        return redirect("onboarding:journey")
    return _page(request, path, found, form=form, wrong=bool(form.errors) and code not in BY_ITSELF)


@require_POST
def read(request: HttpRequest, code: str) -> HttpResponse:
    """Marks one piece of the core reading."""
    path, found = _own(request, CORE_READING)
    form = ReadingForm(request.POST, code=code)
    codes = [link.code for link in to_read(links_of(advice_of(path, found).reading, path.person))]
    if code not in codes:
        raise Http404
    if not form.is_valid():
        return _page(request, path, found, sent=request.POST, code=code, wrong=True)
    mark_reading(person=path.person, code=code, line=form.cleaned_data["line"], codes=codes)
    messages.success(request, _("Marked."))
    return redirect(f"{reverse('onboarding:step', args=[CORE_READING])}#reading")


@require_http_methods(["GET", "HEAD", "POST"])
def hello(request: HttpRequest) -> HttpResponse:
    """Begins the hello in the forum as a draft, which its writer changes there."""
    me = cast("User", request.user)
    path = MyPath(me)
    if path.journey is None:
        raise Http404
    form = HelloForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = hello_of(path, **form.cleaned_data)
        url = forums.begin_topic(
            owner=me, board=INTRODUCTIONS, title=words.title, body=words.body, kept=words.harmless
        )
        return redirect(url or "forums:index")
    context = {
        "form": form,
        "place": me.profile.place,
        "begun": forums.begun_topic(owner=me, board=INTRODUCTIONS),
        "crumbs": crumbs_to(_("Introduce yourself")),
    }
    return render(request, "onboarding/hello.html", context, status=422 if form.errors else 200)


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Keeps what came of the ninety days."""
    path, found = _own(request, CLOSE)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, path, found, sent=request.POST, wrong=True)
    goes_on = form.cleaned_data["goes_on"]
    kept = keep_outcome(person=path.person, outcome=form.cleaned_data["outcome"], goes_on=goes_on)
    messages.success(request, _("Kept.") if kept else _("This path is closed already."))
    pair = mentoring.open_mentorship_of(path.person.pk)
    if kept and goes_on == GoesOn.CLOSES and pair is not None:
        return redirect("mentoring:close", pk=pair.pk)
    return redirect("onboarding:step", code=CLOSE)


def _own(request: HttpRequest, code: str) -> tuple[MyPath, Step]:
    me = cast("User", request.user)
    path = MyPath(me)
    rows = Step.objects.visible_to(me).filter(journey=path.journey, journey__state__in=SHOWN)
    found = rows.select_related("template", "journey").filter(template__code=code).first()
    if found is None:
        raise Http404
    return path, found


def _page(
    request: HttpRequest,
    path: MyPath,
    found: Step,
    *,
    form: TickForm | None = None,
    sent: Any = None,
    code: str = "",
    wrong: bool = False,
) -> HttpResponse:
    advice = advice_of(path, found)
    links = links_of(advice.reading, path.person)
    reading = core_reading(found, links, sent=sent, code=code)
    context = {
        "step": found,
        "form": form or TickForm(),
        "itself": found.template.code in BY_ITSELF,
        "act": act_of(found),
        "advice": advice,
        "links": [link for link in links if reading is None or link not in to_read(links)],
        "reading": reading,
        "closing": closing(found, today=path.today, sent=sent),
        "ticked": Owner.PERSON in found.ticks or found.state not in UNDONE,
        "late": found.state in UNDONE and found.template.is_required and found.due < path.today,
        "evidence": [] if reading else found.evidence.exclude(line=""),
        "crumbs": crumbs_to(found.title),
    }
    return render(request, "onboarding/step.html", context, status=422 if wrong else 200)
