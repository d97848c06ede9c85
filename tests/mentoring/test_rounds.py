"""Rounds on real rows: drafts, the same seed, swaps by hand, publishing once, and who may see what."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mentoring.choices import Objective, RunState
from mentoring.models import Exclusion, MatchRun, MentorProfile, Mentorship
from mentoring.reading.swaps import swaps_of
from mentoring.rounds import run_for
from mentoring.services.draft_round import draft_round, solve_round
from mentoring.services.programmes import onboarding_programme
from mentoring.services.publish_round import RoundChanged, publish_round
from mentoring.services.send_request import send_request
from mentoring.services.swap_pair import swap_pair
from people.models import User
from people.roles import Role
from tests.mentoring.market import make_mentee, make_mentor
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
AtOnce = Callable[[int, Callable[[int], Any]], list[Any]]


@pytest.fixture
def facilitator() -> User:
    return facilitator_of()


def facilitator_of() -> User:
    person: User = UserFactory(name="Rafael Duarte", roles=[Role.FACILITATOR])
    return person


def solved(actor: User, **rules: Any) -> MatchRun:
    """A draft."""
    run = draft_round(actor=actor, programme=onboarding_programme(), **{"objective": Objective.MOST, **rules})
    solve_round(run_id=run.pk)
    run.refresh_from_db()
    return run


def sees(reader: User, run: MatchRun) -> bool:
    """Whether the reader finds the round."""
    try:
        return run_for(reader, run.pk) == run
    except MatchRun.DoesNotExist:
        return False


def pairs_of(run: MatchRun) -> list[tuple[int, int]]:
    return sorted(run.candidates.values_list("mentee", "mentor"))


def test_a_draft_pairs_whom_it_can_and_counts_why_the_others_stay_alone(facilitator: User) -> None:
    make_mentor(capacity=2)
    mentees = [make_mentee() for _ in range(3)]
    run = solved(facilitator)
    assert run.state == RunState.DRAFT
    assert len(pairs_of(run)) == 2
    (alone,) = run.stats["alone"]
    assert alone["mentee"] in {one.pk for one in mentees}
    assert alone["counts"] == {"taken": 1}
    assert set(run.stats["by_objective"]) == set(Objective.values)
    assert not Mentorship.objects.exists()
    assert all(sum(one.breakdown.values()) == one.score for one in run.candidates.all())


def test_the_same_seed_gives_the_same_pairs(facilitator: User) -> None:
    for _ in range(4):
        make_mentor()
        make_mentee()
    assert pairs_of(solved(facilitator, seed="7")) == pairs_of(solved(facilitator, seed="7"))


def test_an_excluded_mentor_counts_like_a_full_one(facilitator: User) -> None:
    mentor, mentee = make_mentor(), make_mentee()
    Exclusion.objects.create(owner=mentor, other=mentee, created="2026-11-01T00:00Z")
    excluded = solved(facilitator).stats
    Exclusion.objects.all().delete()
    MentorProfile.objects.filter(person=mentor).update(capacity=0)
    full = solved(facilitator).stats
    assert excluded["alone"] == full["alone"]
    assert excluded["by_objective"] == full["by_objective"]


def test_open_requests_and_standing_pairs_keep_their_places(facilitator: User) -> None:
    mentor, waiting, other = make_mentor(), make_mentee(), make_mentee()
    send_request(mentee=waiting, mentor_id=mentor.pk, message="")
    run = solved(facilitator)
    assert pairs_of(run) == []
    assert [one["mentee"] for one in run.stats["alone"]] == [other.pk]


def test_queries_of_solving_do_not_grow(
    facilitator: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        make_mentor()
        make_mentee()
    run = draft_round(actor=facilitator, programme=onboarding_programme(), objective=Objective.MOST)
    with django_assert_max_num_queries(30):
        solve_round(run_id=run.pk)


def test_a_swap_by_hand_trades_mentors_and_a_stale_one_is_refused(facilitator: User) -> None:
    make_mentor()
    make_mentor()
    one, other = make_mentee(), make_mentee()
    run = solved(facilitator)
    before = dict(pairs_of(run))
    (swap,) = swaps_of(run, one.pk, facilitator)
    assert (swap.mentor, swap.trades_with) == (before[other.pk], other.pk)
    swap_pair(actor=facilitator, run_id=run.pk, version=0, mentee_id=one.pk, mentor_id=swap.mentor)
    assert dict(pairs_of(run)) == {one.pk: before[other.pk], other.pk: before[one.pk]}
    with pytest.raises(RoundChanged):
        swap_pair(actor=facilitator, run_id=run.pk, version=0, mentee_id=one.pk, mentor_id=swap.mentor)


def test_a_mentor_kept_apart_cannot_be_swapped_in(facilitator: User) -> None:
    mentor, mentee = make_mentor(), make_mentee()
    make_mentor()
    Exclusion.objects.create(owner=mentor, other=mentee, created="2026-11-01T00:00Z")
    run = solved(facilitator)
    with pytest.raises(ValidationError):
        swap_pair(actor=facilitator, run_id=run.pk, version=0, mentee_id=mentee.pk, mentor_id=mentor.pk)


def test_publishing_begins_pairs_once_and_leaves_out_who_changed_meanwhile(facilitator: User) -> None:
    for _ in range(3):
        make_mentor()
        make_mentee()
    run = solved(facilitator)
    (gone, _mentor), (_mentee, away), _third = pairs_of(run)
    MentorProfile.objects.filter(person=gone).update(is_mentee=False)
    MentorProfile.objects.filter(person=away).update(away_from=date(2020, 1, 1), away_until=date(2099, 1, 1))
    done = publish_round(actor=facilitator, run_id=run.pk, version=0)
    assert len(done.made) == Mentorship.objects.count() == 1
    assert {one.mentee_id for one in done.left_out} >= {gone}
    with pytest.raises(RoundChanged):
        publish_round(actor=facilitator, run_id=run.pk, version=0)


def test_a_locked_pair_stays(facilitator: User) -> None:
    for _ in range(3):
        make_mentor()
    one, other = make_mentee(), make_mentee()
    (_pair, (_other, mentor)) = pairs_of(solved(facilitator))
    assert (one.pk, mentor) in pairs_of(solved(facilitator, locked=[(one.pk, mentor)]))
    assert other.pk


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_publish_at_once_one_wins(at_once: AtOnce) -> None:
    facilitators = [facilitator_of(), facilitator_of()]
    make_mentor()
    make_mentee()
    run = solved(facilitators[0])

    def act(number: int) -> tuple[str, int]:
        try:
            publish_round(actor=facilitators[number], run_id=run.pk, version=0)
        except RoundChanged:
            return "late", Mentorship.objects.count()
        return "won", Mentorship.objects.count()

    assert sorted(at_once(2, act)) == [("late", 1), ("won", 1)]


def test_a_facilitator_with_a_part_in_a_pair_does_not_see_the_round(facilitator: User) -> None:
    mentor = make_mentor(profile={})
    make_mentee()
    run = solved(facilitator)
    mentor.groups.add(*facilitator.groups.all())
    assert sees(facilitator, run)
    assert not sees(User.objects.get(pk=mentor.pk), run)
    assert not sees(make_mentee(), run)


def test_a_facilitator_walks_from_the_form_to_mentorships(facilitator: User, client: Client) -> None:
    make_mentor()
    make_mentor("Lena Vogt")
    mentee = make_mentee()
    client.force_login(facilitator)
    asked = client.post(
        reverse("mentoring:draft"), {"objective": Objective.BEST, "floor": "0", "seed": "1"}, follow=True
    )
    (run,) = MatchRun.objects.all()
    solve_round(run_id=run.pk)
    assert asked.status_code == 200
    page = client.get(run.get_absolute_url()).content.decode()
    assert "Publish 1 pair" in page
    assert "Nobody badly matched" in page
    assert client.get(reverse("mentoring:rounds")).status_code == 200
    other = client.get(reverse("mentoring:swap", args=[run.pk, mentee.pk]))
    (swap,) = other.context["swaps"]
    at = reverse("mentoring:do_swap", args=[run.pk, mentee.pk])
    client.post(at, {"version": "0", "mentor": str(swap.mentor)})
    late = client.post(reverse("mentoring:publish", args=[run.pk]), {"version": "0"}, follow=True)
    assert "Somebody changed or published this round" in late.content.decode()
    done = client.post(reverse("mentoring:publish", args=[run.pk]), {"version": "1"}, follow=True)
    assert "1 pair began." in done.content.decode()
    assert Mentorship.objects.get().mentor_id == swap.mentor


def test_rounds_are_missing_to_everybody_else(facilitator: User, client: Client) -> None:
    make_mentor()
    mentee = make_mentee()
    run = solved(facilitator)
    client.force_login(mentee)
    for name, args in (("rounds", []), ("run", [run.pk]), ("swap", [run.pk, mentee.pk])):
        assert client.get(reverse(f"mentoring:{name}", args=args)).status_code == 404
    for name, args in (("draft", []), ("publish", [run.pk]), ("do_swap", [run.pk, mentee.pk])):
        assert client.post(reverse(f"mentoring:{name}", args=args)).status_code == 404
