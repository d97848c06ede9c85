"""The canary of alliances: words planted in the record of one are seen by its team and by facilitators, and by nobody else.

Every other role walks every address and searches for each of them, also whoever has asked for a place in the team.
"""

import pytest

from alliances.models import Alliance
from alliances.services.save_alliance import change_alliance
from tests.portal.planting import Planted, word
from tests.portal.test_security_canary import leaked, searches
from tests.portal.world import World, found_world, object_addresses, pattern_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.thorough, pytest.mark.world("small")]
OUTSIDERS = ("contributor", "steward", "administrator", "stranger")
TEXTS = ("code_name", "counterpart_role", "north_star", "note")


@pytest.fixture
def world() -> World:
    """The small portal, whose member manages the alliance and whose contributor has asked for a place."""
    return found_world()


@pytest.fixture
def planted(world: World) -> Planted:
    """A word in every text of the record."""
    alliance = Alliance.objects.get(code_name="Curlew")
    words = {name: word(f"alliance.{name}") for name in TEXTS}
    change_alliance(alliance_id=alliance.pk, actor=world.people["facilitator"], values=words)
    alliance.refresh_from_db()
    return Planted("alliance", alliance, words, {}, alliance.get_absolute_url())


def test_the_team_and_facilitators_read_every_word(world: World, planted: Planted) -> None:
    for role in ("member", "facilitator"):
        page = world.client(role).get(planted.address).content.decode()
        assert all(value in page for value in planted.words.values())
    hits = world.client("member").get(f"/search/?q={planted.words['note']}").content.decode()
    assert planted.address in hits


def test_nobody_outside_sees_a_word(world: World, planted: Planted) -> None:
    pages = sorted({*pattern_addresses(world.samples).values(), *object_addresses()})
    readable = [page for page in pages if not page.startswith("/admin/")]
    for role in OUTSIDERS:
        client = world.client(role)
        assert leaked(client, [*readable, *searches(planted)], planted) == {}, role
        assert client.get(planted.address).status_code in (302, 404)
