"""The agreement of a pair: read, sign, change, print."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.pair_forms import AgreementForm
from mentoring.services.keep_agreement import agreement_of, change_agreement, sign_agreement
from mentoring.views.pair_common import allowed, crumbs_of, open_pair_for, pair_for, reader_of


@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as it stands, and who has signed it."""
    return _page(request, pk, printed=False)


@require_safe
def agreement_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on paper: nothing around it."""
    return _page(request, pk, printed=True)


def _page(request: HttpRequest, pk: int, *, printed: bool) -> HttpResponse:
    pair, reader = pair_for(request, pk), reader_of(request)
    found = agreement_of(pair)
    mine = found.signed_mentee if reader.pk == pair.mentee_id else found.signed_mentor
    context = {
        "pair": pair,
        "agreement": found,
        "names": _("%(mentee)s and %(mentor)s") % {"mentee": pair.mentee.name, "mentor": pair.mentor.name},
        "signatures": [
            (pair.mentee.name, found.signed_mentee),
            (pair.mentor.name, found.signed_mentor),
        ],
        "signed_on": found.signed_on,
        "may_sign": pair.is_open and mine is None,
        "is_open": pair.is_open,
        "printed": printed,
        "crumbs": crumbs_of(pair, reader, _("Agreement")),
    }
    return render(
        request, "mentoring/agreement_print.html" if printed else "mentoring/agreement.html", context
    )


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """A signature under the words that were read."""
    open_pair_for(request, pk)
    version = request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    actor, digest = reader_of(request), request.POST.get("digest", "")
    try:
        both = allowed(lambda: sign_agreement(actor=actor, mentorship_id=pk, version=number, digest=digest))
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        words = _("Signed by both.") if both else _("Signed. The other one is asked for theirs.")
        messages.success(request, words)
    return redirect("mentoring:agreement", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another text; clears both signatures."""
    pair, reader = open_pair_for(request, pk), reader_of(request)
    found = agreement_of(pair)
    initial = {"text": found.text, "seen": found.version, "digest": found.digest}
    form = AgreementForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid() and form.does(lambda: _change(request, pk, form)):
        return redirect("mentoring:agreement", pk=pk)
    context = {
        "form": form,
        "heading": _("Change the agreement"),
        "lead": _("Write it in your own words. Whoever signed before signs again."),
        "act": _("Keep this text"),
        "back": reverse("mentoring:agreement", args=[pk]),
        "crumbs": crumbs_of(pair, reader, _("Change the agreement")),
    }
    return render(request, "mentoring/form.html", context, status=form.status)


def _change(request: HttpRequest, pk: int, form: AgreementForm) -> None:
    if allowed(lambda: change_agreement(actor=reader_of(request), mentorship_id=pk, **form.cleaned_data)):
        messages.success(request, _("Kept. It needs both signatures."))
