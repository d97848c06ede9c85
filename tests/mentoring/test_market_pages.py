"""The pages of profiles, proposals and requests: what they show, to whom, and in how many queries."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.choices import RequestState
from mentoring.models import Candidate, Exclusion, MatchRequest, MentorProfile
from mentoring.proposals import propose
from mentoring.services.answer_request import decline_request
from mentoring.services.send_request import send_request
from mentoring.snapshots import unseal
from people.models import User
from people.roles import Role
from tests.mentoring.market import make_mentee, make_mentor
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def browser(person: User) -> Client:
    """Signed in."""
    client = Client()
    client.force_login(person)
    return client


def test_the_points_of_each_card_add_up_to_its_total() -> None:
    mentee = make_mentee()
    for number in range(5):
        make_mentor(f"Mentor Number{number}", offers=["H3", "H1"][: number % 2 + 1])
    cards = propose(mentee).cards
    assert len(cards) == 3
    for card in cards:
        assert sum(part.points for part in card.parts) == card.score
        assert all(0 <= part.points <= part.most for part in card.parts)
    assert sum(part.most for part in cards[0].parts) == 1000


def test_looking_stores_nothing_and_asking_stores_what_the_card_showed() -> None:
    mentee, mentor = make_mentee(), make_mentor(offers=["H3"])
    client = browser(mentee)
    assert client.get(reverse("mentoring:choose")).status_code == 200
    (card,) = propose(mentee).cards
    url = reverse("mentoring:ask", args=[card.seal])
    assert client.get(url).status_code == 200
    assert not Candidate.objects.exists()
    MentorProfile.objects.filter(person=mentor).update(offers=["H2"])
    client.post(url, {"message": "My first committee."})
    stored = MatchRequest.objects.get().candidate
    assert stored is not None
    assert (stored.score, stored.breakdown) == (card.score, {one.code: one.points for one in card.parts})
    assert sum(stored.breakdown.values()) == stored.score


def test_a_seal_is_its_mentees_and_cannot_be_changed() -> None:
    mentee, mentor = make_mentee(), make_mentor()
    sealed = propose(mentee).cards[0].seal
    assert sealed == propose(mentee).cards[0].seal
    assert unseal(sealed, mentor.pk) is None
    assert unseal("A" + sealed[1:], mentee.pk) is None
    assert browser(mentee).get(reverse("mentoring:why", args=["x" + sealed])).status_code == 404


def test_who_is_asked_without_a_card_is_counted_when_asked() -> None:
    mentee, mentor, other = make_mentee(), make_mentor(), make_mentor("Mei Tanaka")
    first = send_request(mentee=mentee, mentor_id=mentor.pk, message="", choices=[other.pk])
    following = decline_request(mentor=mentor, request_id=first.pk, reason="no_time")
    assert following is not None
    for asked in (first, following):
        assert asked.candidate is not None
        assert asked.candidate.score == sum(asked.candidate.breakdown.values()) > 0


def test_more_mentors_cost_no_more_queries(django_assert_max_num_queries: Callable[[int], Any]) -> None:
    mentee = make_mentee()
    for _number in range(3):
        make_mentor()
    propose(mentee)
    for _number in range(9):
        make_mentor(capacity=0)
    with django_assert_max_num_queries(16):
        propose(mentee)


def test_fewer_than_three_are_explained_in_counts() -> None:
    mentee, _open = make_mentee(), make_mentor()
    make_mentor(capacity=0)
    make_mentor(profile={"languages": ["ja"]})
    make_mentor(profile={"languages": ["en"], "time_zone": "Asia/Tokyo"})
    proposals = propose(mentee)
    assert len(proposals.cards) == 1
    assert [count for _words, count in proposals.reasons] == [1, 1, 1]
    page = browser(mentee).get(reverse("mentoring:choose"))
    assert "1 mentor who fits" in page.text
    assert "no working language in common" in page.text


def test_a_card_is_explained_to_its_mentee_alone() -> None:
    mentee = make_mentee()
    make_mentor()
    (card,) = propose(mentee).cards
    assert str(card.score) in browser(mentee).get(reverse("mentoring:why", args=[card.seal])).text
    for name in ("why", "ask"):
        url = reverse(f"mentoring:{name}", args=[card.seal])
        assert browser(make_mentee()).get(url).status_code == 404


def test_asking_from_a_card_sends_the_next_choices_along() -> None:
    mentee = make_mentee()
    for number in range(3):
        make_mentor(f"Mentor Number{number}")
    first, second, third = propose(mentee).cards
    url = reverse("mentoring:ask", args=[first.seal])
    typed = {"message": "My first committee.", "second": second.mentor.pk, "third": third.mentor.pk}
    response = browser(mentee).post(url, typed)
    asked = MatchRequest.objects.get()
    assert response["Location"] == asked.get_absolute_url()
    assert (asked.mentor, asked.choices) == (first.mentor, [second.mentor.pk, third.mentor.pk])
    assert asked.candidate is not None
    assert asked.candidate.score == first.score


def test_pick_for_me_asks_the_first_of_three() -> None:
    mentee = make_mentee()
    for _number in range(3):
        make_mentor()
    ids = [card.mentor.pk for card in propose(mentee).cards]
    page = browser(mentee).get(reverse("mentoring:choose")).text
    sealed = re.findall(r'name="card" value="([^"]+)"', page)
    browser(mentee).post(reverse("mentoring:pick"), {"card": sealed})
    asked = MatchRequest.objects.get()
    assert [asked.mentor_id, *asked.choices] == ids


def test_two_tabs_accept_once() -> None:
    mentee, mentor = make_mentee(), make_mentor()
    asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="")
    client, url = browser(mentor), reverse("mentoring:accept", args=[asked.pk])
    assert client.post(url).status_code == 302
    again = client.post(url, follow=True)
    assert "answered a moment ago" in again.text


def test_a_no_reaches_the_mentee_as_a_kind_sentence_and_the_coordinator_as_a_code() -> None:
    mentee, mentor = make_mentee(), make_mentor()
    asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="")
    browser(mentor).post(reverse("mentoring:decline", args=[asked.pk]), {"reason": "too_close"})
    seen = browser(mentee).get(asked.get_absolute_url()).text
    assert "cannot take anyone at present" in seen
    assert "too closely" not in seen
    coordinator = UserFactory(roles=(Role.MEMBER, Role.FACILITATOR))
    search = reverse("mentoring:search", args=[asked.pk])
    assert "We work too closely together" in browser(coordinator).get(search).text
    for other in (mentee, mentor, make_mentor()):
        assert browser(other).get(search).status_code == 404


def test_a_no_without_a_reason_loses_nothing() -> None:
    asked = send_request(mentee=make_mentee(), mentor_id=make_mentor().pk, message="")
    response = browser(asked.mentor).post(reverse("mentoring:decline", args=[asked.pk]), {"stop": "on"})
    assert response.status_code == 422
    assert "Only the coordinator reads it" in response.text
    asked.refresh_from_db()
    assert asked.state == RequestState.SENT


def test_a_profile_is_kept_with_its_order() -> None:
    person = UserFactory()
    client, url = browser(person), reverse("mentoring:profile")
    from core.models import Term

    for code in ("H3", "H2"):
        Term.objects.create(vocabulary="habit", code=code, label=code)
    typed = {
        "is_mentee": "on",
        "want_1": "H3",
        "want_2": "H2",
        "capacity": "2",
        "advice": "4",
        "structure": "3",
        "cadence": "5",
    }
    assert client.post(url, typed).status_code == 302
    profile = MentorProfile.objects.get(person=person)
    assert (profile.wants, profile.capacity, profile.takes_requests) == (["H3", "H2"], 2, True)
    assert client.post(url, {**typed, "want_2": "H3"}).status_code == 422


def test_without_the_short_training_nobody_is_a_mentor_in_the_directory() -> None:
    mentor = make_mentor(trained_on=None)
    assert User.objects.get(pk=mentor.pk).profile.mentor_status == ""
    client = browser(mentor)
    client.post(reverse("mentoring:training"), {"read": "yes"})
    assert User.objects.get(pk=mentor.pk).profile.mentor_status == "open"


def test_a_persons_page_says_the_one_word_and_how_to_ask() -> None:
    mentee, mentor = make_mentee(), make_mentor()
    page, ask = (
        browser(mentee).get(mentor.get_absolute_url()).text,
        reverse("mentoring:ask_person", args=[mentor.pk]),
    )
    assert "Has a free place" in page
    assert ask in page
    own = browser(mentor).get(mentor.get_absolute_url()).text
    assert "Has a free place" in own
    assert ask not in own
    assert "Mentors colleagues" not in browser(mentor).get(mentee.get_absolute_url()).text


def test_an_account_without_a_profile_finds_nobody_and_breaks_nothing() -> None:
    bare = User.objects.create_user("operator@example.com", "correct horse battery staple", name="Op")
    mentor = make_mentor()
    client = browser(bare)
    assert "Nobody fits today" in client.get(reverse("mentoring:choose")).text
    asked = client.post(reverse("mentoring:ask_person", args=[mentor.pk]), {"message": "Please."})
    assert asked.status_code == 422


def test_an_exclusion_is_seen_and_undone_by_who_made_it_alone() -> None:
    owner, other = make_mentor(), make_mentee()
    client = browser(owner)
    client.post(reverse("mentoring:exclusions"), {"email": other.email})
    row = Exclusion.objects.get()
    assert other.name in client.get(reverse("mentoring:exclusions")).text
    assert owner.name not in browser(other).get(reverse("mentoring:exclusions")).text.split("<main")[1]
    drop = reverse("mentoring:drop_exclusion", args=[row.pk])
    facilitator = UserFactory(roles=(Role.MEMBER, Role.FACILITATOR))
    for stranger in (other, facilitator):
        assert browser(stranger).post(drop).status_code == 404
    assert client.post(drop).status_code == 302
    assert not Exclusion.objects.exists()


def test_walls_are_for_facilitators() -> None:
    assert browser(make_mentor()).get(reverse("mentoring:walls")).status_code == 404
    facilitator = UserFactory(roles=(Role.MEMBER, Role.FACILITATOR))
    assert browser(facilitator).get(reverse("mentoring:walls")).status_code == 200
