"""What somebody offers and wants, the short training, and with whom they are never paired."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alliances.api import visible_alliances
from mentoring.coordinators import is_facilitator
from mentoring.models import Exclusion, Wall
from mentoring.profile_forms import MentorProfileForm
from mentoring.request_forms import ExclusionForm, WallForm
from mentoring.services.keep_apart import drop_wall, exclude, include, set_wall
from mentoring.services.save_profile import finish_training, profile_of, save_profile
from mentoring.subjects import competences
from mentoring.suggestions import TAKEN, suggested_wants
from mentoring.views.common import reader_of, way_up

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
def profile(request: HttpRequest) -> HttpResponse:
    """Offers, wants, style, places, absence."""
    reader = reader_of(request)
    found = profile_of(reader)
    suggestion = suggested_wants(reader, found)
    taken = suggestion.codes if suggestion and TAKEN in request.GET else ()
    form = MentorProfileForm(request.POST or None, profile=found, competences=competences(), suggested=taken)
    if request.method == "POST" and form.is_valid():
        changed = save_profile(person=reader, values=form.values())
        messages.success(request, _("Saved.") if changed else _("Nothing had changed."))
        return redirect("mentoring:profile")
    context = {
        "form": form,
        "profile": found,
        "suggestion": None if taken else suggestion,
        "taken": bool(taken),
        "crumbs": way_up(_("What I offer and want")),
    }
    return render(request, "mentoring/profile.html", context, status=422 if form.errors else 200)


@require_http_methods(BOTH)
def training(request: HttpRequest) -> HttpResponse:
    """Ten minutes of reading, and a tick."""
    reader = reader_of(request)
    if request.method == "POST":
        if request.POST.get("read") != "yes":
            messages.error(request, _("Tick that you have read it."))
            return redirect("mentoring:training")
        finish_training(person=reader)
        messages.success(request, _("You are ready to mentor. Say what you offer next."))
        return redirect("mentoring:profile")
    context = {"profile": profile_of(reader), "crumbs": way_up(_("Short training for mentors"))}
    return render(request, "mentoring/training.html", context)


@require_http_methods(BOTH)
def exclusions(request: HttpRequest) -> HttpResponse:
    """The reader's own, and nobody else's."""
    reader = reader_of(request)
    form = ExclusionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            exclude(owner=reader, other=form.cleaned_data["email"])
        except ValidationError as refusal:
            form.add_error("email", refusal.messages[0])
        else:
            messages.success(request, _("You will not be paired. Nobody is told."))
            return redirect("mentoring:exclusions")
    rows = Exclusion.objects.filter(owner=reader).select_related("other").order_by("other__name")
    context = {"form": form, "rows": rows, "crumbs": way_up(_("With whom not"))}
    return render(request, "mentoring/exclusions.html", context, status=422 if form.errors else 200)


@require_POST
def drop_exclusion(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one of the reader's own back."""
    if not include(owner=reader_of(request), exclusion_id=pk):
        raise Http404
    messages.success(request, _("Taken back. Nobody is told of that either."))
    return redirect("mentoring:exclusions")


@require_http_methods(BOTH)
def walls(request: HttpRequest) -> HttpResponse:
    """Between which alliances nobody mentors anybody; for facilitators."""
    reader = reader_of(request)
    if not is_facilitator(reader):
        raise Http404
    form = WallForm(request.POST or None, alliances=visible_alliances(reader))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        set_wall(actor=reader, first_id=data["first"], second_id=data["second"], reason=data["reason"])
        messages.success(request, _("The wall stands. Running pairs go on until somebody ends them."))
        return redirect("mentoring:walls")
    rows = Wall.objects.select_related("first", "second", "set_by").order_by("first__code_name", "pk")
    context = {"form": form, "rows": rows, "crumbs": way_up(_("Walls between alliances"))}
    return render(request, "mentoring/walls.html", context, status=422 if form.errors else 200)


@require_POST
def remove_wall(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a wall down."""
    reader = reader_of(request)
    if not is_facilitator(reader) or not drop_wall(actor=reader, wall_id=pk):
        raise Http404
    messages.success(request, _("The wall is down."))
    return redirect("mentoring:walls")
