"""Audience tokens that nobody can hold are refused; kinds that upper rooms bring are asked."""

import pytest
from django.core.exceptions import ValidationError

from core.audience_kinds import further_choices, kind_of
from core.audiences import (
    COMMUNITY,
    NOBODY,
    PRACTITIONERS,
    alliance_token,
    choices,
    function_token,
    is_narrower,
)
from core.models import Term, Vocabulary
from core.services.check_audience import check_audience
from tests.alliances.factories import join, make_alliance
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def legal() -> Term:
    """The one business function there is."""
    Term.objects.filter(vocabulary=Vocabulary.BUSINESS_FUNCTION).delete()
    return Term.objects.create(vocabulary=Vocabulary.BUSINESS_FUNCTION, code="legal", label="Legal")


def test_what_somebody_can_hold_is_taken() -> None:
    alliance = make_alliance()
    for token in (COMMUNITY, PRACTITIONERS, function_token("legal"), alliance_token(alliance.pk)):
        check_audience(token)


@pytest.mark.parametrize(
    "token",
    ["", NOBODY, "Community", "function:", "function:sales", "legal", "function:Legal", "alliance:", "alliance:x",
     "alliance:999999", "team:1", "function:legal "],
)  # fmt: skip
def test_what_nobody_can_hold_is_refused_by_name(token: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        check_audience(token)
    assert refusal.value.messages == [f"“{token}” is no known audience."]


def test_a_function_of_another_vocabulary_is_none() -> None:
    Term.objects.create(vocabulary=Vocabulary.TIER, code="gold", label="Gold")
    with pytest.raises(ValidationError):
        check_audience(function_token("gold"))


def test_only_tokens_of_upper_rooms_have_a_kind() -> None:
    assert kind_of(COMMUNITY) is None
    assert kind_of(function_token("legal")) is None
    assert kind_of(alliance_token(1)) is not None


def test_further_choices_are_those_of_ones_own_teams() -> None:
    own, _other, person = make_alliance(), make_alliance(), UserFactory.create()
    join(own, person)
    assert [token for token, _words in further_choices(person)] == [alliance_token(own.pk)]
    assert further_choices(UserFactory.create()) == []


def test_a_form_offers_everybody_first_and_functions_by_their_words() -> None:
    offered = choices(Term.objects.labels(Vocabulary.BUSINESS_FUNCTION).items())
    assert [token for token, _words in offered] == [COMMUNITY, PRACTITIONERS, "function:legal"]
    assert offered[-1][1] == "Legal"


@pytest.mark.parametrize(
    ("new", "old", "narrower"),
    [
        (COMMUNITY, PRACTITIONERS, False),
        (PRACTITIONERS, PRACTITIONERS, False),
        (PRACTITIONERS, COMMUNITY, True),
        ("function:a", "function:b", True),
        (NOBODY, COMMUNITY, True),
    ],
)
def test_what_may_shut_somebody_out(new: str, old: str, narrower: bool) -> None:
    assert is_narrower(new, old) is narrower
