"""What a coordinator does with a draft: another mentor for one mentee, publishing, discarding."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.crumbs import Crumb
from mentoring.choices import RunState
from mentoring.reading.swap_page import swap_lines
from mentoring.reading.swaps import choices_of
from mentoring.services.discard_round import discard_round
from mentoring.services.publish_round import RoundChanged, publish_round
from mentoring.services.swap_pair import swap_pair
from mentoring.views.pair_common import reader_of
from mentoring.views.round_common import crumbs, round_of, whole
from people.models import User


@require_safe
def swap(request: HttpRequest, pk: int, mentee: int) -> HttpResponse:
    """Whom a mentee could have instead, with everything that it would do."""
    found = round_of(request, pk)
    known = {one["mentee"] for one in found.stats.get("alone", [])}
    known |= set(found.candidates.values_list("mentee", flat=True))
    person = User.objects.visible_to(request.user).filter(pk=mentee).first()
    if found.state != RunState.DRAFT or mentee not in known or person is None:
        raise Http404
    choices = choices_of(found, mentee, reader_of(request))
    number = _("Round %(number)d") % {"number": found.pk}
    context = {
        "run": found,
        "mentee": mentee,
        "name": person.name,
        "now": found.candidates.filter(mentee=mentee).select_related("mentor").first(),
        "choices": choices,
        "swaps": swap_lines(found, choices, request.user),
        "crumbs": crumbs(Crumb(number, found.get_absolute_url()), _("Swap")),
    }
    return render(request, "mentoring/swap.html", context)


@require_POST
def do_swap(request: HttpRequest, pk: int, mentee: int) -> HttpResponse:
    """Puts another mentor in."""
    found, reader = round_of(request, pk), reader_of(request)
    version, mentor = _sent(request, "version"), _sent(request, "mentor")
    try:
        swap_pair(actor=reader, run_id=found.pk, version=version, mentee_id=mentee, mentor_id=mentor)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Swapped. The figures are those of the draft as it stands."))
    return redirect(found)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins the mentorships of the draft."""
    found = round_of(request, pk)
    try:
        done = publish_round(actor=reader_of(request), run_id=pk, version=_sent(request, "version"))
    except RoundChanged as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(found)
    count = len(done.made)
    messages.success(request, ngettext("%(n)d pair began.", "%(n)d pairs began.", count) % {"n": count})
    if done.left_out:
        names = ", ".join(one.mentee.name for one in done.left_out)
        messages.warning(
            request, _("Not begun, because something changed meanwhile: %(names)s.") % {"names": names}
        )
    return redirect(found)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the draft back."""
    found = round_of(request, pk)
    try:
        discard_round(actor=reader_of(request), run_id=pk, version=_sent(request, "version"))
    except RoundChanged as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(found)
    messages.success(request, _("Discarded. Nobody was told of it."))
    return redirect("mentoring:rounds")


def _sent(request: HttpRequest, name: str) -> int:
    return whole(request.POST.get(name, ""))
