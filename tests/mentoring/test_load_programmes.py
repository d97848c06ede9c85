"""The cohort of the demo: marked as such, with wishes of its mentees, and ready for a round at once."""

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.choices import ProgrammeKind, RunState
from mentoring.models import Candidate, Mentorship, Programme, Wish
from mentoring.reading.round_page import wishes_of
from mentoring.services.draft_round import draft_round, solve_round
from mentoring.services.load_programmes import load_programmes
from people.models import User
from people.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.world("starter")]


@pytest.fixture
def cohort() -> Programme:
    return Programme.objects.get(kind=ProgrammeKind.COHORT)


@pytest.fixture
def facilitator() -> User:
    return User.objects.get(name="Amara Osei", groups__name=Role.FACILITATOR)


def test_a_facilitator_finds_it_and_solves_a_round_of_it(cohort: Programme, facilitator: User) -> None:
    assert cohort.is_demo
    client = Client()
    client.force_login(facilitator)
    assert cohort.name in client.get(reverse("mentoring:programmes")).text
    assert cohort.name in client.get(reverse("mentoring:rounds")).text
    run = draft_round(actor=facilitator, programme=cohort, objective=cohort.objective, floor=cohort.floor)
    solve_round(run_id=run.pk)
    run.refresh_from_db()
    assert run.state == RunState.DRAFT
    assert Candidate.objects.filter(run=run).count() >= 3
    assert wishes_of(run)


def test_wishes_are_of_who_has_no_mentor(cohort: Programme) -> None:
    mentees = set(Wish.objects.filter(programme=cohort).values_list("mentee", flat=True))
    assert len(mentees) == 4
    assert not Mentorship.objects.open().filter(mentee__in=mentees).exists()


def test_loading_again_makes_nothing_whatever_it_is_called_by_now(cohort: Programme) -> None:
    Programme.objects.filter(pk=cohort.pk).update(name="Renamed")
    count = Wish.objects.count()
    assert load_programmes() == 0
    assert (Programme.objects.filter(kind=ProgrammeKind.COHORT).count(), Wish.objects.count()) == (1, count)


def test_a_programme_of_that_name_that_somebody_made_is_left_alone(cohort: Programme) -> None:
    Wish.objects.all().delete()
    Programme.objects.filter(pk=cohort.pk).update(is_demo=False)
    assert load_programmes() == 0
    assert not Wish.objects.exists()


def test_with_a_mentor_by_now_nobody_wishes(cohort: Programme) -> None:
    wishing = Wish.objects.filter(programme=cohort).order_by("pk").first()
    assert wishing is not None
    pair = Mentorship.objects.open().first()
    assert pair is not None
    Mentorship.objects.filter(pk=pair.pk).update(mentee=wishing.mentee)
    cohort.delete()
    assert load_programmes() == 1
    assert not Wish.objects.filter(mentee=wishing.mentee).exists()
    assert Wish.objects.exists()
