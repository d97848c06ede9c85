"""Whom a mentee would like as mentor in the rounds of a programme. Their own page; a coordinator sees wishes in a draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.models import Mentorship, Wish
from mentoring.programmes import programmes_for
from mentoring.request_forms import WishForm
from mentoring.services.keep_wishes import keep_wishes, mentors_to_wish
from mentoring.views.common import reader_of, way_up

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
def wishes(request: HttpRequest, pk: int) -> HttpResponse:
    """Up to three mentors, in order; missing where the programme is not open or not for the reader."""
    reader = reader_of(request)
    programme = next((one for one in programmes_for(reader) if one.pk == pk), None)
    if programme is None:
        raise Http404
    chosen = Wish.objects.filter(programme=programme, mentee=reader).order_by("rank")
    form = WishForm(
        request.POST or None,
        mentors=mentors_to_wish(reader),
        chosen=list(chosen.values_list("mentor", flat=True)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = keep_wishes(mentee=reader, programme_id=pk, mentor_ids=form.wishes())
        except ValidationError as refusal:
            form.add_error(None, refusal.messages[0])
        else:
            messages.success(request, _("Your wishes are kept.") if changed else _("Nothing had changed."))
            return redirect("mentoring:wishes", pk=pk)
    context = {
        "form": form,
        "programme": programme,
        "has_mentor": Mentorship.objects.open().filter(mentee=reader).exists(),
        "crumbs": way_up(_("Your wishes")),
    }
    return render(request, "mentoring/wishes.html", context, status=422 if form.errors else 200)
