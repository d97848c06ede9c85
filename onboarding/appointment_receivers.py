"""Appointments that follow from elsewhere: a team, a sign-in, an invitation; and their end when somebody leaves.

A place in a team appoints who is new to the work only: with years in the role nobody is led through their first days.
"""

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from alliances.api import alliances_of
from core import facts
from onboarding.choices import Source
from onboarding.models import Invitation, RoleAppointment
from onboarding.models.appointments import ROLE
from onboarding.services.appoint import Told, appoint
from onboarding.services.decide_appointment import end_all_of
from people.api import zone_of
from people.models import User

NEW_FOR = timedelta(days=90)
CLAIMS = ("roles", "groups")


def assigned(fact: facts.PersonAssigned) -> None:
    """A confirmed place as manager of an alliance."""
    person = User.objects.present().select_related("profile__manager").filter(pk=fact.person_id).first()
    if person is None:
        return
    today, since = _today(person), person.profile.in_role_since
    if since is not None and since < today - NEW_FOR:
        return
    appoint(person=person, told=Told(source=Source.ALLIANCE, effective=since or today))


def unassigned(fact: facts.PersonUnassigned) -> None:
    """The last alliance of somebody whom nothing but a team had appointed."""
    rows = RoleAppointment.objects.open().filter(person=fact.person_id, role=ROLE)
    appointment = rows.first()
    if appointment is None or set(appointment.sources) != {Source.ALLIANCE.value}:
        return
    if not alliances_of(fact.person_id):
        end_all_of(person_id=fact.person_id)


def left(fact: facts.PersonLeft) -> None:
    """Whoever leaves the company leaves the path and what belongs to it."""
    end_all_of(person_id=fact.person_id)


def signed_in(sender: object, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Takes up an invitation, and hears the role that the company's sign-in names: the first time, never again."""
    with transaction.atomic():
        take_invitation(user)
        if has_claim(user) and not RoleAppointment.objects.filter(person=user).exists():
            appoint(person=user, told=Told(source=Source.SSO, effective=_today(user)))


def take_invitation(person: User) -> bool:
    """Whether personnel had invited the person. Each invitation is taken once."""
    waiting = Invitation.objects.select_for_update().filter(taken=None)
    found = waiting.filter(email__iexact=person.email).first()
    if found is None and person.external_id:
        found = waiting.filter(external_id=person.external_id).first()
    if found is None:
        return False
    found.taken = timezone.now()
    found.save(update_fields=["taken"])
    told = Told(source=Source.HR_CSV, effective=found.effective, external_ref=found.external_id)
    appoint(person=person, told=told)
    return True


def has_claim(person: User) -> bool:
    """Whether the sign-in, or else a group of that name, says that the person is an alliance manager."""
    claim = settings.ONBOARDING_ROLE_CLAIM
    if not claim:
        return False
    return person.groups.filter(name=claim).exists() or any(
        claim in _values(extra) for extra in _extra_data(person)
    )


def _extra_data(person: User) -> list[dict[str, Any]]:
    """What the company's sign-in told of the person; nothing where accounts are the portal's own."""
    if not apps.is_installed("allauth.socialaccount"):
        return []
    accounts = apps.get_model("socialaccount", "SocialAccount")._default_manager
    return list(accounts.filter(user=person).values_list("extra_data", flat=True))


def _values(extra: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    for source in (extra, extra.get("userinfo") or {}, extra.get("id_token") or {}):
        for name in CLAIMS:
            said = source.get(name) or ()
            found |= {said} if isinstance(said, str) else {str(value) for value in said}
    return found


def _today(person: User) -> date:
    return timezone.now().astimezone(zone_of(person)).date()


def connect() -> None:
    """Starts listening; called once when the app is ready."""
    facts.subscribe(facts.PersonAssigned, assigned)
    facts.subscribe(facts.PersonUnassigned, unassigned)
    facts.subscribe(facts.PersonLeft, left)
    user_logged_in.connect(signed_in, dispatch_uid="onboarding.signed_in")
