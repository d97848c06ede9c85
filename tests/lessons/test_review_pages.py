"""The worklist, the review screen, and one's own lessons: who sees what, one act a row, constant queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.audiences import PRACTITIONERS
from lessons.choices import ReviewAct, Status
from lessons.models import Lesson, LessonReview
from lessons.services.return_to_author import return_lesson
from people.models import User
from tests.lessons.factories import ExternalFactory, LessonFactory, vocabularies
from tests.lessons.pages import page, queries
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES_OF_WORK = 16
MOST_QUERIES_OF_REVIEW = 16


@pytest.fixture
def me(client: Client) -> User:
    """A facilitator, signed in."""
    person: User = UserFactory(roles=("facilitator",), profile={"division": "Respiratory"})
    client.force_login(person)
    return person


def submitted(days_ago: int, **fields: Any) -> Lesson:
    """A lesson that waits to be screened since then."""
    moment = timezone.now() - timedelta(days=days_ago)
    lesson: Lesson = LessonFactory(**{"status": Status.SUBMITTED, "submitted": moment, **fields})
    return lesson


class TestWorklist:
    def test_the_most_overdue_stands_first_with_its_one_act(self, client: Client, me: User) -> None:
        submitted(1, title="Fresh")
        submitted(40, title="Old")
        LessonFactory(title="Peer", status=Status.SCREENED, screened=timezone.now() - timedelta(days=30))
        answer = client.get("/lessons/worklist/")
        groups = answer.context["work"].groups
        assert [group.key for group in groups] == ["overdue", "soon"]
        assert [(row.lesson.title, row.act) for row in groups[0].rows] == [
            ("Old", "Screen"),
            ("Peer", "Validate"),
        ]
        assert groups[0].rows[0].url == f"/lessons/{groups[0].rows[0].lesson.key}/review/"

    def test_own_and_closed_and_external_lessons_are_not_in_it(self, client: Client, me: User) -> None:
        submitted(1, author=me)
        submitted(1, audience=PRACTITIONERS)
        ExternalFactory(status=Status.SUBMITTED)
        LessonFactory(status=Status.SCREENED, screened_by=me)
        neighbour = UserFactory(profile={"division": "Respiratory"})
        LessonFactory(status=Status.SCREENED, author=neighbour)
        body = page(client, "/lessons/worklist/")
        assert "Nothing waits for you" in body

    def test_practitioners_validate_and_do_not_screen(self, client: Client) -> None:
        client.force_login(UserFactory(is_practitioner=True))
        submitted(1, title="Not mine to screen")
        LessonFactory(title="Mine to validate", status=Status.SCREENED)
        body = page(client, "/lessons/worklist/")
        assert "Mine to validate" in body
        assert "Not mine to screen" not in body

    def test_a_published_lesson_without_a_play_waits_for_one(self, client: Client, me: User) -> None:
        lesson = LessonFactory()
        body = page(client, "/lessons/worklist/?kind=route")
        assert f"/lessons/{lesson.key}/route/" in body

    def test_all_of_a_kind_is_reached_page_by_page(self, client: Client, me: User) -> None:
        for number in range(70):
            submitted(number % 20)
        seen: list[int] = []
        address = "/lessons/worklist/?kind=screen"
        while address:
            work = client.get(address).context["work"]
            seen += [row.lesson.pk for group in work.groups for row in group.rows]
            address = f"/lessons/worklist/?kind=screen&after={work.next_cursor}" if work.next_cursor else ""
        expected = Lesson.objects.order_by("submitted", "pk").values_list("pk", flat=True)
        assert seen == list(expected)

    def test_the_queries_do_not_grow(self, client: Client, me: User) -> None:
        counts = []
        for more in (10, 490):
            Lesson.objects.bulk_create(
                Lesson(title=f"L{n}", status=state, quality=5, summary="x", submitted=timezone.now())
                for n in range(more)
                for state in (Status.SUBMITTED, Status.SCREENED, Status.PUBLISHED)
            )
            counts.append(
                [queries(client, path) for path in ("/lessons/worklist/", "/lessons/worklist/?kind=screen")]
            )
        assert counts[0] == counts[1]
        assert max(counts[0]) <= MOST_QUERIES_OF_WORK


class TestReview:
    def test_it_shows_what_a_reviewer_weighs(self, client: Client, me: User) -> None:
        lesson = submitted(1, happened="The papers of Zyntheron came late, by 42 days.")
        LessonReview.objects.create(
            lesson=lesson,
            act=ReviewAct.RETURNED,
            note="Say by how many days.",
            texts={"title": lesson.title, "happened": "The papers came late."},
        )
        body = page(client, f"/lessons/{lesson.key}/review/")
        for words in (
            "What changed since the last review",
            "Say by how many days.",
            "<ins>",
            "<del>",
            "Quality",
            "ask why once more",
            "Zyntheron",
            "Screen it",
            "Return with these words",
        ):
            assert words in body, words
        assert "Validate and publish" not in body

    def test_after_the_act_the_next_one_opens(self, client: Client, me: User) -> None:
        first, second = submitted(9), submitted(2)
        answer = client.post(f"/lessons/{first.key}/review/", {"act": "screen", "note": ""})
        assert answer["Location"] == f"/lessons/{second.key}/review/"
        answer = client.post(f"/lessons/{second.key}/review/", {"act": "return", "note": "Say when."})
        assert answer["Location"] == "/lessons/worklist/"
        assert list(Lesson.objects.order_by("pk").values_list("status", flat=True)) == [
            Status.SCREENED,
            Status.RETURNED,
        ]

    def test_what_stands_in_the_way_is_told_and_nothing_typed_is_lost(self, client: Client, me: User) -> None:
        lesson = LessonFactory(status=Status.SCREENED, quality=2)
        answer = client.post(f"/lessons/{lesson.key}/review/", {"act": "validate", "note": "Well told."})
        body = answer.content.decode()
        assert answer.status_code == 422
        assert "The quality is 2 of 5" in body
        assert "Well told." in body
        answer = client.post(f"/lessons/{lesson.key}/review/", {"act": "return", "note": " "})
        assert "Say what the author should change." in answer.content.decode()

    def test_ones_own_lesson_can_be_read_there_and_not_decided(self, client: Client, me: User) -> None:
        lesson = submitted(1, author=me)
        body = page(client, f"/lessons/{lesson.key}/review/")
        assert "somebody else has to screen it" in body
        assert "Screen it" not in body
        answer = client.post(f"/lessons/{lesson.key}/review/", {"act": "screen", "note": ""})
        assert answer.status_code == 422
        lesson.refresh_from_db()
        assert lesson.status == Status.SUBMITTED

    def test_it_is_missing_for_readers_and_closed_after_the_decision(self, client: Client, me: User) -> None:
        lesson = submitted(1)
        assert client.get(f"/lessons/{LessonFactory().key}/review/").status_code == 302
        client.force_login(UserFactory())
        for address in (f"/lessons/{lesson.key}/review/", f"/lessons/{LessonFactory().key}/review/"):
            assert client.get(address).status_code == 404

    def test_the_slower_of_two_reviewers_keeps_their_words(self, client: Client, me: User) -> None:
        lesson = submitted(1)
        return_lesson(lesson_id=lesson.pk, actor=UserFactory(roles=("steward",)), reason="Say which form.")
        address = f"/lessons/{lesson.key}/review/"
        answer = client.post(address, {"act": "return", "note": "Say what it cost."})
        assert answer.status_code == 422
        assert "Somebody was faster" in answer.content.decode()
        assert "Say what it cost." in answer.content.decode()

    def test_a_second_click_on_a_decision_goes_on_to_the_next_one(self, client: Client, me: User) -> None:
        address = f"/lessons/{submitted(1).key}/review/"
        for _click in range(2):
            answer = client.post(address, {"act": "return", "note": "Say what it cost."})
            assert answer.status_code == 302

    def test_hostile_words_come_back_as_typed(self, client: Client, me: User) -> None:
        lesson = submitted(1, title="<script>alert(1)</script>")
        LessonReview.objects.create(
            lesson=lesson, act=ReviewAct.RETURNED, note="<img onerror=x>", texts={"title": "<b>old</b>"}
        )
        body = page(client, f"/lessons/{lesson.key}/review/")
        for raw in ("<script>alert(1)", "<img onerror", "<b>old"):
            assert raw not in body
        assert "&lt;img onerror=x&gt;" in body

    def test_the_queries_do_not_grow(self, client: Client, me: User) -> None:
        vocabularies()
        lesson = submitted(1)
        before = queries(client, f"/lessons/{lesson.key}/review/")
        for _number in range(40):
            LessonReview.objects.create(lesson=lesson, act=ReviewAct.SCREENED, note="x", by=UserFactory())
            submitted(1)
        assert queries(client, f"/lessons/{lesson.key}/review/") == before
        assert before <= MOST_QUERIES_OF_REVIEW


class TestMine:
    def test_what_asks_for_something_stands_first_with_the_reason(self, client: Client) -> None:
        me = UserFactory()
        client.force_login(me)
        LessonFactory(title="Out there", author=me, use_count=3, worked_count=2)
        back = LessonFactory(title="Came back", author=me, status=Status.RETURNED)
        LessonReview.objects.create(lesson=back, act=ReviewAct.RETURNED, note="Say when.")
        submitted(0, title="On its way", author=me)
        LessonFactory(title="Of somebody else", status=Status.RETURNED)
        body = page(client, "/lessons/mine/")
        assert body.index("Came back") < body.index("On its way")
        for words in (
            "Say when.",
            "Answer and submit again",
            "Waits for a screener",
            "Used 3 times, worked 2",
        ):
            assert words in body
        assert "Of somebody else" not in body

    @pytest.mark.parametrize("state", [Status.DRAFT, Status.RETURNED])
    def test_the_act_it_asks_for_is_one_click_away(self, client: Client, state: Status) -> None:
        vocabularies()
        me = UserFactory()
        client.force_login(me)
        lesson = LessonFactory(author=me, status=state, code="")
        LessonReview.objects.create(lesson=lesson, act=ReviewAct.RETURNED, note="Say when.")
        assert f"/lessons/{lesson.pk}/complete/" in page(client, "/lessons/mine/")
        body = page(client, f"/lessons/{lesson.pk}/complete/")
        assert f"/lessons/{lesson.pk}/complete/" in page(client, lesson.get_absolute_url())
        assert ("Submit again" if state == Status.RETURNED else "Finish and submit") in body

    def test_an_empty_list_gives_the_one_act_that_fills_it(self, client: Client) -> None:
        client.force_login(UserFactory())
        assert "Record a lesson" in page(client, "/lessons/mine/")

    def test_the_queries_do_not_grow(self, client: Client) -> None:
        me = UserFactory()
        client.force_login(me)
        counts = []
        for more in (2, 60):
            for number in range(more):
                LessonFactory(author=me, status=list(Status)[number % len(Status)])
            counts.append(queries(client, "/lessons/mine/"))
        assert counts[0] == counts[1]
