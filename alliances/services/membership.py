"""From asking to be in a team to leaving it. Asking opens nothing; confirming does, at once, and ending closes at once.

The person's token lives on the user (`people.api.set_alliances`) and is written here in the same transaction.
"""

from django.db import transaction
from django.utils import timezone

from alliances.choices import Duty, MembershipState
from alliances.models import Alliance, Membership
from core.facts import MembershipAsked, MembershipDecided, PersonAssigned, PersonUnassigned, publish
from core.services.record import record
from people.api import set_alliances
from people.models import User


@transaction.atomic
def ask_membership(*, person: User, code_name: str, duty: Duty, asked_by: User | None = None) -> bool:
    """Asks for a place in the team of the alliance that somebody typed. Says nothing about whether there is one.

    Returns whether a question is new; callers that answer a member must not let that show.
    """
    alliance = Alliance.objects.filter(code_name__iexact=" ".join(code_name.split())).first()
    if alliance is None:
        return False
    rows = Membership.objects.open()
    membership, is_new = rows.get_or_create(
        alliance=alliance,
        person=person,
        defaults={"duty": duty, "asked_by": asked_by or person, "asked": timezone.now()},
    )
    if is_new:
        record(actor=asked_by or person, action="alliance.ask", target=membership)
        publish(MembershipAsked(membership_id=membership.pk))
    return is_new


@transaction.atomic
def add_member(*, alliance: Alliance, person: User, duty: Duty, actor: User | None) -> Membership:
    """Puts somebody into a team, as who may change the team does; what they asked themselves is confirmed by it."""
    membership, _is_new = Membership.objects.open().get_or_create(
        alliance=alliance,
        person=person,
        defaults={"duty": duty, "asked_by": actor, "asked": timezone.now()},
    )
    if membership.duty != duty and membership.state == MembershipState.ASKED:
        membership.duty = duty
        membership.save(update_fields=["duty"])
    confirm_membership(membership_id=membership.pk, actor=actor)
    return Membership.objects.get(pk=membership.pk)


@transaction.atomic
def confirm_membership(*, membership_id: int, actor: User | None) -> bool:
    """Whether it counts from now; False where it was decided before."""
    membership = _decide(membership_id, MembershipState.ASKED, MembershipState.CONFIRMED, actor)
    if membership is None:
        return False
    _keep_tokens(membership.person_id)
    if membership.duty == Duty.MANAGER:
        publish(PersonAssigned(alliance_id=membership.alliance_id, person_id=membership.person_id))
    return True


@transaction.atomic
def reject_membership(*, membership_id: int, actor: User) -> bool:
    """Whether it was turned down now."""
    return _decide(membership_id, MembershipState.ASKED, MembershipState.REJECTED, actor) is not None


@transaction.atomic
def end_membership(*, membership_id: int, actor: User | None) -> bool:
    """Whether it ended now. What is shared with the team is closed to the person with this transaction."""
    membership = _decide(membership_id, MembershipState.CONFIRMED, MembershipState.ENDED, actor)
    if membership is None:
        return False
    _keep_tokens(membership.person_id)
    if membership.duty == Duty.MANAGER:
        publish(PersonUnassigned(alliance_id=membership.alliance_id, person_id=membership.person_id))
    return True


def end_all_of(*, person_id: int) -> int:
    """Ends every membership of somebody who left; returns how many."""
    rows = Membership.objects.confirmed().filter(person=person_id).values_list("pk", flat=True)
    return sum(end_membership(membership_id=pk, actor=None) for pk in list(rows))


def _decide(
    membership_id: int, before: MembershipState, after: MembershipState, actor: User | None
) -> Membership | None:
    """The membership in its new state; None where it is not in the state it must come from."""
    membership = Membership.objects.select_for_update().filter(pk=membership_id, state=before).first()
    if membership is None:
        return None
    now = timezone.now()
    membership.state, membership.decided_by = after, actor
    membership.decided = membership.decided or now
    membership.ended = now if after == MembershipState.ENDED else None
    membership.save(update_fields=["state", "decided_by", "decided", "ended"])
    changes = {"state": (before.value, after.value)}
    record(actor=actor, action=f"alliance.{after.value}", target=membership, changes=changes)
    publish(MembershipDecided(membership_id=membership.pk, status=after.value))
    return membership


def _keep_tokens(person_id: int) -> None:
    held = Membership.objects.confirmed().filter(person=person_id).values_list("alliance_id", flat=True)
    set_alliances(person_id=person_id, alliance_ids=held)
