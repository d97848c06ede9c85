"""From a look back on a mentorship to a lesson: a draft of who wrote it, which names neither the pair nor its origin."""

import pytest
from django.test import Client
from django.urls import reverse

from composer.api import drafts_of, read_draft
from mentoring.models import Mentorship
from mentoring.services.close_pair import close_pair
from people.models import User
from tests.mentoring.pair_factories import PairFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Mentorship:
    return PairFactory()


def look_back(pair: Mentorship, person: User, note: str) -> None:
    close_pair(actor=person, mentorship_id=pair.pk, outcomes={}, value=5, recommends=True, note=note)


def press(person: User, pair: Mentorship) -> str:
    """Where the button leads; empty where there is none."""
    client = Client()
    client.force_login(person)
    answer = client.post(reverse("mentorship_to_lesson", args=[pair.pk]))
    return answer["Location"] if answer.status_code == 302 else ""


def test_a_draft_begins_with_what_its_writer_wrote(pair: Mentorship) -> None:
    look_back(pair, pair.mentee, "Ask before the budget calendar closes.")
    address = press(pair.mentee, pair)
    assert address.startswith(reverse("lessons:new"))
    (draft,) = drafts_of(pair.mentee)
    fields = read_draft(owner=pair.mentee, key=draft.key).fields
    assert fields["happened"] == "Ask before the budget calendar closes."
    assert fields["title"] == "What I would tell the next newcomer"
    assert str(fields).count("Amara") == 0
    assert "grew_from" not in fields


def test_nobody_makes_a_lesson_of_anothers_words(pair: Mentorship) -> None:
    look_back(pair, pair.mentee, "Ask early.")
    people = (pair.mentor, UserFactory(), UserFactory(roles=("member", "facilitator")))
    assert [press(person, pair) for person in people] == ["", "", ""]
    assert drafts_of(pair.mentor) == []


def test_the_button_stands_under_ones_own_look_back_alone(pair: Mentorship) -> None:
    look_back(pair, pair.mentee, "Ask early.")
    pages = {}
    for person in (pair.mentee, pair.mentor):
        client = Client()
        client.force_login(person)
        pages[person.pk] = client.get(pair.get_absolute_url()).content.decode()
    assert "Make it a lesson" in pages[pair.mentee.pk]
    assert "Make it a lesson" not in pages[pair.mentor.pk]
    assert "Ask early." in pages[pair.mentor.pk]
