"""Looking after published lessons, and what owners of plays answer, as their pages do it."""

import pytest
from django.test import Client
from django.utils import timezone

from core.audiences import PRACTITIONERS
from lessons.choices import RouteState
from lessons.models import LessonRoute
from people.models import User
from playbook.models import PlayPage
from tests.lessons.factories import LessonFactory
from tests.lessons.pages import page
from tests.people.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.world("starter")]


@pytest.fixture
def me(client: Client) -> User:
    """A facilitator, signed in."""
    person: User = UserFactory(roles=("facilitator",))
    client.force_login(person)
    return person


class TestLookingAfter:
    def test_a_narrowing_holds_on_every_page_at_once(self, client: Client, me: User) -> None:
        lesson, reader = LessonFactory(title="Soon for few"), UserFactory()
        User.objects.filter(pk=me.pk).update(is_practitioner=True)
        posted = {"act": "audience", "audience": PRACTITIONERS, "reason": "Names a study."}
        assert client.post(f"/lessons/{lesson.key}/keep/", posted).status_code == 302
        client.force_login(reader)
        assert "Soon for few" not in page(client, "/lessons/")
        assert "Soon for few" not in page(client, "/search/?q=soon+for+few&kind=lesson")
        assert client.get(lesson.get_absolute_url()).status_code == 404

    def test_an_audience_one_does_not_belong_to_is_refused(self, client: Client, me: User) -> None:
        lesson = LessonFactory()
        posted = {"act": "audience", "audience": PRACTITIONERS, "reason": ""}
        answer = client.post(f"/lessons/{lesson.key}/keep/", posted)
        assert answer.status_code == 422
        assert "You do not belong to this audience" in answer.content.decode()

    def test_a_play_is_chosen_and_its_owner_answers(self, client: Client, me: User) -> None:
        lesson, play = LessonFactory(), PlayPage.objects.get(code="P11")
        PlayPage.objects.filter(pk=play.pk).update(play_owner=me)
        assert client.post(f"/lessons/{lesson.key}/route/", {"play": ""}).status_code == 422
        assert client.post(f"/lessons/{lesson.key}/route/", {"play": play.pk}).status_code == 302
        route = LessonRoute.objects.get()
        body = page(client, f"/lessons/routes/{route.pk}/")
        step = play.steps.raw_data[0]["value"]
        assert step["title"] in body
        answer = client.post(f"/lessons/routes/{route.pk}/", {"act": "reject", "reason": ""})
        assert "Say why the play does not take it up" in answer.content.decode()
        posted = {"act": "embed", "step_key": step["key"]}
        assert client.post(f"/lessons/routes/{route.pk}/", posted).status_code == 302
        body = page(client, f"/lessons/routes/{route.pk}/")
        assert "Did the change work?" in body
        client.post(f"/lessons/routes/{route.pk}/", {"act": "check", "seen": "No deferral since."})
        route.refresh_from_db()
        assert route.state == RouteState.CHECKED
        assert client.get(f"/lessons/routes/{route.pk}/").status_code == 404
        assert "No deferral since." in page(client, lesson.get_absolute_url())

    @pytest.mark.parametrize("part", ["keep", "route", "review"])
    def test_members_find_none_of_it(self, client: Client, part: str) -> None:
        client.force_login(UserFactory())
        lesson = LessonFactory()
        assert client.get(f"/lessons/{lesson.key}/{part}/").status_code == 404
        assert "Look after this lesson" not in page(client, lesson.get_absolute_url())


class TestOwners:
    def test_owners_see_what_was_sent_to_their_plays(self, client: Client) -> None:
        owner = UserFactory()
        play = PlayPage.objects.get(code="P07")
        PlayPage.objects.filter(pk=play.pk).update(play_owner=owner)
        route = LessonRoute.objects.create(lesson=LessonFactory(), play=play, due=timezone.localdate())
        client.force_login(owner)
        assert f"/lessons/routes/{route.pk}/" in page(client, "/lessons/worklist/")
        client.force_login(UserFactory())
        assert "Nothing waits for you" in page(client, "/lessons/worklist/")
