"""The page of a pair and its notes. Only the two of it find it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mentoring.models import Mentorship
from mentoring.pair_forms import NoteForm
from mentoring.reading.pair_page import PairPage
from mentoring.services.write_note import drop_note, write_note
from mentoring.views.pair_common import allowed, crumbs_of, done, open_pair_for, pair_for, reader_of


@require_safe
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Talks, agreement, goals and notes of the two."""
    return _page(request, pair_for(request, pk), NoteForm())


@require_POST
def keep_note(request: HttpRequest, pk: int) -> HttpResponse:
    """A new note; the page again where it cannot be kept."""
    found = open_pair_for(request, pk)
    form = NoteForm(request.POST)
    if form.is_valid() and form.does(lambda: _keep(request, pk, form)):
        messages.success(request, _("The note is kept."))
        return redirect(f"{found.get_absolute_url()}#notes")
    return _page(request, found, form)


def _keep(request: HttpRequest, pk: int, form: NoteForm) -> None:
    data = form.cleaned_data
    allowed(
        lambda: write_note(
            actor=reader_of(request), mentorship_id=pk, body=data["body"], visibility=data["visibility"]
        )
    )


@require_POST
def throw_note_away(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own note."""
    pair_pk = done(lambda: drop_note(actor=reader_of(request), note_id=pk))
    messages.success(request, _("The note is gone."))
    return redirect("mentoring:pair", pk=pair_pk)


def _page(request: HttpRequest, found: Mentorship, form: NoteForm) -> HttpResponse:
    reader = reader_of(request)
    context = {"page": PairPage(found, reader), "note_form": form, "crumbs": crumbs_of(found, reader)}
    return render(request, "mentoring/pair.html", context, status=form.status)
