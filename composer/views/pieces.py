"""Pieces of a writing page that are made on the server: preview, findings of the name guard, people to mention."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render as render_template
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from composer.guard import check_names
from composer.people import people_to_mention
from composer.places import read_place
from composer.views.drafts import typed_fields
from core import markdown


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What a field will look like once posted: made by the same pipeline, put into the same component."""
    text = typed_fields(request).get(request.POST.get("field", ""), "")
    template = "composer/preview.html" if request.headers.get("HX-Request") else "composer/preview_page.html"
    return render_template(request, template, {"rendered": markdown.preview(text)})


@require_POST
def guard(request: HttpRequest) -> HttpResponse:
    """Findings in the guarded fields of a form as it stands."""
    signed = read_place(request.POST.get("draft", ""))
    typed, kept = typed_fields(request), request.POST.getlist("kept")
    texts = {name: typed.get(name, "") for name in (signed.guard_fields if signed else ())}
    context = {"findings": check_names(texts, kept=kept), "kept": kept}
    return render_template(request, "composer/guard.html", context)


@require_safe
def mentions(request: HttpRequest) -> JsonResponse:
    """Colleagues whose name goes on from what was typed after @."""
    people = people_to_mention(request.user, request.GET.get("q", ""))
    return JsonResponse({"label": _("Colleagues"), "people": people})
