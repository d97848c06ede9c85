"""Programmes: who makes them, what their rules do to rounds and cards, which states follow which."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.signals import post_init
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from mentoring.choices import Objective, ProgrammeKind, ProgrammeState
from mentoring.models import MatchRun, Programme
from mentoring.pool import codes_of_pair
from mentoring.programmes import people_of
from mentoring.proposals import propose
from mentoring.services.draft_round import draft_round, solve_round
from mentoring.services.programmes import onboarding_programme
from mentoring.services.request_checks import NotAvailable
from mentoring.services.save_programme import fingerprint, save_programme
from mentoring.services.send_request import send_request
from people.models import User
from tests.mentoring.market import make_mentee, make_mentor
from tests.mentoring.test_rounds import facilitator_of, pairs_of
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
RULES: dict[str, Any] = {
    "name": "Winter cohort",
    "kind": ProgrammeKind.COHORT,
    "state": ProgrammeState.OPEN,
    "audience": "community",
    "objective": Objective.BEST,
    "floor": 300,
    "most_each": None,
    "least_months": 0,
    "expiry_days": 5,
    "term_weeks": 26,
    "pulse_days": [14, 30, 60, 90],
}


@pytest.fixture
def facilitator() -> User:
    return facilitator_of()


def solved(actor: User, programme: Programme) -> MatchRun:
    run = draft_round(actor=actor, programme=programme, objective=Objective.MOST)
    solve_round(run_id=run.pk)
    run.refresh_from_db()
    return run


def in_role(days: int) -> dict[str, Any]:
    return {"profile": {"languages": ["en"], "in_role_since": timezone.localdate() - timedelta(days=days)}}


def test_a_programme_is_made_and_changed_with_a_trail(facilitator: User) -> None:
    made = save_programme(actor=facilitator, values=RULES)
    save_programme(actor=facilitator, values={**RULES, "floor": 350}, programme_id=made.pk)
    save_programme(actor=facilitator, values={**RULES, "floor": 350}, programme_id=made.pk)
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["mentoring.programme_add", "mentoring.programme_change"]
    assert AuditEntry.objects.latest("pk").changes == {"floor": ["300", "350"]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("floor", 1001),
        ("most_each", 0),
        ("least_months", 241),
        ("expiry_days", 0),
        ("term_weeks", 3),
        ("kind", ProgrammeKind.ONBOARDING),
        ("audience", "alliance:7"),
        ("name", ""),
        ("state", ProgrammeState.ARCHIVED),
        ("objective", "cheapest"),
    ],
)
def test_what_cannot_be_is_refused_by_field(facilitator: User, field: str, value: object) -> None:
    with pytest.raises(ValidationError) as refusal:
        save_programme(actor=facilitator, values={**RULES, field: value})
    assert set(refusal.value.message_dict) == {field}
    assert not Programme.objects.exists()


def test_states_go_one_way_and_the_standing_programme_stays_open(facilitator: User) -> None:
    made = save_programme(actor=facilitator, values={**RULES, "state": ProgrammeState.DRAFT})

    def to(state: ProgrammeState) -> None:
        save_programme(actor=facilitator, values={**RULES, "state": state}, programme_id=made.pk)

    with pytest.raises(ValidationError):
        to(ProgrammeState.CLOSED)
    for state in (ProgrammeState.OPEN, ProgrammeState.CLOSED, ProgrammeState.OPEN, ProgrammeState.CLOSED):
        to(state)
    to(ProgrammeState.ARCHIVED)
    with pytest.raises(ValidationError):
        to(ProgrammeState.OPEN)
    standing = onboarding_programme()
    values = {**RULES, "name": standing.name, "state": ProgrammeState.CLOSED}
    with pytest.raises(ValidationError):
        save_programme(actor=facilitator, values=values, programme_id=standing.pk)


def test_rounds_take_mentees_and_mentors_of_the_audience_alone(facilitator: User) -> None:
    inside, outside = make_mentor(), make_mentor()
    mentee, _other = make_mentee(), make_mentee()
    User.objects.filter(pk__in=(inside.pk, mentee.pk)).update(is_practitioner=True)
    programme = save_programme(actor=facilitator, values={**RULES, "audience": "practitioners"})
    run = solved(facilitator, programme)
    assert pairs_of(run) == [(mentee.pk, inside.pk)]
    assert run.stats["mentees"] == 1
    User.objects.filter(pk=inside.pk).update(is_practitioner=False)
    (alone,) = solved(facilitator, programme).stats["alone"]
    assert alone["counts"]["audience"] == 2
    assert outside.pk


def test_one_pair_loads_nobody_else_whomever_the_programme_is_for() -> None:
    mentor, mentee = make_mentor(), make_mentee()
    User.objects.filter(pk__in=(mentor.pk, mentee.pk)).update(is_practitioner=True)
    standing = onboarding_programme()
    Programme.objects.update(audience="practitioners")
    standing.refresh_from_db()

    def loaded() -> int:
        people: list[object] = []

        def count(instance: User, **_kwargs: Any) -> None:
            people.append(instance)

        post_init.connect(count, sender=User)
        try:
            assert not codes_of_pair(mentee.pk, mentor.pk)
        finally:
            post_init.disconnect(count, sender=User)
        return len(people)

    few = loaded()
    bystanders = UserFactory.create_batch(12, is_practitioner=True)
    assert loaded() == few
    assert people_of(standing, among=[mentee.pk, make_mentee().pk]) == frozenset({mentee.pk})
    assert bystanders


def test_a_least_time_in_the_role_leaves_out_newer_mentors(facilitator: User) -> None:
    make_mentor(**in_role(100))
    old = make_mentor(**in_role(760))
    mentee, second = make_mentee(), make_mentee()
    programme = save_programme(actor=facilitator, values={**RULES, "least_months": 24, "floor": 0})
    run = solved(facilitator, programme)
    ((paired, mentor),) = pairs_of(run)
    assert mentor == old.pk
    (alone,) = run.stats["alone"]
    assert alone["mentee"] in {mentee.pk, second.pk} - {paired}
    assert alone["counts"] == {"tenure": 1, "taken": 1}


def test_a_round_fills_no_more_places_of_a_mentor_than_the_programme_says(facilitator: User) -> None:
    make_mentor(capacity=5)
    for _number in range(4):
        make_mentee()
    run = solved(facilitator, save_programme(actor=facilitator, values={**RULES, "most_each": 2, "floor": 0}))
    assert len(pairs_of(run)) == 2
    assert run.stats["places"] == 2


def test_the_rules_of_the_standing_programme_hold_for_cards_and_requests() -> None:
    mentee = make_mentee()
    new, old = make_mentor(**in_role(30)), make_mentor(**in_role(800))
    onboarding_programme()
    Programme.objects.update(least_months=12)
    proposals = propose(mentee)
    assert [card.mentor for card in proposals.cards] == [old]
    assert ("not long enough in the role for the programme", 1) in proposals.reasons
    with pytest.raises(NotAvailable):
        send_request(mentee=mentee, mentor_id=new.pk, message="")


def test_the_form_keeps_what_was_typed_and_says_what_to_do(facilitator: User) -> None:
    client = Client()
    client.force_login(facilitator)
    save_programme(actor=facilitator, values=RULES)
    typed = {**RULES, "most_each": "", "term_weeks": "30"}
    page = client.post(reverse("mentoring:add_programme"), typed)
    assert page.status_code == 422
    assert "already exists" in page.text
    assert 'value="30"' in page.text
    assert client.post(reverse("mentoring:add_programme"), {**typed, "name": "Summer"}).status_code == 302
    made = Programme.objects.get(name="Summer")
    at = reverse("mentoring:programme", args=[made.pk])
    assert client.get(at).status_code == 200
    assert (
        client.post(at, {**typed, "name": "Summer", "floor": "420", "seen": fingerprint(made)}).status_code
        == 302
    )
    made.refresh_from_db()
    assert (made.floor, made.term_weeks, made.kind) == (420, 30, ProgrammeKind.COHORT)
    listed = client.get(reverse("mentoring:programmes")).text
    assert "Summer" in listed
    assert "420" in listed


def test_programmes_are_for_facilitators(facilitator: User) -> None:
    made = save_programme(actor=facilitator, values=RULES)
    member = make_mentee()
    client = Client()
    client.force_login(member)
    for name, args in (("programmes", []), ("add_programme", []), ("programme", [made.pk])):
        url = reverse(f"mentoring:{name}", args=args)
        assert client.get(url).status_code == 404
        assert client.post(url).status_code in (404, 405)
    with pytest.raises(PermissionDenied):
        save_programme(actor=member, values=RULES)


def test_members_see_the_open_programmes_that_are_for_them(facilitator: User) -> None:
    save_programme(actor=facilitator, values=RULES)
    save_programme(actor=facilitator, values={**RULES, "name": "Soon", "state": ProgrammeState.DRAFT})
    save_programme(actor=facilitator, values={**RULES, "name": "Practice", "audience": "practitioners"})

    def seen(reader: object) -> set[str]:
        return set(Programme.objects.visible_to(reader).values_list("name", flat=True))

    assert seen(facilitator) == {"Winter cohort", "Soon", "Practice"}
    assert seen(UserFactory()) == {"Winter cohort"}
    assert seen(UserFactory(is_practitioner=True)) == {"Winter cohort", "Practice"}
    assert seen(UserFactory(is_active=False)) == seen(AnonymousUser()) == set()


def test_a_round_without_its_own_word_follows_the_programme(facilitator: User) -> None:
    made = save_programme(actor=facilitator, values={**RULES, "objective": Objective.FAIR, "floor": 250})
    client = Client()
    client.force_login(facilitator)
    typed = {"programme": made.pk, "objective": "", "floor": "", "seed": "1"}
    client.post(reverse("mentoring:draft"), typed)
    run = MatchRun.objects.get()
    assert (run.programme, run.objective, run.floor) == (made, Objective.FAIR, 250)
