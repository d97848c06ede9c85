"""Submitting a lesson: its code, its way, who is named, and what is kept of similar ones."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from core.audiences import NOBODY, PRACTITIONERS
from core.models import AuditEntry, StoredFact, Vocabulary
from lessons.choices import Likeness, Outcome, ReviewAct, Status
from lessons.models import Lesson, LessonReview, LikenessAnswer
from lessons.services.give_code import next_code
from lessons.services.submit import submit_lesson
from people.models import User
from tests.lessons.factories import ExternalFactory, LessonFactory, term
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> User:
    return UserFactory()


def written(**fields: object) -> Lesson:
    """A lesson that was not saved."""
    return Lesson(
        **{
            "title": "Samples waited for a form",
            "happened": "The samples stood at customs for **12 days**, because a form was missing and nobody knew of it.",
            "whys": ["Nobody knew of the form", "No list of forms is kept"],
            "recommendation": "The alliance manager has logistics list the forms before the first shipment.",
            "outcome": Outcome.NEGATIVE,
            "impact_days": 12,
            "alliance_type": term(Vocabulary.ALLIANCE_TYPE, "codev"),
            "phase": term(Vocabulary.LIFECYCLE_PHASE, "startup"),
            **fields,
        }
    )


def test_it_stands_submitted_with_code_review_audit_and_fact(author: User) -> None:
    LessonFactory(code="L25")
    lesson = Lesson.objects.get(pk=submit_lesson(lesson=written(), author=author).pk)
    assert (lesson.code, lesson.status, lesson.quality) == ("L26", Status.SUBMITTED, 5)
    assert lesson.submitted is not None
    assert "<strong>12 days</strong>" in lesson.rendered["happened"][0]
    review = LessonReview.objects.get(lesson=lesson)
    assert (review.act, review.by, "happened" in review.texts) == (ReviewAct.SUBMITTED, author, True)
    entry = AuditEntry.objects.get(object_id=str(lesson.pk), action="lesson.submit")
    assert entry.actor == author
    fact = StoredFact.objects.get(name="lesson_moved")
    assert fact.payload == {"lesson_id": lesson.pk, "status": "submitted", "actor_id": author.pk}


def test_names_that_were_not_called_harmless_cost_a_point(author: User) -> None:
    assert submit_lesson(lesson=written(), author=author, names=["Corvexa"]).quality == 4


def test_nothing_but_the_row_knows_an_unnamed_author(author: User) -> None:
    lesson = submit_lesson(lesson=written(unnamed=True), author=author)
    assert lesson.author == author
    assert LessonReview.objects.get(lesson=lesson).by is None
    assert not AuditEntry.objects.filter(actor=author).exists()
    assert StoredFact.objects.get(name="lesson_moved").payload["actor_id"] is None


@pytest.mark.parametrize("audience", [PRACTITIONERS, "function:safety", NOBODY, "everybody"])
def test_an_audience_the_author_is_not_in_is_refused(author: User, audience: str) -> None:
    with pytest.raises(ValidationError):
        submit_lesson(lesson=written(audience=audience), author=author)
    assert not Lesson.objects.exists()


def test_answers_about_lessons_the_author_cannot_see_are_dropped(author: User) -> None:
    seen = LessonFactory()
    others = [
        LessonFactory(audience=PRACTITIONERS),
        LessonFactory(status=Status.ARCHIVED),
        ExternalFactory(),
    ]
    answers = {other.pk: Likeness.SAME for other in (seen, *others)} | {987654: Likeness.SAME}
    lesson = submit_lesson(lesson=written(), author=author, likenesses=answers)
    assert list(LikenessAnswer.objects.values_list("lesson", "other", "answer")) == [
        (lesson.pk, seen.pk, Likeness.SAME)
    ]


@pytest.mark.parametrize(
    ("codes", "following"),
    [
        ((), "L01"),
        (("L07",), "L08"),
        (("L25", "X99", "L9x"), "L26"),
        (("L99",), "L100"),
        (("L100", "L99"), "L101"),
    ],
)
def test_the_next_free_code(codes: tuple[str, ...], following: str) -> None:
    for code in codes:
        LessonFactory(code=code)
    assert next_code() == following


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_a_code_each(at_once: Callable[..., list[str]]) -> None:
    author = UserFactory()
    term(Vocabulary.ALLIANCE_TYPE, "codev")
    term(Vocabulary.LIFECYCLE_PHASE, "startup")
    codes = at_once(
        12, lambda number: submit_lesson(lesson=written(title=f"Samples, case {number}"), author=author).code
    )
    assert sorted(codes) == [f"L{number:02d}" for number in range(1, 13)]
