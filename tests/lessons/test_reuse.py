"""Used, seen again, helpful or not: counted once, shown as evidence, felt in search and lists, and never one's own."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry, StoredFact, Vocabulary
from lessons.choices import Status, UseOutcome, WhyNot
from lessons.models import Lesson, LessonUse, LessonVote
from lessons.reading.evidence import segments_of
from lessons.search_documents import lesson_document
from lessons.services.see_again import see_again
from lessons.services.use import Circumstances, Saving, use_lesson
from lessons.services.vote import vote
from lessons.views import responses
from people.models import User
from tests.lessons.factories import ExternalFactory, LessonFactory, term, vocabularies
from tests.lessons.pages import page, queries
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES_OF_DETAIL = 16


@pytest.fixture
def me(client: Client) -> User:
    """Somebody who is signed in."""
    person: User = UserFactory()
    client.force_login(person)
    return person


def counts(lesson: Lesson) -> tuple[int, ...]:
    """used, worked, adapted, seen again, helpful."""
    lesson.refresh_from_db()
    return (
        lesson.use_count,
        lesson.worked_count,
        lesson.adapted_count,
        lesson.seen_again_count,
        lesson.helpful_count,
    )


class TestServices:
    def test_uses_are_counted_by_outcome_told_and_audited(self) -> None:
        lesson = LessonFactory()
        for outcome in (*UseOutcome, UseOutcome.WORKED):
            assert use_lesson(lesson_id=lesson.pk, person=UserFactory(), outcome=outcome)
        assert counts(lesson) == (4, 2, 1, 0, 0)
        assert StoredFact.objects.filter(name="lesson_used").count() == 4
        assert AuditEntry.objects.filter(action="lesson.use").count() == 4

    def test_a_double_click_is_one_use_and_another_use_is_another(self) -> None:
        lesson, person = LessonFactory(), UserFactory()
        where = Circumstances(note="Seven days.")
        saving = Saving(days=3, money_musd=Decimal("0.5"))
        same = {"lesson_id": lesson.pk, "person": person, "outcome": UseOutcome.WORKED, "saving": saving}
        assert use_lesson(**same, where=where)
        assert not use_lesson(**same, where=where)
        assert use_lesson(**same, where=Circumstances(note="And again in June."))
        assert counts(lesson)[0] == 2

    def test_seen_again_counts_once_a_person(self) -> None:
        lesson, person = LessonFactory(), UserFactory()
        assert see_again(lesson_id=lesson.pk, person=person)
        assert not see_again(lesson_id=lesson.pk, person=person)
        see_again(lesson_id=lesson.pk, person=UserFactory())
        assert counts(lesson)[3] == 2

    def test_a_vote_is_one_and_can_be_changed(self) -> None:
        lesson, person = LessonFactory(), UserFactory()
        assert vote(lesson_id=lesson.pk, person=person, helpful=True)
        assert not vote(lesson_id=lesson.pk, person=person, helpful=True)
        assert counts(lesson)[4] == 1
        assert vote(lesson_id=lesson.pk, person=person, helpful=False, why_not=WhyNot.UNCLEAR)
        assert counts(lesson)[4] == 0
        assert LessonVote.objects.get().why_not == WhyNot.UNCLEAR
        assert vote(lesson_id=lesson.pk, person=person, helpful=True)
        assert LessonVote.objects.get().why_not == ""

    def test_the_trail_of_a_vote_holds_no_vote(self) -> None:
        vote(lesson_id=LessonFactory().pk, person=UserFactory(), helpful=False, why_not=WhyNot.WRONG)
        assert AuditEntry.objects.get(action="lesson.vote").changes == {"helpful": None, "why_not": None}

    def test_a_no_without_a_why_is_refused(self) -> None:
        with pytest.raises(ValidationError, match="Say why"):
            vote(lesson_id=LessonFactory().pk, person=UserFactory(), helpful=False)

    @pytest.mark.parametrize("verb", ["use", "see", "vote"])
    def test_ones_own_unpublished_and_external_lessons_take_none(self, verb: str) -> None:
        me = UserFactory()
        thanked = LessonFactory()
        thanked.credited.add(me)
        lessons = [
            LessonFactory(author=me),
            LessonFactory(owner=me),
            thanked,
            LessonFactory(status=Status.ARCHIVED),
            ExternalFactory(),
        ]
        verbs: dict[str, Any] = {
            "use": lambda pk: use_lesson(lesson_id=pk, person=me, outcome=UseOutcome.WORKED),
            "see": lambda pk: see_again(lesson_id=pk, person=me),
            "vote": lambda pk: vote(lesson_id=pk, person=me, helpful=True),
        }
        for lesson in lessons:
            with pytest.raises(ValidationError, match=r"not your own|archived meanwhile"):
                verbs[verb](lesson.pk)

    def test_search_knows_what_worked_or_was_adapted_and_what_helped(self) -> None:
        lesson = LessonFactory()
        for outcome in UseOutcome:
            use_lesson(lesson_id=lesson.pk, person=UserFactory(), outcome=outcome)
        vote(lesson_id=lesson.pk, person=UserFactory(), helpful=True)
        lesson.refresh_from_db()
        document = lesson_document(lesson)
        assert (document.reuse, document.helpful) == (2, 1)


class TestPages:
    def test_the_form_knows_the_readers_kind_of_alliance(self, client: Client, me: User) -> None:
        vocabularies()
        me.profile.alliance_types.add(term(Vocabulary.ALLIANCE_TYPE, "codev"))
        me.profile.phases.add(term(Vocabulary.LIFECYCLE_PHASE, "operate"))
        form = client.get(f"/lessons/{LessonFactory().key}/use/").context["form"]
        assert form.initial["alliance_type"].code == "codev"
        assert form.initial["phase"].code == "operate"

    def test_a_use_is_told_and_stands_as_evidence(self, client: Client, me: User) -> None:
        vocabularies()
        lesson = LessonFactory()
        posted = {
            "outcome": "adapted",
            "alliance_type": term(Vocabulary.ALLIANCE_TYPE, "codev").pk,
            "note": "We went to <b>seven</b> days.",
            "saved_days": "30",
        }
        answer = client.post(f"/lessons/{lesson.key}/use/", posted)
        assert answer["Location"] == f"{lesson.get_absolute_url()}#use"
        body = page(client, lesson.get_absolute_url())
        for words in (
            "We went to &lt;b&gt;seven&lt;/b&gt; days.",
            "It worked after a change",
            "30 working days saved",
            "Worked 0, Adapted 1, Did not 0",
        ):
            assert words in body
        assert me.name not in body.split('id="use"')[1].split("</section>")[0]

    @pytest.mark.parametrize(
        ("posted", "words"),
        [
            ({}, "This field is required"),
            ({"outcome": "worked", "saved_days": "-1"}, "greater than or equal to 0"),
            ({"outcome": "worked", "note": "x" * 1001}, "at most 1000"),
        ],
    )
    def test_faults_are_told_and_nothing_typed_is_lost(
        self, client: Client, me: User, posted: dict[str, str], words: str
    ) -> None:
        answer = client.post(f"/lessons/{LessonFactory().key}/use/", {"note": "Kept.", **posted})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert posted.get("note", "Kept.") in answer.content.decode()
        assert not LessonUse.objects.exists()

    def test_vote_change_and_seen_again_without_script(self, client: Client, me: User) -> None:
        lesson = LessonFactory()
        address = lesson.get_absolute_url()
        client.post(f"{address}helpful/")
        assert "It helped you" in page(client, address)
        client.post(f"{address}not-helpful/", {"why_not": "unclear", "note": ""})
        assert "Did not help you: I do not see what to do" in page(client, address)
        client.post(f"{address}seen/", {"note": ""})
        body = page(client, address)
        assert "You saw it again" in body
        assert "Seen again once" in body
        assert client.post(f"{address}not-helpful/", {"note": ""}).status_code == 422

    def test_why_not_is_for_those_who_can_mend_it(self, client: Client, me: User) -> None:
        author = UserFactory()
        lesson = LessonFactory(author=author)
        vote(lesson_id=lesson.pk, person=me, helpful=False, why_not=WhyNot.OUTDATED, note="The form is gone.")
        assert "Outdated (1)" not in page(client, lesson.get_absolute_url())
        assert "The form is gone." not in page(client, lesson.get_absolute_url())
        client.force_login(author)
        assert "Outdated (1)" in page(client, lesson.get_absolute_url())
        assert "The form is gone." in page(client, lesson.get_absolute_url())

    def test_an_author_is_offered_no_answer_to_their_own(self, client: Client, me: User) -> None:
        lesson = LessonFactory(author=me)
        assert "I used this" not in page(client, lesson.get_absolute_url())
        for part in ("use", "seen", "not-helpful"):
            assert client.get(f"{lesson.get_absolute_url()}{part}/").status_code == 404
        assert client.post(f"{lesson.get_absolute_url()}helpful/").status_code == 404

    def test_all_uses_are_reached_page_by_page(self, client: Client, me: User) -> None:
        lesson = LessonFactory(use_count=12, worked_count=12)
        for number in range(12):
            LessonUse.objects.create(lesson=lesson, person=me, outcome="worked", note=f"Use {number}.")
        seen: list[str] = []
        query = ""
        while query is not None:
            uses = client.get(lesson.get_absolute_url(), {"uses": query}).context["evidence"].uses
            seen += [use.note for use in uses.rows]
            query = uses.next_cursor
        assert seen == [f"Use {number}." for number in reversed(range(12))]

    def test_lists_and_cards_say_how_often_and_sort_by_it(self, client: Client, me: User) -> None:
        LessonFactory(title="Seldom", use_count=1, worked_count=0)
        LessonFactory(title="Often", use_count=9, worked_count=7)
        LessonFactory(title="Never")
        body = page(client, "/lessons/?sort=used")
        assert body.index("Often") < body.index("Seldom") < body.index("Never")
        assert "Used 9 times, worked 7" in body
        assert "Used once, worked 0" in body
        assert "Used 9 times, worked 7" in page(client, "/")

    def test_the_order_stays_from_page_to_page_and_with_filters(self, client: Client, me: User) -> None:
        for number in range(40):
            LessonFactory(use_count=number)
        first = client.get("/lessons/?sort=used&outcome=negative")
        assert "outcome=negative&amp;sort=used&amp;after=" in first.content.decode()
        cursor = first.context["page"].next_cursor
        second = client.get("/lessons/", {"sort": "used", "after": cursor})
        shown = [lesson.use_count for lesson in (*first.context["page"].rows, *second.context["page"].rows)]
        assert shown == list(reversed(range(40)))
        assert "sort=used" in first.context["chosen"][0].without

    def test_the_queries_do_not_grow_with_uses(self, client: Client, me: User) -> None:
        vocabularies()
        lesson = LessonFactory(use_count=1, worked_count=1)
        LessonUse.objects.create(lesson=lesson, person=me, outcome="worked")
        before = queries(client, lesson.get_absolute_url())
        phase = term(Vocabulary.LIFECYCLE_PHASE, "operate")
        LessonUse.objects.bulk_create(
            LessonUse(lesson=lesson, person=me, outcome="worked", phase=phase, note="x") for _n in range(199)
        )
        assert queries(client, lesson.get_absolute_url()) == before
        assert before <= MOST_QUERIES_OF_DETAIL


@pytest.mark.parametrize("counts", [(0, 0, 0), (9, 7, 2), (3, 1, 1), (7, 0, 0)])
def test_the_bar_is_as_long_as_all_uses(counts: tuple[int, int, int]) -> None:
    used, worked, adapted = counts
    parts = segments_of(Lesson(use_count=used, worked_count=worked, adapted_count=adapted))
    assert [part.count for part in parts] == [worked, adapted, used - worked - adapted]
    assert sum(float(part.width) for part in parts) == pytest.approx(100 if used else 0, abs=0.05)


@pytest.mark.parametrize("verb", ["use", "seen", "not_helpful", "helpful"])
def test_a_lesson_archived_while_somebody_typed_says_so_and_keeps_the_words(
    client: Client, me: User, verb: str
) -> None:
    lesson = LessonFactory(status=Status.ARCHIVED)
    typed = {"outcome": UseOutcome.WORKED, "why_not": WhyNot.values[0], "note": "It saved a week."}
    answer = client.post(reverse(f"lessons:{verb}", args=[lesson.key]), typed, follow=verb == "helpful")
    assert "archived meanwhile" in answer.content.decode()
    assert verb == "helpful" or "It saved a week." in answer.content.decode()


@pytest.mark.parametrize("verb", ["use", "seen", "not_helpful", "helpful"])
def test_a_lesson_archived_while_somebody_answers_says_so_and_keeps_the_words(
    client: Client, me: User, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    """Between the look-up of the page and the lock of the service."""
    lesson = LessonFactory()
    found = responses.found_lesson

    def found_and_archived(reader: object, key: str) -> Lesson:
        known = found(reader, key)
        Lesson.objects.filter(pk=known.pk).update(status=Status.ARCHIVED)
        return known

    monkeypatch.setattr(responses, "found_lesson", found_and_archived)
    typed = {"outcome": UseOutcome.WORKED, "why_not": WhyNot.values[0], "note": "It saved a week."}
    answer = client.post(reverse(f"lessons:{verb}", args=[lesson.key]), typed, follow=verb == "helpful")
    said = answer.content.decode()
    assert answer.status_code == (200 if verb == "helpful" else 422)
    assert "archived meanwhile" in said
    assert verb == "helpful" or "It saved a week." in said
    assert not LessonUse.objects.exists()
    assert not LessonVote.objects.exists()
