"""The editor of the path for facilitators: the list, a step, a letter. Nothing is saved that was not looked at first.

A form is sent with an act: `look` shows what would be saved and whom it reaches, `change` goes back to the words, `save`
saves. Whoever is second of two editors gets both texts and saves once more.
"""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.crumbs import Crumb
from onboarding.editor_forms import EditorForm, LetterForm, StepForm
from onboarding.models import Letter, StepTemplate
from onboarding.models.templates import effort_of
from onboarding.permissions import looks_after_all
from onboarding.placeholders import USES, known_in, sample
from onboarding.reading.editing import branch_labels, effect_of, letter_lines, step_lines
from onboarding.services.edit_letter import edit_letter
from onboarding.services.edit_step import changes_of, conflict, edit_step
from people.models import User


@require_safe
def path(request: HttpRequest) -> HttpResponse:
    """All steps and letters."""
    _facilitator(request)
    context = {
        "steps": step_lines(),
        "letters": letter_lines(),
        "crumbs": [Crumb(_("Home"), reverse("home")), Crumb(_("The path and its letters"))],
    }
    return render(request, "onboarding/editor.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, code: str) -> HttpResponse:
    """One step."""
    me = _facilitator(request)
    rows = StepTemplate.objects.filter(template__is_default=True).select_related("edited_by")
    found = get_object_or_404(rows.prefetch_related("branches"), code=code)
    labels = branch_labels()
    form = StepForm(request.POST or None, step=found, labels=labels)
    context = {"form": form, "step": found, "crumbs": _crumbs(found.title)}
    act = _act(request, form, found.version)
    if act == "save" and _saved(form, lambda: _save_step(form, found, me)):
        messages.success(request, _("Saved. Open paths follow."))
        return redirect("onboarding:path")
    if act and not form.errors:
        return render(request, "onboarding/step_preview.html", context | _step_preview(form, found, labels))
    return _again(request, "onboarding/step_edit.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """One letter."""
    me = _facilitator(request)
    found = get_object_or_404(Letter.objects.select_related("edited_by").filter(key__in=USES), key=key)
    form = LetterForm(request.POST or None, letter=found)
    context = {
        "form": form,
        "letter": found,
        "when": USES[key].when,
        "known": sorted(known_in(found)),
        "crumbs": _crumbs(found.subject),
    }
    act = _act(request, form, found.version)
    if act == "save" and _saved(form, lambda: _save_letter(form, found, me)):
        messages.success(request, _("Saved. It reads so from now on."))
        return redirect("onboarding:path")
    if act and not form.errors:
        data = form.cleaned_data
        shown = sample(key, subject=data["subject"], body=data["body"])
        changed = any(data[name] != text for name, text in form.standing.items())
        return render(
            request, "onboarding/letter_preview.html", context | {"sample": shown, "changed": changed}
        )
    return _again(request, "onboarding/letter_edit.html", form, context)


def _facilitator(request: HttpRequest) -> User:
    if not looks_after_all(request.user):
        raise Http404
    return cast("User", request.user)


def _act(request: HttpRequest, form: EditorForm, version: int) -> str:
    """`look` or `save` where the form is right and its editor has seen what stands; else nothing."""
    if request.method != "POST" or request.POST.get("act") == "change" or not form.is_valid():
        return ""
    if form.cleaned_data["seen"] != version:
        form.add_error(None, conflict())
    return "save" if request.POST.get("act") == "save" else "look"


def _saved(form: EditorForm, save: Callable[[], object]) -> bool:
    if form.errors:
        return False
    try:
        save()
    except ValidationError as refusal:
        form.add_error(None, ValidationError(refusal.messages))
        return False
    return True


def _save_step(form: StepForm, found: StepTemplate, me: User) -> bool:
    return edit_step(actor=me, step_id=found.pk, edit=form.edit, seen=form.cleaned_data["seen"])


def _save_letter(form: LetterForm, found: Letter, me: User) -> bool:
    data = form.cleaned_data
    return edit_letter(actor=me, key=found.key, subject=data["subject"], body=data["body"], seen=data["seen"])


def _step_preview(form: StepForm, found: StepTemplate, labels: dict[str, str]) -> dict[str, Any]:
    edit = form.edit
    return {
        "edit": edit,
        "effort": effort_of(edit.minutes),
        "branches": [(labels.get(when, when), text) for when, text in edit.branches.items()],
        "effect": effect_of(found, edit),
        "changed": bool(changes_of(found, edit)),
    }


def _again(request: HttpRequest, template: str, form: EditorForm, context: dict[str, Any]) -> HttpResponse:
    """The form, with what stands now where somebody else was faster."""
    failed = form.is_bound and request.POST.get("act") != "change" and bool(form.errors)
    if failed and form.non_field_errors():
        context |= {"now": form.compare()}
    return render(request, template, context, status=422 if failed else 200)


def _crumbs(title: str) -> list[Crumb]:
    return [
        Crumb(_("Home"), reverse("home")),
        Crumb(_("The path and its letters"), reverse("onboarding:path")),
        Crumb(title),
    ]
