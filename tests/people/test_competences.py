"""The map of competences, and self-checks that nobody but their person learns of."""

import pytest

from core.models import AuditEntry, StoredFact
from people.api import competences, own_checks, take_self_check
from people.models import Competence, FinderQuestion, RoleProfile
from people.services.load_competences import load_competences
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def codes() -> list[str]:
    load_competences()
    return [competence.code for competence in competences()]


def test_the_starter_brings_fourteen_competences_the_ladder_and_three_questions_once() -> None:
    assert load_competences() == 14 + 15 + 3
    Competence.objects.filter(code="H1").update(title="Ours")
    assert load_competences() == 0
    assert Competence.objects.get(code="H1").title == "Ours"
    assert [row.rung for row in RoleProfile.objects.all()][:8] == [1, 2, 3, 4, 5, 6, 7, None]
    assert FinderQuestion.objects.count() == 3
    assert all(len(competence.levels) == 4 for competence in competences())


def test_a_check_is_its_persons_alone_and_leaves_no_audit_row(codes: list[str]) -> None:
    person, facilitator = UserFactory(), UserFactory(roles=("facilitator", "administrator"))
    rows = AuditEntry.objects.count()
    take_self_check(
        person=person, levels=dict.fromkeys(codes, 2), examples={"H1": "Zanderfluss"}, picks=codes[:2]
    )
    assert [check.picks for check in own_checks(person)] == [tuple(codes[:2])]
    assert own_checks(facilitator) == []
    assert AuditEntry.objects.count() == rows
    assert "Zanderfluss" not in str(list(StoredFact.objects.values()))


@pytest.mark.parametrize(
    ("level", "examples", "picked"), [(5, {}, 2), (0, {}, 2), (2, {"none": "x"}, 2), (2, {}, 1), (2, {}, 3)]
)
def test_a_check_the_form_cannot_give_is_refused(
    codes: list[str], level: int, examples: dict[str, str], picked: int
) -> None:
    person = UserFactory()
    with pytest.raises(ValueError, match=r"A self-check|An example"):
        take_self_check(
            person=person, levels=dict.fromkeys(codes, level), examples=examples, picks=codes[:picked]
        )
    assert own_checks(person) == []
