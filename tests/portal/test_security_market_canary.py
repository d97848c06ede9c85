"""The canary of requests and walls: a message reaches the two it is for, the reason of a wall facilitators alone.

An exclusion has no words; that it shows nowhere is held by tests/mentoring/test_secrets.py.
"""

import pytest
from django.utils import timezone

from mentoring.models import Exclusion, MatchRequest, Wall
from people.roles import Role
from tests.portal.planting import word
from tests.portal.world import World, found_world, object_addresses, pattern_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.world("small")]
READERS = {"message": {"steward", "contributor"}, "wall": {"facilitator"}}


@pytest.fixture
def world() -> World:
    """The small portal."""
    return found_world()


@pytest.fixture
def words() -> dict[str, str]:
    """A word in the message of the one request and in the reason of the one wall."""
    made = {name: word(f"market.{name}") for name in READERS}
    MatchRequest.objects.update(message=made["message"])
    Wall.objects.update(reason=made["wall"])
    return made


def addresses(world: World) -> list[str]:
    """Everything outside the admin."""
    known = {*pattern_addresses(world.samples).values(), *object_addresses()}
    return sorted(one for one in known if not one.startswith("/admin/"))


def test_each_word_reaches_whom_it_is_for_and_nobody_else(world: World, words: dict[str, str]) -> None:
    urls = [*addresses(world), *(f"/search/?q={secret}" for secret in words.values())]
    for role in ("stranger", *(role.value for role in Role)):
        client = world.client(role)
        found: dict[str, set[str]] = {}
        for url in urls:
            text = client.get(url).content.decode(errors="ignore")
            for name, secret in words.items():
                if secret in text and secret != url.partition("?q=")[2]:
                    found.setdefault(name, set()).add(url)
        assert set(found) == {name for name, readers in READERS.items() if role in readers}, (role, found)


@pytest.mark.thorough
def test_no_page_of_the_admin_knows_of_walls_or_exclusions(world: World, words: dict[str, str]) -> None:
    people = world.people
    Exclusion.objects.create(owner=people["member"], other=people["steward"], created=timezone.now())
    inside = sorted(url for url in pattern_addresses(world.samples).values() if url.startswith("/admin/"))
    for role in ("administrator", "facilitator"):
        client = world.client(role)
        for url in inside:
            text = client.get(url).content.decode(errors="ignore")
            assert not any(secret in text for secret in words.values()), url
            assert "exclusion" not in text.lower(), url
