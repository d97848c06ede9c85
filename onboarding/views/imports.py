"""Personnel's file for facilitators: look first, then import; and what earlier files brought."""

import codecs
import hashlib
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.crumbs import Crumb
from onboarding.appointment_forms import ImportForm
from onboarding.importing.rows import FileError, read_rows
from onboarding.models import ImportBatch, Invitation
from onboarding.permissions import imports
from onboarding.services.import_appointments import import_appointments
from people.models import User

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """The form and the last files."""
    if not imports(request.user):
        raise Http404
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = _read(form.cleaned_data["file"], cast("User", request.user), "import" not in request.POST)
        except FileError as error:
            form.add_error("file", str(error))
        else:
            messages.success(
                request, _("Looked through. Nothing was written.") if batch.dry_run else _("Imported.")
            )
            return redirect("onboarding:import_batch", pk=batch.pk)
    context = {
        "form": form,
        "batches": ImportBatch.objects.select_related("by")[:SHOWN],
        "waiting": Invitation.objects.filter(taken=None).count(),
        "crumbs": [Crumb(_("Home"), reverse("home")), Crumb(_("Appointments from a file"))],
    }
    return render(request, "onboarding/imports.html", context, status=422 if form.errors else 200)


@require_safe
def import_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of one file."""
    if not imports(request.user):
        raise Http404
    batch = get_object_or_404(ImportBatch.objects.select_related("by"), pk=pk)
    context = {
        "batch": batch,
        "crumbs": [
            Crumb(_("Home"), reverse("home")),
            Crumb(_("Appointments from a file"), reverse("onboarding:imports")),
            Crumb(batch.name),
        ],
    }
    return render(request, "onboarding/import_batch.html", context)


def _read(file: Any, by: User, dry_run: bool) -> ImportBatch:
    """Streams what was uploaded, which Django keeps on disk where it is large."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    rows = read_rows(codecs.getreader("utf-8-sig")(file))
    return import_appointments(rows, name=file.name, digest=digest.hexdigest(), by=by, dry_run=dry_run)
