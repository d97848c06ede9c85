"""Drafts: the list, what the page saves while somebody types, throwing away and taking back.

Whoever asks sees and changes their own drafts only: every look-up is by the signed-in person, and a place that another
person's page carries is refused.
"""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from composer.data import KEPT
from composer.drafts import draft_cards, texts_of
from composer.models import Draft
from composer.places import SignedPlace, read_place
from composer.services.discard_draft import discard_draft, restore_draft
from composer.services.save_draft import NUL, save_draft
from core.crumbs import Crumb
from people.models import User

OTHER_THAN_TEXT = frozenset({"csrfmiddlewaretoken", "draft", "act", "kept", "seen"})


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """What the reader wrote and did not post, and what was thrown away lately."""
    waiting, discarded = draft_cards(_me(request))
    context = {
        "drafts": waiting,
        "discarded": discarded,
        "crumbs": [Crumb(_("Home"), reverse("home")), Crumb(_("Drafts"))],
    }
    return render(request, "composer/drafts.html", context)


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """All that one draft holds, also where the place it was written for is closed or gone."""
    found = get_object_or_404(Draft.objects.filter(owner=_me(request)), pk=pk)
    context = {
        "draft": found,
        "texts": texts_of(found),
        "crumbs": [
            Crumb(_("Home"), reverse("home")),
            Crumb(_("Drafts"), reverse("composer:drafts")),
            Crumb(found.label),
        ],
    }
    return render(request, "composer/draft.html", context)


@require_POST
def save(request: HttpRequest) -> JsonResponse:
    """Saves the form as it stands; says when, in words for the page. 409 where its text belongs to somebody else."""
    signed = read_place(request.POST.get("draft", ""))
    if signed is None or signed.owner_id != _me(request).pk:
        return JsonResponse({"words": _("This text belongs to somebody else.")}, status=409)
    fields = typed_fields(request)
    if kept := request.POST.getlist(KEPT):  # words that the name guard need not ask about again
        fields[KEPT] = "\n".join(dict.fromkeys(kept))
    named = fields.get(signed.label_field, "").strip()
    place = signed.place
    try:
        saved = save_draft(
            owner=_me(request), key=place.key, fields=fields, label=named or str(place.label), url=place.url
        )
    except ValidationError as refusal:
        return JsonResponse({"words": " ".join(refusal.messages)}, status=422)
    clock = time_format(timezone.localtime(saved.updated), "H:i")
    return JsonResponse({"words": _("Saved %(clock)s, on every device") % {"clock": clock}})


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throws a draft away: from the list by its key, from a form by its place. A script gets 204."""
    signed = _own_place(request)
    key = signed.place.key if signed else _key(request)
    found = discard_draft(owner=_me(request), key=key)
    if request.accepts("text/html"):
        if not found and not signed:
            raise Http404
        if found:
            messages.success(request, _("Thrown away. For a day you can take it back under Drafts."))
        return redirect(signed.place.url if signed else reverse("composer:drafts"))
    return HttpResponse(status=204)


@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Takes a draft back that was thrown away."""
    if not restore_draft(owner=_me(request), key=_key(request)):
        raise Http404
    messages.success(request, _("The draft is back."))
    return redirect("composer:drafts")


@require_safe
def session(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and a token for the forms of this page: how an open page goes on after signing in again."""
    return JsonResponse({"owner": _me(request).pk, "token": get_token(request)})


def typed_fields(request: HttpRequest) -> dict[str, str]:
    """What was typed into a form, by the names of its fields; several values of a name are lines."""
    posted = request.POST
    return {
        name: "\n".join(posted.getlist(name)).replace("\r\n", "\n")
        for name in posted
        if name not in OTHER_THAN_TEXT
    }


def _own_place(request: HttpRequest) -> SignedPlace | None:
    token = request.POST.get("draft", "")
    if not token:
        return None
    signed = read_place(token)
    if signed is None or signed.owner_id != _me(request).pk:
        raise Http404
    return signed


def _key(request: HttpRequest) -> str:
    return request.POST.get("key", "").replace(NUL, "")


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)
