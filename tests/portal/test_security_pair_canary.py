"""The canary of a pair: words planted in all that two people write reach nobody but whom the page promises.

One stands in each private text; every role walks every address and searches for each of them. The two read what is
for both, an own note is its author's, a comment of a pulse the coordinator's. No admin page shows any of it.
"""

import pytest

from mentoring.models import Mentorship, Pulse, Session
from mentoring.services.hold_talk import keep_agenda
from mentoring.services.keep_agreement import agreement_of, change_agreement
from mentoring.services.set_goals import GoalText, set_goals
from mentoring.services.write_note import write_note
from people.roles import Role
from tests.portal.planting import word
from tests.portal.world import World, found_world, object_addresses, pattern_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.world("small")]
BOTH = {"member", "contributor"}
READERS = {
    "note of the mentee": {"member"},
    "note of the mentor": {"contributor"},
    "note for both": BOTH,
    "goal": BOTH,
    "sign of success": BOTH,
    "agenda": BOTH,
    "agreement": BOTH,
    "pulse": {"facilitator"},
}


@pytest.fixture
def world() -> World:
    """The small portal."""
    return found_world()


@pytest.fixture
def words(world: World) -> dict[str, str]:
    """A word in every text of the one pair; written through its services, so that audit and facts hear of it."""
    made = {name: word(f"pair.{name}") for name in READERS}
    pair = Mentorship.objects.get()
    mentee, mentor = world.people["member"], world.people["contributor"]
    both = {"mentorship_id": pair.pk}
    write_note(actor=mentee, body=made["note of the mentee"], visibility="me", **both)
    write_note(actor=mentor, body=made["note of the mentor"], visibility="me", **both)
    write_note(actor=mentee, body=made["note for both"], visibility="pair", **both)
    set_goals(actor=mentee, goals=[GoalText(made["goal"], made["sign of success"], 10)], **both)
    talk = Session.objects.get()
    keep_agenda(actor=mentee, session_id=talk.pk, done=set(), added=[made["agenda"]])
    read = agreement_of(pair)
    words = f"We agree on {made['agreement']}."
    change_agreement(actor=mentee, text=words, seen=read.version, digest=read.digest, **both)
    Pulse.objects.update(comment=made["pulse"])
    return made


def addresses(world: World, words: dict[str, str]) -> list[str]:
    """Everything outside the admin, and a search for each word."""
    known = {*pattern_addresses(world.samples).values(), *object_addresses()}
    return sorted(one for one in known if not one.startswith("/admin/")) + [
        f"/search/?q={secret}" for secret in words.values()
    ]


def shown(world: World, role: str, urls: list[str], words: dict[str, str]) -> dict[str, set[str]]:
    """The names of the words that a role meets, with the addresses; what was asked for is no answer."""
    client = world.client(role)
    found: dict[str, set[str]] = {}
    for url in urls:
        asked = url.partition("?q=")[2]
        text = client.get(url).content.decode(errors="ignore")
        for name, secret in words.items():
            if secret in text and secret != asked:
                found.setdefault(name, set()).add(url)
    return found


def test_each_word_reaches_whom_it_is_for_and_nobody_else(world: World, words: dict[str, str]) -> None:
    urls = addresses(world, words)
    for role in ("stranger", *(role.value for role in Role)):
        expected = {name for name, readers in READERS.items() if role in readers}
        found = shown(world, role, urls, words)
        assert set(found) == expected, (role, found)
        assert all(url.startswith("/mentoring/") for urls in found.values() for url in urls)


def test_a_search_finds_none_of_it_not_even_for_its_author(world: World, words: dict[str, str]) -> None:
    for role in ("member", "contributor", "facilitator"):
        client = world.client(role)
        for secret in words.values():
            text = client.get(f"/search/?q={secret}").content.decode()
            assert "/mentoring/pair/" not in text.split("<main", 1)[1]


@pytest.mark.thorough
def test_no_page_of_the_admin_shows_any_of_it(world: World, words: dict[str, str]) -> None:
    known = {*pattern_addresses(world.samples).values()}
    inside = sorted(url for url in known if url.startswith("/admin/"))
    assert len(inside) > 300
    for role in ("administrator", "facilitator"):
        assert shown(world, role, inside, words) == {}, role
