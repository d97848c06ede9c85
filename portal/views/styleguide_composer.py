"""The composer in every state, and one to try: it saves its draft like any other and stores nothing when posted."""

from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render as render_template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from composer.data import DraftData, DraftPlace
from composer.forms import ComposerField, DraftingForm
from core.crumbs import Crumb
from core.markdown import Rendered, render
from people.models import User

EXAMPLE = """The chair **rotates** each half-year:

- January to June: we
- July to December: they

| Site | Start |
| --- | --- |
| Basel | 08:00 |
| Osaka | 15:00 |
"""
TELLTALE = "Zorblax Therapeutics asked for USD 1.27 million. Write to anna@zorblax.example."


class TrialForm(DraftingForm):
    """A title and a text, as a topic has them."""

    label_field = "title"
    guard_fields = ("body",)

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=150, widget=forms.TextInput(attrs={"class": "input"})
    )
    body = ComposerField(
        label=gettext_lazy("Your text"), help_text=gettext_lazy("What you did, and what came of it.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def styleguide_composer(request: HttpRequest) -> HttpResponse:
    """A composer to try, and its states below."""
    form = TrialForm(request.POST or None, owner=_me(request), place=_place("trial"))
    posted: Rendered | None = None
    if form.wants_posting() and form.post(lambda: reverse("styleguide_composer")):
        posted = render(form.cleaned_data["body"])
    context = {
        "form": form,
        "posted": posted,
        "states": [] if form.is_bound else _states(_me(request)),
        "crumbs": [Crumb(_("Style guide"), reverse("styleguide")), Crumb(_("Composer"))],
    }
    return render_template(request, "portal/styleguide_composer.html", context, status=form.status)


def _states(owner: User) -> list[tuple[str, DraftingForm]]:
    refused = _example(owner, "refused", "post", body=" ")
    looked_at = _example(owner, "preview", "preview", body=EXAMPLE)
    guarded = _example(owner, "guard", "post", body=TELLTALE)
    kept = _example(owner, "kept", "preview", body="")
    kept.saved = DraftData(key="", label="", url="", fields={}, updated=timezone.now())
    return [
        (_("Refused"), refused),
        (_("Preview without JavaScript"), looked_at),
        (_("The name guard"), guarded),
        (_("Saved"), kept),
    ]


def _example(owner: User, prefix: str, act: str, *, body: str) -> DraftingForm:
    data = QueryDict(mutable=True)
    data.update({"act": act, f"{prefix}-title": _("How do you split the chair?"), f"{prefix}-body": body})
    form = TrialForm(data, owner=owner, place=_place(prefix), prefix=prefix)
    form.wants_posting()
    return form


def _place(name: str) -> DraftPlace:
    return DraftPlace(
        key=f"styleguide:{name}", label=_("A text in the style guide"), url=reverse("styleguide_composer")
    )


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)
