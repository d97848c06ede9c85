"""The canary of day 30: what a manager says of the start of one of theirs reaches coordinators, and nobody else anywhere.

Every role walks every address, the admin, too. The person it is about is among them, and so is the manager who said it.
"""

import pytest
from django.utils import timezone

from core.models import AuditEntry
from onboarding.choices import Source
from onboarding.models import Journey, ManagerPulse
from onboarding.services.answer_manager_pulse import answer_manager_pulse
from onboarding.services.appoint import Told, appoint
from people.models import Profile
from people.roles import Role
from tests.portal.planting import word
from tests.portal.world import World, found_world, object_addresses, pattern_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.world("small")]
NEWCOMER, MANAGER, COORDINATOR = "member", "contributor", "facilitator"
PAGE = "/onboarding/facilitate/pulses/"


@pytest.fixture
def world() -> World:
    """The small portal."""
    return found_world()


@pytest.fixture
def secret(world: World) -> str:
    """A word in the answer of a manager about the member, who is on the path."""
    newcomer, manager = world.people[NEWCOMER], world.people[MANAGER]
    Profile.objects.filter(user=newcomer).update(manager=manager)
    appoint(person=newcomer, told=Told(source=Source.NOMINATED, effective=timezone.localdate(), by=manager))
    journey = Journey.objects.get(person=newcomer)
    ManagerPulse.objects.create(journey=journey, manager=manager, asked=timezone.now())
    made = word("manager_pulse")
    assert answer_manager_pulse(
        manager=manager, person_id=newcomer.pk, has_time="no", is_clear="yes", steps_in=made
    )
    return made


def meets(world: World, role: str, urls: list[str], secret: str) -> set[str]:
    """The addresses at which a role reads the word."""
    client = world.client(role)
    return {url for url in urls if secret in client.get(url).content.decode(errors="ignore")}


def test_the_answer_reaches_coordinators_on_one_page_and_nobody_else(world: World, secret: str) -> None:
    known = sorted({*pattern_addresses(world.samples).values(), *object_addresses()})
    urls = [url for url in known if not url.startswith("/admin/")]
    assert PAGE in urls
    for role in ("stranger", *(role.value for role in Role)):
        assert meets(world, role, urls, secret) == ({PAGE} if role == COORDINATOR else set()), role
    assert not AuditEntry.objects.filter(changes__icontains=secret).exists()


@pytest.mark.thorough
def test_no_page_of_the_admin_shows_it(world: World, secret: str) -> None:
    urls = sorted(url for url in pattern_addresses(world.samples).values() if url.startswith("/admin/"))
    assert len(urls) > 300
    for role in ("administrator", COORDINATOR):
        assert meets(world, role, urls, secret) == set(), role
