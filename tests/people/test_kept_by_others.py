"""What other rooms write about a person: a badge, the alliances, whether they mentor. Each once, audited where it is theirs."""

from datetime import date, timedelta

import pytest

from core.models import AuditEntry
from people.models import MentorStatus, User
from people.services.confirm_profile import YEAR, confirm_profile, needs_confirming
from people.services.give_badge import give_badge
from people.services.set_alliances import set_alliances
from people.services.set_mentor_status import set_mentor_status
from search.models import IndexEntry
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
NOBODY = 999_999_999
TODAY = date(2026, 3, 2)


@pytest.fixture
def person() -> User:
    return UserFactory.create(name="Mei Tanaka")


def acts(person: User) -> list[str]:
    """What the trail says was done to somebody."""
    return list(AuditEntry.objects.filter(object_id=str(person.pk)).values_list("action", flat=True))


def version_of(person: User) -> int:
    """How often search was told."""
    return IndexEntry.objects.get(kind="person", object_id=person.pk).version


def test_a_badge_is_given_once_beside_the_others(person: User) -> None:
    assert give_badge(person_id=person.pk, code="answers", origin="test")
    assert give_badge(person_id=person.pk, code="mentor")
    told = version_of(person)
    assert not give_badge(person_id=person.pk, code="answers")
    person.profile.refresh_from_db()
    assert person.profile.badges == ["answers", "mentor"]
    assert acts(person).count("give_badge") == 2
    assert version_of(person) == told


def test_who_is_not_there_gets_nothing() -> None:
    assert not give_badge(person_id=NOBODY, code="answers")
    assert not set_mentor_status(person_id=NOBODY, status=MentorStatus.OPEN)
    assert not AuditEntry.objects.filter(action="give_badge").exists()
    with pytest.raises(User.DoesNotExist):
        set_alliances(person_id=NOBODY, alliance_ids=[1])


def test_alliances_are_kept_in_order_and_each_once(person: User) -> None:
    assert set_alliances(person_id=person.pk, alliance_ids=[7, 3, 7])
    assert not set_alliances(person_id=person.pk, alliance_ids=iter((3, 7)))
    person.refresh_from_db()
    assert person.alliance_ids == [3, 7]
    assert {"alliance:3", "alliance:7"} <= person.audience_tokens
    assert set_alliances(person_id=person.pk, alliance_ids=())
    person = User.objects.get(pk=person.pk)
    assert not any(token.startswith("alliance:") for token in person.audience_tokens)


def test_a_mentors_status_reaches_search_when_it_changes(person: User) -> None:
    assert set_mentor_status(person_id=person.pk, status=MentorStatus.OPEN)
    told = version_of(person)
    assert not set_mentor_status(person_id=person.pk, status=MentorStatus.OPEN)
    assert version_of(person) == told
    person.profile.refresh_from_db()
    assert person.profile.mentor_status == MentorStatus.OPEN


def test_a_day_is_confirmed_once_and_never_back(person: User) -> None:
    assert confirm_profile(person=person, today=TODAY)
    assert not confirm_profile(person=person, today=TODAY)
    assert not confirm_profile(person=person, today=TODAY - timedelta(days=1))
    assert confirm_profile(person=person, today=TODAY + timedelta(days=1))
    assert acts(person).count("confirm_profile") == 2


@pytest.mark.parametrize(("days", "asked"), [(YEAR.days, False), (YEAR.days + 1, True)])
def test_a_profile_is_asked_about_after_a_year(person: User, days: int, asked: bool) -> None:
    confirm_profile(person=person, today=TODAY)
    person.profile.refresh_from_db()
    assert needs_confirming(person.profile, TODAY + timedelta(days=days)) is asked


def test_of_a_profile_never_confirmed_the_day_of_joining_counts(person: User) -> None:
    joined = person.date_joined.date()
    assert person.profile.confirmed_on is None
    assert not needs_confirming(person.profile, joined + YEAR)
    assert needs_confirming(person.profile, joined + YEAR + timedelta(days=1))
