"""The verbs of review and of routes: each audited, told, kept with its words, safe to repeat, and refused with a reason."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from core.audiences import PRACTITIONERS, function_token
from core.differences import pieces
from core.models import AuditEntry, StoredFact, Vocabulary
from lessons import deadlines
from lessons.choices import ReviewAct, RouteState, Status, Uptake
from lessons.models import Citation, CitationKind, Lesson, LessonRoute
from lessons.reading.differences import changed_fields
from lessons.services.archive import archive_lesson
from lessons.services.audience import change_audience
from lessons.services.check_effect import check_effect
from lessons.services.embed import embed_lesson
from lessons.services.publish import publish_lesson
from lessons.services.reject import reject_lesson
from lessons.services.reopen import reopen_lesson
from lessons.services.return_to_author import return_lesson
from lessons.services.route import route_lesson
from lessons.services.screen import screen_lesson
from people.models import User
from playbook.models import PlayPage
from search.models import IndexEntry
from tests.lessons.factories import LessonFactory, term
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def facilitator(**fields: Any) -> User:
    """Somebody who may do everything but with their own."""
    person: User = UserFactory(roles=("facilitator",), **fields)
    return person


def told(lesson: Lesson) -> list[tuple[str, str]]:
    """Facts of a lesson with the state or uptake they tell of, oldest first."""
    facts = StoredFact.objects.order_by("id").values_list("name", "payload")
    return [
        (name, payload.get("status") or payload.get("uptake") or "")
        for name, payload in facts
        if payload.get("lesson_id") == lesson.pk
    ]


def acts(lesson: Lesson) -> list[str]:
    """The trail of a lesson, oldest first."""
    entries = AuditEntry.objects.filter(object_type="lessons.lesson", object_id=str(lesson.pk))
    return list(entries.order_by("id").values_list("action", flat=True))


class TestTheWay:
    def test_from_submitted_to_published_by_two_people(self) -> None:
        lesson = LessonFactory(status=Status.SUBMITTED, author=UserFactory())
        first, second = facilitator(), UserFactory(is_practitioner=True)
        assert screen_lesson(lesson_id=lesson.pk, actor=first, note=" Clear. ")
        assert publish_lesson(lesson_id=lesson.pk, actor=second, reason="I would act on it.")
        lesson.refresh_from_db()
        assert (lesson.status, lesson.screened_by) == (Status.PUBLISHED, first)
        assert lesson.screened is not None
        assert lesson.published is not None
        said = list(lesson.reviews.values_list("act", "by", "note"))
        assert said == [
            (ReviewAct.SCREENED, first.pk, "Clear."),
            (ReviewAct.VALIDATED, second.pk, "I would act on it."),
        ]
        assert acts(lesson) == ["lesson.screen", "lesson.publish"]
        assert told(lesson) == [
            ("lesson_moved", "screened"),
            ("lesson_moved", "published"),
            ("lesson_published", ""),
        ]
        assert IndexEntry.objects.filter(kind="lesson", object_id=lesson.pk).exists()

    def test_each_act_a_second_time_changes_nothing(self) -> None:
        lesson, first = LessonFactory(status=Status.SUBMITTED), facilitator()
        assert screen_lesson(lesson_id=lesson.pk, actor=first)
        assert not screen_lesson(lesson_id=lesson.pk, actor=first)
        second = facilitator()
        assert return_lesson(lesson_id=lesson.pk, actor=second, reason="Say when.")
        assert not return_lesson(lesson_id=lesson.pk, actor=second, reason="Say when.")
        assert acts(lesson) == ["lesson.screen", "lesson.return"]
        assert lesson.reviews.count() == 2

    def test_who_screened_does_not_validate(self) -> None:
        lesson, same = LessonFactory(status=Status.SUBMITTED), facilitator()
        screen_lesson(lesson_id=lesson.pk, actor=same)
        with pytest.raises(ValidationError, match="a second person"):
            publish_lesson(lesson_id=lesson.pk, actor=same)

    def test_a_submitted_lesson_is_not_published_in_one_step(self) -> None:
        lesson = LessonFactory(status=Status.SUBMITTED)
        with pytest.raises(ValidationError, match="Only a screened lesson"):
            publish_lesson(lesson_id=lesson.pk, actor=facilitator())

    def test_nobody_screens_returns_or_validates_their_own(self) -> None:
        me = facilitator()
        lesson = LessonFactory(status=Status.SUBMITTED, author=me)
        with pytest.raises(ValidationError, match="your own lesson"):
            screen_lesson(lesson_id=lesson.pk, actor=me)
        with pytest.raises(ValidationError, match="your own lesson"):
            return_lesson(lesson_id=lesson.pk, actor=me, reason="Hm")

    def test_the_authors_division_does_not_validate(self) -> None:
        author = UserFactory(profile={"division": "Oncology"})
        lesson = LessonFactory(status=Status.SCREENED, author=author)
        with pytest.raises(ValidationError, match="author's division"):
            publish_lesson(lesson_id=lesson.pk, actor=facilitator(profile={"division": "Oncology"}))
        assert publish_lesson(lesson_id=lesson.pk, actor=facilitator(profile={"division": "Vaccines"}))

    def test_the_refusal_tells_nothing_of_an_unnamed_author(self) -> None:
        author = UserFactory(profile={"division": "Oncology"})
        lesson = LessonFactory(status=Status.SCREENED, author=author, unnamed=True)
        with pytest.raises(ValidationError) as refused:
            publish_lesson(lesson_id=lesson.pk, actor=facilitator(profile={"division": "Oncology"}))
        assert "division" not in str(refused.value)

    def test_returning_needs_words_and_takes_the_screening_back(self) -> None:
        lesson = LessonFactory(status=Status.SUBMITTED)
        screen_lesson(lesson_id=lesson.pk, actor=facilitator())
        with pytest.raises(ValidationError, match="what the author should change"):
            return_lesson(lesson_id=lesson.pk, actor=facilitator(), reason="  ")
        return_lesson(lesson_id=lesson.pk, actor=facilitator(), reason="Say when.")
        lesson.refresh_from_db()
        assert (lesson.status, lesson.screened_by, lesson.screened) == (Status.RETURNED, None, None)

    def test_reopening_hides_it_at_once_and_asks_for_two_people_again(self) -> None:
        lesson = LessonFactory(status=Status.SCREENED)
        publish_lesson(lesson_id=lesson.pk, actor=facilitator())
        reader = UserFactory()
        assert reopen_lesson(lesson_id=lesson.pk, actor=facilitator(), reason="The contract changed.")
        assert not Lesson.objects.visible_to(reader).filter(pk=lesson.pk).exists()
        assert not IndexEntry.objects.filter(kind="lesson", object_id=lesson.pk).exists()
        lesson.refresh_from_db()
        assert (lesson.status, lesson.published) == (Status.SUBMITTED, None)

    @pytest.mark.parametrize("act", ["archive", "reopen", "audience"])
    def test_members_do_not_look_after_lessons(self, act: str) -> None:
        lesson, member = LessonFactory(), UserFactory(is_practitioner=True)
        verbs: dict[str, Any] = {
            "archive": lambda: archive_lesson(lesson_id=lesson.pk, actor=member),
            "reopen": lambda: reopen_lesson(lesson_id=lesson.pk, actor=member, reason="Because."),
            "audience": lambda: change_audience(lesson_id=lesson.pk, audience=PRACTITIONERS, actor=member),
        }
        with pytest.raises(ValidationError, match="Stewards and facilitators"):
            verbs[act]()
        assert acts(lesson) == []

    def test_nobody_gives_a_lesson_to_people_they_do_not_belong_to(self) -> None:
        term(Vocabulary.BUSINESS_FUNCTION, "safety")
        lesson = LessonFactory()
        with pytest.raises(ValidationError):
            change_audience(lesson_id=lesson.pk, audience=function_token("safety"), actor=facilitator())


@pytest.mark.world("starter")
class TestRoutes:
    @pytest.fixture
    def play(self) -> PlayPage:
        found: PlayPage = PlayPage.objects.get(code="P09")
        return found

    @pytest.fixture
    def owner(self, play: PlayPage) -> User:
        person: User = UserFactory()
        PlayPage.objects.filter(pk=play.pk).update(play_owner=person)
        return person

    @pytest.fixture
    def route(self, play: PlayPage, owner: User) -> LessonRoute:
        lesson = LessonFactory()
        assert route_lesson(lesson_id=lesson.pk, play_id=play.pk, actor=facilitator())
        found: LessonRoute = LessonRoute.objects.get(lesson=lesson)
        return found

    def test_a_lesson_goes_to_a_play_once(self, route: LessonRoute) -> None:
        assert not route_lesson(lesson_id=route.lesson_id, play_id=route.play_id, actor=facilitator())
        lesson = Lesson.objects.get(pk=route.lesson_id)
        assert lesson.uptake == Uptake.ROUTED
        assert acts(lesson) == ["lesson.route", "lesson.uptake"]
        assert told(lesson) == [("lesson_routed", "routed")]

    def test_embedding_cites_the_step_and_its_page_shows_it_at_once(
        self, client: Client, route: LessonRoute, owner: User
    ) -> None:
        reader = UserFactory()
        client.force_login(reader)
        address = route.play.get_absolute_url()
        assert route.lesson.title not in client.get(address).content.decode()
        step = route.play.steps.raw_data[2]["value"]["key"]
        assert embed_lesson(route_id=route.pk, step_key=step, actor=owner)
        body = client.get(address).content.decode()
        at = body.index(f'id="step-{step}"')
        rest = body[at : body.index("</li>", at)]
        assert f"Exists because of {route.lesson.code}" in rest
        lesson_page = client.get(route.lesson.get_absolute_url()).content.decode()
        assert f"{address}#step-{step}" in lesson_page
        assert "Changed the standard" in lesson_page
        assert not embed_lesson(route_id=route.pk, step_key=step, actor=owner)
        assert told(route.lesson)[-1] == ("lesson_routed", "embedded")

    def test_a_link_that_was_there_for_less_becomes_the_reason_of_the_step(
        self, route: LessonRoute, owner: User
    ) -> None:
        step = route.play.steps.raw_data[0]["value"]["key"]
        place = {"lesson": route.lesson, "play": route.play, "step_key": step}
        Citation.objects.create(**place, kind=CitationKind.APPLIES)
        embed_lesson(route_id=route.pk, step_key=step, actor=owner)
        assert Citation.objects.get(**place).kind == CitationKind.SOURCE

    def test_a_step_the_play_does_not_have_is_refused(self, route: LessonRoute, owner: User) -> None:
        with pytest.raises(ValidationError, match="Choose the step"):
            embed_lesson(route_id=route.pk, step_key="no_such_step", actor=owner)

    def test_only_the_owner_answers(self, route: LessonRoute) -> None:
        with pytest.raises(ValidationError, match="owner of the play"):
            reject_lesson(route_id=route.pk, reason="No.", actor=facilitator())

    def test_a_rejection_has_a_reason_that_everybody_reads(
        self, client: Client, route: LessonRoute, owner: User
    ) -> None:
        with pytest.raises(ValidationError, match="Say why"):
            reject_lesson(route_id=route.pk, reason=" ", actor=owner)
        assert reject_lesson(route_id=route.pk, reason="The step says so already.", actor=owner)
        route.lesson.refresh_from_db()
        assert route.lesson.uptake == Uptake.NONE
        client.force_login(UserFactory())
        body = client.get(route.lesson.get_absolute_url()).content.decode()
        assert "The step says so already." in body
        assert "Not taken up" in body

    def test_only_a_checked_effect_makes_it_learned(self, route: LessonRoute, owner: User) -> None:
        with pytest.raises(ValidationError, match="once the lesson is in the playbook"):
            check_effect(route_id=route.pk, seen="All good.", actor=owner)
        embed_lesson(route_id=route.pk, step_key=route.play.steps.raw_data[0]["value"]["key"], actor=owner)
        assert not Lesson.objects.get(pk=route.lesson_id).is_learned
        assert check_effect(route_id=route.pk, seen="No deferral in two quarters.", actor=facilitator())
        assert Lesson.objects.get(pk=route.lesson_id).is_learned
        route.refresh_from_db()
        assert route.state == RouteState.CHECKED

    def test_a_rejection_elsewhere_lowers_nothing(self, route: LessonRoute, owner: User) -> None:
        other = PlayPage.objects.get(code="P10")
        embed_lesson(route_id=route.pk, step_key=route.play.steps.raw_data[0]["value"]["key"], actor=owner)
        route_lesson(lesson_id=route.lesson_id, play_id=other.pk, actor=facilitator())
        second = LessonRoute.objects.get(lesson=route.lesson_id, play=other)
        PlayPage.objects.filter(pk=other.pk).update(play_owner=None)
        reject_lesson(route_id=second.pk, reason="Not here.", actor=facilitator())
        assert Lesson.objects.get(pk=route.lesson_id).uptake == Uptake.EMBEDDED

    def test_an_owner_who_may_not_read_the_lesson_is_not_asked(self, play: PlayPage, owner: User) -> None:
        lesson = LessonFactory(audience=PRACTITIONERS)
        with pytest.raises(ValidationError, match="may not read this lesson"):
            route_lesson(lesson_id=lesson.pk, play_id=play.pk, actor=facilitator(is_practitioner=True))


@pytest.mark.parametrize(
    ("start", "screen", "validate"),
    [
        (date(2026, 11, 2), date(2026, 11, 5), date(2026, 11, 23)),
        (date(2026, 11, 5), date(2026, 11, 10), date(2026, 11, 25)),
        (date(2026, 11, 7), date(2026, 11, 11), date(2026, 11, 27)),
        (date(2026, 11, 1), date(2026, 11, 4), date(2026, 11, 23)),
    ],
)
def test_due_days_are_working_days(start: date, screen: date, validate: date) -> None:
    assert deadlines.screening_due(start) == screen
    assert deadlines.validation_due(start) == validate


class TestDifferences:
    def test_words_that_came_and_went(self) -> None:
        found = [
            (piece.kind.value, piece.text.strip()) for piece in pieces("a late paper", "a very late text")
        ]
        assert ("ins", "very") in found
        assert ("del", "paper") in found
        assert ("ins", "text") in found

    @pytest.mark.parametrize("new", ["", "x " * 5_000, "same\nwords  with   blanks"])
    def test_the_pieces_hold_both_texts_whole(self, new: str) -> None:
        old = "same words with blanks"
        found = pieces(old, new)
        assert "".join(piece.text for piece in found if piece.kind != "ins") == old
        assert "".join(piece.text for piece in found if piece.kind != "del") == new

    def test_only_fields_that_differ_are_told(self) -> None:
        before = {"title": "One", "happened": "It came late.", "whys": "A\nB"}
        found = changed_fields(before, {**before, "whys": "A\nC"})
        assert [change.label for change in found] == ["Whys"]
