"""Whom the facts of alliances are told to: who decides about a request, and who asked. Leavers leave their teams."""

from collections.abc import Collection

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.choices import Duty, MembershipState
from alliances.models import Alliance, Membership
from alliances.services.membership import end_all_of
from core import facts
from core.audiences import COMMUNITY
from notifications.api import groups, notify, target_kinds, verbs
from notifications.data import NoticeGroup, NoticeTarget, TargetKind, Verb, says
from people.models import User
from people.roles import Role

MEMBERSHIP_TARGET = "membership"
GROUP = NoticeGroup(
    "alliances", _("Alliances"), _("Requests for a place in a team, and what became of yours.")
)
VERBS = (
    Verb(
        "membership_asked",
        GROUP.key,
        _("Request for a team"),
        "users",
        says(_("%(actor)s asks for a place in %(title)s")),
    ),
    Verb(
        "membership_confirmed",
        GROUP.key,
        _("You are in a team"),
        "circle-check",
        says(_("You are in the team of %(title)s")),
    ),
    Verb(
        "membership_rejected",
        GROUP.key,
        _("Request turned down"),
        "users",
        says(_("Your request for a place in a team was not confirmed")),
    ),
)


def tell_who_decides(fact: facts.MembershipAsked) -> None:
    """The managers of the alliance; where it has none, or one asks for themselves alone, the facilitators."""
    row = Membership.objects.select_related("alliance").filter(pk=fact.membership_id).first()
    if row is None or row.state != MembershipState.ASKED:
        return
    team = Membership.objects.confirmed().filter(
        alliance=row.alliance, duty=Duty.MANAGER, person__is_active=True
    )
    deciding = list(team.exclude(person=row.person).values_list("person_id", flat=True))
    facilitators = User.objects.present().filter(groups__name=Role.FACILITATOR.value)
    notify(
        recipients=deciding or facilitators.values_list("pk", flat=True),
        verb="membership_asked",
        actor_id=row.person_id,
        target_kind=MEMBERSHIP_TARGET,
        target_id=row.pk,
        audience=row.alliance.audience if deciding else COMMUNITY,
        group_key=f"alliance:{row.alliance_id}",
        dedupe_key=f"membership:{row.pk}:asked",
    )


def tell_who_asked(fact: facts.MembershipDecided) -> None:
    """The person, unless they did it themselves; a place that ended is told by the page alone."""
    row = Membership.objects.select_related("alliance").filter(pk=fact.membership_id).first()
    told = {MembershipState.CONFIRMED.value, MembershipState.REJECTED.value}
    if row is None or row.state != fact.status or fact.status not in told:
        return
    notify(
        recipients=[row.person_id],
        verb=f"membership_{fact.status}",
        actor_id=row.decided_by_id,
        target_kind=MEMBERSHIP_TARGET,
        target_id=row.pk,
        audience=row.alliance.audience if fact.status == MembershipState.CONFIRMED else COMMUNITY,
        group_key=f"membership:{row.pk}",
        dedupe_key=f"membership:{row.pk}:{fact.status}",
    )


def leave_teams(fact: facts.PersonLeft) -> None:
    """Somebody left the company."""
    end_all_of(person_id=fact.person_id)


def memberships(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Requests the reader decides about, and their own. Whoever was turned down learns no name of an alliance."""
    rows = Membership.objects.filter(pk__in=ids).select_related("alliance")
    seen = Alliance.objects.visible_to(reader).values("pk")
    own = getattr(reader, "pk", None)
    found = rows.filter(Q(alliance__in=seen) | Q(person=own))
    visible = set(
        Alliance.objects.visible_to(reader).filter(memberships__in=ids).values_list("pk", flat=True)
    )
    return {
        row.pk: NoticeTarget(row.alliance.code_name, row.alliance.get_absolute_url())
        if row.alliance_id in visible
        else NoticeTarget(str(_("a team")), reverse("alliances:index"))
        for row in found
    }


def register() -> None:
    """Called once when the app is ready."""
    groups.register(GROUP.key, GROUP)
    for verb in VERBS:
        verbs.register(verb.key, verb)
    target_kinds.register(MEMBERSHIP_TARGET, TargetKind(MEMBERSHIP_TARGET, memberships))
    facts.subscribe(facts.MembershipAsked, tell_who_decides)
    facts.subscribe(facts.MembershipDecided, tell_who_asked)
    facts.subscribe(facts.PersonLeft, leave_teams)
