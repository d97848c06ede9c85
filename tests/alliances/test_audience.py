"""The team of an alliance as an audience of lessons: it holds in page, list, count, facet, suggestion and search."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from alliances.choices import Duty
from alliances.services.membership import end_membership
from core.audiences import alliance_token
from core.services.check_audience import check_audience
from forums.presentation import audience_words, short_audience
from lessons.capture.form import further_choices
from people.models import User
from search.api import touch
from tests.alliances.factories import join, make_alliance
from tests.lessons.factories import LessonFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_token_is_known_while_its_alliance_is_and_offered_to_its_team() -> None:
    alliance, person = make_alliance(code_name="Heron"), UserFactory.create()
    token = alliance_token(alliance.pk)
    check_audience(token)
    with pytest.raises(ValidationError):
        check_audience(alliance_token(alliance.pk + 1))
    assert further_choices(person) == []
    join(alliance, person)
    assert further_choices(person) == [(token, "The team of Heron")]
    assert "Heron" in audience_words(token)
    assert "Heron" in short_audience(token)


@pytest.mark.parametrize(
    "address", ["{lesson}", "/lessons/", "/search/?q=zanzibar", "/search/suggest/?q=zanz", "/"]
)
def test_a_lesson_of_a_team_is_there_for_the_team_and_for_nobody_else(address: str) -> None:
    alliance = make_alliance()
    lesson = LessonFactory.create(title="Zanzibar was late", audience=alliance.audience)
    touch(lesson, kind="lesson")
    member, outsider = UserFactory.create(), UserFactory.create()
    membership = join(alliance, member, Duty.MEMBER)
    url = address.format(lesson=lesson.get_absolute_url())
    assert "Zanzibar" in _page(member, url)
    assert "Zanzibar" not in _page(outsider, url)
    end_membership(membership_id=membership.pk, actor=None)
    assert "Zanzibar" not in _page(member, url)


def _page(person: User, url: str) -> str:
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    return client.get(url).content.decode()
