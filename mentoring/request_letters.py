"""What mails about requests say beyond the line of the notice: which letter it is, and what fills it.

The letter follows from who reads and how the request stands now. The mentor reads the message, the mentee never a reason.
Types and phases are those of the mentee's public profile, so that no alliance shows through.
"""

from collections.abc import Collection
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.choices import Origin, RequestState
from mentoring.letter_slot import written
from mentoring.models import MatchRequest, Mentorship
from mentoring.pool import shared_hours
from mentoring.proposals import parts_of
from notifications.data import Paragraphs

FIRST_TALK_WITHIN = timedelta(days=7)
Filled = tuple[str, dict[str, str], dict[str, tuple[str, str]]]


def letters(ids: Collection[int], reader: object) -> dict[int, Paragraphs]:
    """For those requests that the reader is part of and that have a letter for them."""
    rows = MatchRequest.objects.visible_to(reader).filter(pk__in=ids)
    people = ("mentee__profile", "mentor__profile", "candidate", "programme")
    found = {row.pk: _letter(row, reader) for row in rows.select_related(*people)}
    return {pk: written(*letter) for pk, letter in found.items() if letter is not None}


def _letter(request: MatchRequest, reader: object) -> Filled | None:
    if getattr(reader, "pk", None) == request.mentor_id:
        return _to_mentor(request)
    if request.state == RequestState.ACCEPTED:
        return _accepted(request)
    return _next_choice(request) if request.origin == Origin.AUTO else None


def _to_mentor(request: MatchRequest) -> Filled | None:
    keys = {RequestState.SENT: "mentor_reminder" if request.reminded else "mentor_request"}
    key = {**keys, RequestState.EXPIRED: "mentor_request_expired"}.get(RequestState(request.state))
    if key is None:
        return None
    profile = request.mentee.profile
    values = {
        "mentor_first_name": request.mentor.get_short_name(),
        "mentee_name": request.mentee.name,
        "mentee_function": profile.job_title,
        "mentee_city": profile.city,
        "alliance_type_label": ", ".join(str(term.label) for term in profile.alliance_types.all())
        or _("not said"),
        "phase_label": ", ".join(str(term.label) for term in profile.phases.all()) or _("not said"),
        "message": request.message or _("(no message)"),
        "overlap_hours": str(shared_hours(request.mentee_id, request.mentor_id)),
        **_dates(request),
        **_fit(request),
    }
    return key, values, _mentor_links(request)


def _mentor_links(request: MatchRequest) -> dict[str, tuple[str, str]]:
    page, settings = request.get_absolute_url(), reverse("mentoring:profile")
    return {
        "accept_link": (page, _("Accept")),
        "decline_link": (page, _("Decline")),
        "pause_link": (settings, _("Pause all requests")),
        "mentor_settings_link": (settings, _("Your places")),
    }


def _accepted(request: MatchRequest) -> Filled:
    rows = Mentorship.objects.filter(mentee=request.mentee, mentor=request.mentor)
    pair = rows.select_related("backup").order_by("-pk").first()
    backup = pair.backup.name if pair is not None and pair.backup is not None else _("somebody they name")
    began = pair.began if pair is not None else timezone.localdate()
    booking = reverse("mentoring:propose", args=[pair.pk]) if pair is not None else reverse("mentoring:home")
    values = {
        "first_name": request.mentee.get_short_name(),
        "mentor_name": request.mentor.name,
        "mentor_first_name": request.mentor.get_short_name(),
        "backup_name": backup,
        "first_talk_by": date_format(began + FIRST_TALK_WITHIN, "j F"),
    }
    return "mentor_accepted", values, {"booking_link": (booking, _("Book the first talk"))}


def _next_choice(request: MatchRequest) -> Filled | None:
    rows = MatchRequest.objects.filter(mentee=request.mentee, pk__lt=request.pk).select_related("mentor")
    before = rows.order_by("-pk").first()
    if before is None:
        return None
    values = {
        "first_name": request.mentee.get_short_name(),
        "mentor_name": before.mentor.name,
        "next_mentor_name": request.mentor.name,
        **_dates(request),
    }
    return "mentor_next_choice", values, {"proposals_link": (reverse("mentoring:choose"), _("See three"))}


def _dates(request: MatchRequest) -> dict[str, str]:
    if request.sent is None or request.expires is None:
        return {}
    return {
        "days_open": str((timezone.now() - request.sent).days),
        "expires_on": date_format(timezone.localtime(request.expires), "j F"),
    }


def _fit(request: MatchRequest) -> dict[str, str]:
    if request.candidate is None:
        return {}
    best = max(parts_of(request.candidate.breakdown), key=lambda part: part.points)
    return {"fit_points": str(request.candidate.score), "strongest_reason": best.label.lower()}
