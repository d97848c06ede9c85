"""Programmes for facilitators: a list with their rules, a new one, changing one. Missing to everybody else."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.audiences import choices as audience_choices
from core.crumbs import Crumb
from core.models import Term, Vocabulary
from mentoring.models import Programme
from mentoring.round_forms import ProgrammeForm
from mentoring.services.save_programme import ProgrammeChanged, save_programme
from mentoring.views.round_common import facilitator

BOTH = ["GET", "HEAD", "POST"]


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """All of them, the open ones first."""
    me = facilitator(request)
    audiences = dict(_audiences())
    rows = Programme.objects.visible_to(me).order_by("name", "pk")
    lines = [(one, audiences.get(one.audience, one.audience)) for one in rows]
    context = {
        "lines": sorted(lines, key=lambda line: not line[0].is_open),
        "crumbs": _crumbs(),
    }
    return render(request, "mentoring/programmes.html", context)


@require_http_methods(BOTH)
def add(request: HttpRequest) -> HttpResponse:
    """A new one."""
    facilitator(request)
    return _form_page(request, None)


@require_http_methods(BOTH)
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """The rules of one."""
    me = facilitator(request)
    return _form_page(request, get_object_or_404(Programme.objects.visible_to(me), pk=pk))


def _form_page(request: HttpRequest, found: Programme | None) -> HttpResponse:
    form = ProgrammeForm(request.POST or None, programme=found, audiences=_audiences())
    if request.method == "POST" and form.is_valid() and form.does(lambda: _save(request, form, found)):
        messages.success(
            request, _("Saved. Rounds and requests follow from now on; pairs that run keep their term.")
        )
        return redirect("mentoring:programmes")
    heading = found.name if found is not None else _("A new programme")
    context = {
        "form": form,
        "now": form.now,
        "heading": heading,
        "lead": _(
            "Whom it is for, and how its rounds are solved. A draft may choose another objective and floor."
        ),
        "act": _("Save"),
        "back": reverse("mentoring:programmes"),
        "crumbs": _crumbs(heading),
    }
    return render(request, "mentoring/form.html", context, status=form.status)


def _save(request: HttpRequest, form: ProgrammeForm, found: Programme | None) -> None:
    me, values = facilitator(request), dict[str, Any](form.cleaned_data)
    if found is None:
        save_programme(actor=me, values=values)
        return
    try:
        save_programme(actor=me, values=values, programme_id=found.pk, seen=values["seen"])
    except ProgrammeChanged:
        form.compare(Programme.objects.visible_to(me).get(pk=found.pk))
        raise


def _audiences() -> list[tuple[str, str]]:
    return audience_choices(Term.objects.labels(Vocabulary.BUSINESS_FUNCTION).items())


def _crumbs(*last: str) -> list[Crumb]:
    first = [
        Crumb(_("Mentoring"), reverse("mentoring:home")),
        Crumb(_("Rounds"), reverse("mentoring:rounds")),
        Crumb(_("Programmes"), reverse("mentoring:programmes") if last else ""),
    ]
    return [*first, *(Crumb(words) for words in last)]
