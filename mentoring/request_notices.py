"""Notices about requests: to the mentor who is asked, to the mentee who waits, to the coordinator who should ring.

No notice says why a mentor cannot or will not: what the mentee reads is the same for a no, for silence and for a last
place that somebody else was given.
"""

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.audiences import COMMUNITY
from mentoring.coordinators import coordinators_for, coordinators_of, is_facilitator, searches_of
from mentoring.models import MatchRequest
from mentoring.request_letters import letters
from notifications.api import groups, notify, target_kinds, verbs
from notifications.data import NoticeGroup, NoticeTarget, TargetKind, Verb, says
from people.models import User

REQUEST_TARGET, SEARCH_TARGET, SEEKER_TARGET = "mentor_request", "mentor_search", "mentor_seeker"
GROUP = NoticeGroup(
    "mentor_requests", _("Requests for a mentor"), _("Somebody asks you to mentor, or answers your request.")
)
SEARCHES = NoticeGroup(
    "mentor_searches", _("Searches for a mentor"), _("Newcomers who found nobody. For facilitators.")
)


def _verb(key: str, label: Promise, icon: str, words: Promise) -> Verb:
    return Verb(key, GROUP.key, label, icon, says(words), transactional=True)


VERBS = (
    _verb("request_sent", _("Request for a mentor"), "user", _("%(actor)s asks for you as mentor")),
    _verb(
        "request_reminder", _("Request still waits"), "clock", _("%(title)s still waits for your yes or no")
    ),
    _verb(
        "request_expired",
        _("Request has moved on"),
        "arrow-right",
        _("The request of %(title)s has moved on; nothing is left for you to do"),
    ),
    _verb(
        "request_closed",
        _("Request closed"),
        "x",
        _("The request of %(title)s is closed; nothing is left for you to do"),
    ),
    _verb("request_accepted", _("Your mentor"), "handshake", _("%(actor)s is your mentor")),
    _verb(
        "next_choice_asked",
        _("Your next choice was asked"),
        "arrow-right",
        _("We have asked your next choice, %(title)s"),
    ),
    _verb(
        "request_without_mentor",
        _("Choose again"),
        "user",
        _("%(title)s cannot take anyone at present; three new proposals are ready"),
    ),
    _verb(
        "search_with_coordinator",
        _("The coordinator helps"),
        "user",
        _("%(title)s cannot take anyone at present; the coordinator will ring you"),
    ),
    Verb(
        "search_failed",
        SEARCHES.key,
        _("Search for a mentor needs you"),
        "circle-alert",
        says(_("%(title)s has asked twice and found no mentor")),
    ),
    Verb(
        "seeker_needs_help",
        SEARCHES.key,
        _("Somebody finds no mentor"),
        "circle-alert",
        says(_("%(title)s finds no mentor and asks you to help")),
    ),
)


def tell_of_request(
    request: MatchRequest, verb: str, people: Iterable[int], *, actor: User | None = None, key: str = ""
) -> None:
    """Tells these people once; `key` tells repetitions of a verb apart."""
    notify(
        recipients=list(people),
        verb=verb,
        actor_id=None if actor is None else actor.pk,
        target_kind=REQUEST_TARGET,
        target_id=request.pk,
        audience=COMMUNITY,
        group_key=f"mentor_request:{request.pk}",
        dedupe_key=f"mentor_request:{request.pk}:{verb}:{key}",
    )


def tell_coordinators(request: MatchRequest) -> None:
    """The facilitators without a part: the mentee has asked twice in vain."""
    notify(
        recipients=coordinators_of(request),
        verb="search_failed",
        actor_id=None,
        target_kind=SEARCH_TARGET,
        target_id=request.pk,
        audience=COMMUNITY,
        group_key=f"mentor_search:{request.mentee_id}",
        dedupe_key=f"mentor_search:{request.pk}",
    )


def tell_of_seeker(mentee: User) -> None:
    """The facilitators without a part, once a day."""
    notify(
        recipients=coordinators_for(mentee),
        verb="seeker_needs_help",
        actor_id=None,
        target_kind=SEEKER_TARGET,
        target_id=mentee.pk,
        audience=COMMUNITY,
        group_key=f"mentor_search:{mentee.pk}",
        dedupe_key=f"mentor_seeker:{mentee.pk}:{timezone.localdate().isoformat()}",
    )


def requests(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Requests by the name of the other one, for the two they are about."""
    pk = getattr(reader, "pk", None)
    rows = MatchRequest.objects.visible_to(reader).filter(pk__in=ids).select_related("mentee", "mentor")
    return {
        row.pk: NoticeTarget((row.mentor if row.mentee_id == pk else row.mentee).name, row.get_absolute_url())
        for row in rows
    }


def searches(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Searches by the name of the mentee, for who coordinates them."""
    rows = searches_of(reader).filter(pk__in=ids).select_related("mentee")
    return {row.pk: NoticeTarget(row.mentee.name, reverse("mentoring:search", args=[row.pk])) for row in rows}


def seekers(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """People who look for a mentor, for facilitators."""
    rows = User.objects.present().filter(pk__in=ids) if is_facilitator(reader) else User.objects.none()
    return {row.pk: NoticeTarget(row.name, row.get_absolute_url()) for row in rows}


def register() -> None:
    """Called once when the app is ready."""
    for group in (GROUP, SEARCHES):
        groups.register(group.key, group)
    for verb in VERBS:
        verbs.register(verb.key, verb)
    target_kinds.register(REQUEST_TARGET, TargetKind(REQUEST_TARGET, requests, letters=letters))
    target_kinds.register(SEARCH_TARGET, TargetKind(SEARCH_TARGET, searches))
    target_kinds.register(SEEKER_TARGET, TargetKind(SEEKER_TARGET, seekers))
