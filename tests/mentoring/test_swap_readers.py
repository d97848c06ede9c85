"""Whom a swap offers depends on who looks: who began to mentor after a colleague's draft learns nothing of herself there."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.models import Candidate, Exclusion, MatchRun, MentorProfile, Wish
from mentoring.reading.swaps import choices_of, swaps_of
from mentoring.services.swap_pair import swap_pair
from people.models import User
from people.roles import Role
from tests.mentoring.market import make_mentee, make_mentor
from tests.mentoring.test_rounds import facilitator_of, solved
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
NOISE = re.compile(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"')


@pytest.fixture
def mentee() -> User:
    return make_mentee()


@pytest.fixture
def reader(mentee: User) -> User:
    """A facilitator; two others mentor."""
    make_mentor("Lena Vogt")
    make_mentor("Tomas Lindqvist", offers=["H3"])
    person: User = UserFactory(
        name="Amara Osei", roles=[Role.MEMBER, Role.FACILITATOR], profile={"languages": ["en"]}
    )
    return person


@pytest.fixture
def run(reader: User) -> MatchRun:
    """The draft of a colleague, after which the reader began to mentor."""
    draft = solved(facilitator_of())
    MentorProfile.objects.create(person=reader, is_mentor=True, capacity=1, trained_on=date(2026, 1, 1))
    return draft


def page_of(reader: User, run: MatchRun, mentee: User) -> str:
    client = Client()
    client.force_login(reader)
    page: Any = client.get(reverse("mentoring:swap", args=[run.pk, mentee.pk]))
    assert page.status_code == 200
    return NOISE.sub("", page.text.split("<main")[1])


def test_a_facilitator_who_mentors_is_no_candidate_and_reads_no_wish_for_herself(
    reader: User, run: MatchRun, mentee: User
) -> None:
    Wish.objects.create(programme=run.programme, mentee=mentee, mentor=reader, rank=2)
    assert run.made_by is not None
    assert reader.pk in {one.mentor for one in swaps_of(run, mentee.pk, run.made_by)}
    assert reader.pk not in {one.mentor for one in swaps_of(run, mentee.pk, reader)}
    page = page_of(reader, run, mentee)
    assert "Tomas Lindqvist" in page
    assert "Amara Osei" not in page
    assert "second wish" not in page


def test_an_exclusion_changes_no_byte_and_no_count_of_what_the_excluded_facilitator_sees(
    reader: User, run: MatchRun, mentee: User
) -> None:
    before = page_of(reader, run, mentee), choices_of(run, mentee.pk, reader)
    Exclusion.objects.create(owner=mentee, other=reader, created=timezone.now())
    assert (page_of(reader, run, mentee), choices_of(run, mentee.pk, reader)) == before


def test_who_reports_to_the_reader_is_no_candidate_of_hers_either(
    reader: User, run: MatchRun, mentee: User
) -> None:
    report = make_mentor("Samir Haddad", profile={"manager": reader})
    assert run.made_by is not None
    assert report.pk in {one.mentor for one in swaps_of(run, mentee.pk, run.made_by)}
    assert report.pk not in {one.mentor for one in swaps_of(run, mentee.pk, reader)}


def test_a_facilitator_does_not_swap_herself_in(reader: User, run: MatchRun, mentee: User) -> None:
    with pytest.raises(ValidationError, match="not available"):
        swap_pair(actor=reader, run_id=run.pk, version=0, mentee_id=mentee.pk, mentor_id=reader.pk)
    assert not Candidate.objects.filter(run=run, mentor=reader).exists()
