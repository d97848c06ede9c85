"""Wishes: ranked by a mentee, read by the coordinator of a round, told to nobody else; what is private shows through nowhere."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from mentoring.choices import Objective, ProgrammeState
from mentoring.models import Exclusion, MentorProfile, Programme, Wish
from mentoring.services.answer_request import accept_request
from mentoring.services.keep_wishes import keep_wishes
from mentoring.services.programmes import onboarding_programme
from mentoring.services.send_request import send_request
from notifications.models import Notice
from people.models import User
from tests.mentoring.market import make_mentee, make_mentor
from tests.mentoring.test_rounds import facilitator_of, pairs_of, solved
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
NOISE = re.compile(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"')


@pytest.fixture
def programme() -> Programme:
    return onboarding_programme()


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def ranked(mentee: User) -> list[tuple[int, int]]:
    return list(Wish.objects.filter(mentee=mentee).order_by("rank").values_list("rank", "mentor"))


def test_up_to_three_are_ranked_and_ranked_anew(programme: Programme) -> None:
    mentee, mentors = make_mentee(), [make_mentor(f"Mentor Number{number}").pk for number in range(3)]
    url = reverse("mentoring:wishes", args=[programme.pk])
    client = browser(mentee)
    client.post(url, {"first": mentors[0], "second": "", "third": mentors[1]})
    assert ranked(mentee) == [(1, mentors[0]), (2, mentors[1])]
    assert not keep_wishes(mentee=mentee, programme_id=programme.pk, mentor_ids=mentors[:2])
    assert keep_wishes(mentee=mentee, programme_id=programme.pk, mentor_ids=mentors[::-1])
    assert ranked(mentee) == [(1, mentors[2]), (2, mentors[1]), (3, mentors[0])]
    assert f'value="{mentors[2]}" selected' in client.get(url).text
    entry = AuditEntry.objects.filter(action="mentoring.wish").latest("pk")
    assert entry.changes == {"wishes": None}
    assert not Notice.objects.exists()


def test_whoever_wishes_looks_for_a_mentor(programme: Programme) -> None:
    person, mentor = UserFactory(profile={"languages": ["en"]}), make_mentor()
    page = browser(person).get(reverse("mentoring:wishes", args=[programme.pk])).text.split("<main")[1]
    assert "Ranking somebody says that you look for a mentor" in page
    assert f'href="{reverse("mentoring:profile")}"' in page
    assert keep_wishes(mentee=person, programme_id=programme.pk, mentor_ids=[mentor.pk])
    assert MentorProfile.objects.get(person=person).is_mentee
    assert keep_wishes(mentee=person, programme_id=programme.pk, mentor_ids=[])
    assert MentorProfile.objects.get(person=person).is_mentee


def test_what_cannot_be_wished_is_refused_and_nothing_typed_is_lost(programme: Programme) -> None:
    mentee, mentor = make_mentee(), make_mentor()
    stranger = make_mentee("Yuki Ono")
    for ids in ([mentor.pk, mentor.pk], [stranger.pk], [mentee.pk], [0]):
        with pytest.raises(ValidationError):
            keep_wishes(mentee=mentee, programme_id=programme.pk, mentor_ids=ids)
    typed = {"first": mentor.pk, "second": mentor.pk}
    page = browser(mentee).post(reverse("mentoring:wishes", args=[programme.pk]), typed)
    assert page.status_code == 422
    assert "three different mentors" in page.text
    assert page.text.count(f'value="{mentor.pk}" selected') == 2
    assert not Wish.objects.exists()


def test_a_programme_that_is_closed_or_for_others_has_no_page(programme: Programme) -> None:
    mentee, mentor = make_mentee(), make_mentor()
    url = reverse("mentoring:wishes", args=[programme.pk])
    assert browser(mentee).get(url).status_code == 200
    for change in ({"audience": "practitioners"}, {"audience": "community", "state": ProgrammeState.CLOSED}):
        Programme.objects.update(**change)
        assert browser(mentee).get(url).status_code == browser(mentee).post(url).status_code == 404
        with pytest.raises(Programme.DoesNotExist):
            keep_wishes(mentee=mentee, programme_id=programme.pk, mentor_ids=[mentor.pk])


def test_with_a_mentor_there_is_nothing_to_wish(programme: Programme) -> None:
    mentee, mentor = make_mentee(), make_mentor(capacity=2)
    asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="")
    accept_request(mentor=mentor, request_id=asked.pk)
    assert "You have a mentor" in browser(mentee).get(reverse("mentoring:wishes", args=[programme.pk])).text
    with pytest.raises(ValidationError):
        keep_wishes(mentee=mentee, programme_id=programme.pk, mentor_ids=[mentor.pk])


def test_an_excluded_mentor_is_wished_like_any_other(programme: Programme) -> None:
    mentee, mentor = make_mentee(), make_mentor()
    url = reverse("mentoring:wishes", args=[programme.pk])

    def seen() -> list[str]:
        client = browser(mentee)
        before = client.get(url).text
        after = client.post(url, {"first": mentor.pk}, follow=True).text
        Wish.objects.all().delete()
        return [NOISE.sub("", page) for page in (before, after)]

    plain = seen()
    Exclusion.objects.create(owner=mentor, other=mentee, created=timezone.now())
    assert seen() == plain
    assert "Your wishes are kept." in plain[1]


def test_a_wish_is_read_by_its_mentee_and_by_the_coordinator_of_a_round(programme: Programme) -> None:
    facilitator, mentee = facilitator_of(), make_mentee()
    low, high = make_mentor("Amara Osei", offers=["H3"]), make_mentor("Lena Vogt", offers=["H3", "H2"])
    assert pairs_of(solved(facilitator)) == [(mentee.pk, high.pk)]
    keep_wishes(mentee=mentee, programme_id=programme.pk, mentor_ids=[low.pk])
    run = solved(facilitator, objective=Objective.MOST)
    assert pairs_of(run) == [(mentee.pk, low.pk)]
    assert "first wish" in browser(facilitator).get(run.get_absolute_url()).text
    for mentor in (low, high):
        client = browser(mentor)
        for name in ("mentoring:home", "mentoring:profile", "mentoring:choose", "notices:list"):
            page = client.get(reverse(name)).text.split("<main")[1]
            assert mentee.name not in page
        own = client.get(reverse("mentoring:wishes", args=[programme.pk])).text.split("<main")[1]
        assert not re.search(r'value="[0-9]+" selected', own)
        assert client.get(run.get_absolute_url()).status_code == 404
