"""Memberships: asking opens nothing, confirming opens at once, ending closes at once, and the first assignment is told."""

import pytest
from pytest_django import DjangoAssertNumQueries

from alliances import api
from alliances.choices import Duty, MembershipState
from alliances.models import Alliance, Membership
from alliances.services.membership import (
    ask_membership,
    confirm_membership,
    end_membership,
    reject_membership,
)
from core.audiences import alliance_token
from core.facts import PersonAssigned, deliver_waiting
from core.models import AuditEntry, StoredFact
from notifications.models import Notice
from people.models import User
from people.services.deactivate import deactivate
from tests.alliances.factories import join, make_alliance
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def fresh(person: User) -> User:
    """The person as the next request finds them."""
    return User.objects.get(pk=person.pk)


def test_asking_opens_nothing_and_says_nothing() -> None:
    person, alliance = UserFactory.create(), make_alliance(code_name="Heron")
    assert ask_membership(person=person, code_name=" heron ", duty=Duty.MANAGER)
    assert not ask_membership(person=person, code_name="Heron", duty=Duty.MANAGER)
    assert not ask_membership(person=person, code_name="No such bird", duty=Duty.MANAGER)
    assert fresh(person).audience_tokens == {"community"}
    assert not Alliance.objects.visible_to(fresh(person)).exists()
    assert api.alliances_of(person.pk) == []
    assert Membership.objects.visible_to(fresh(person)).get().alliance == alliance


def test_confirming_opens_and_ending_closes_at_once() -> None:
    person, other, alliance = UserFactory.create(), UserFactory.create(), make_alliance()
    ask_membership(person=person, code_name=alliance.code_name, duty=Duty.MEMBER)
    row = Membership.objects.get()
    assert confirm_membership(membership_id=row.pk, actor=other)
    assert not confirm_membership(membership_id=row.pk, actor=other)
    assert alliance_token(alliance.pk) in fresh(person).audience_tokens
    assert [found.pk for found in Alliance.objects.visible_to(fresh(person))] == [alliance.pk]
    assert not Alliance.objects.visible_to(other).exists()
    assert end_membership(membership_id=row.pk, actor=other)
    assert fresh(person).alliance_ids == []
    assert not Alliance.objects.visible_to(fresh(person)).exists()


def test_whoever_left_the_company_sees_nothing_and_leaves_every_team() -> None:
    person, alliance = UserFactory.create(), make_alliance()
    join(alliance, person, Duty.MANAGER)
    deactivate(person=person, actor=None)
    assert not Alliance.objects.visible_to(fresh(person)).exists()
    assert list(Alliance.objects.without_manager()) == [alliance]
    deliver_waiting()
    assert Membership.objects.get().state == MembershipState.ENDED


def test_an_assignment_is_told_and_a_membership_is_not() -> None:
    alliance, manager, member = make_alliance(), UserFactory.create(), UserFactory.create()
    join(alliance, manager, Duty.MANAGER)
    join(alliance, member)
    told = StoredFact.objects.filter(name=PersonAssigned.name)
    assert [fact.payload for fact in told] == [{"alliance_id": alliance.pk, "person_id": manager.pk}]


def test_one_open_place_a_person_and_a_new_one_after_the_end() -> None:
    person, alliance = UserFactory.create(), make_alliance()
    first = join(alliance, person)
    assert join(alliance, person).pk == first.pk
    end_membership(membership_id=first.pk, actor=None)
    assert join(alliance, person).pk != first.pk


def test_who_decides_is_told_and_who_asked_learns_the_answer_without_the_name_if_turned_down() -> None:
    facilitator, manager, person = (
        UserFactory.create(roles=("facilitator",)),
        UserFactory.create(),
        UserFactory.create(),
    )
    managed, unmanaged = make_alliance(), make_alliance()
    join(managed, manager, Duty.MANAGER)
    for alliance in (managed, unmanaged):
        ask_membership(person=person, code_name=alliance.code_name, duty=Duty.MEMBER)
    deliver_waiting()
    asked = Notice.objects.filter(verb="membership_asked")
    assert set(asked.values_list("recipient_id", flat=True)) == {facilitator.pk, manager.pk}
    reject_membership(membership_id=Membership.objects.get(alliance=managed, person=person).pk, actor=manager)
    deliver_waiting()
    from alliances.notices import memberships

    notice = Notice.objects.get(recipient=person)
    assert managed.code_name not in memberships([notice.target_id], fresh(person))[notice.target_id].title


def test_free_text_is_named_in_the_audit_and_not_repeated() -> None:
    make_alliance(note="The secret reason")
    assert "secret" not in str(list(AuditEntry.objects.values_list("changes", flat=True)))


def test_reading_for_scores_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    people = UserFactory.create_batch(3)
    for person in people:
        for _number in range(2):
            join(make_alliance(), person)
    with django_assert_num_queries(1):
        assert len(api.alliances_of_all([person.pk for person in people])) == 3
