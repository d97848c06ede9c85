"""The verbs: publish, archive, audience, cite, save and the starter loader. Each audited, indexed and idempotent."""

from pathlib import Path
from shutil import copytree

import pytest
import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.audiences import COMMUNITY, NOBODY, PRACTITIONERS, function_token
from core.content import read_yaml
from core.models import AuditEntry, StoredFact, Vocabulary
from lessons.choices import Stage, Status, Uptake, stage_of
from lessons.models import Lesson
from lessons.services.archive import archive_lesson
from lessons.services.audience import change_audience
from lessons.services.publish import publish_lesson
from lessons.services.save import save_lesson
from lessons.services.starter import load_starter_lessons
from search.models import IndexEntry
from tests.lessons.factories import ExternalFactory, LessonFactory, term, vocabularies
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def found_in_search(lesson: Lesson) -> bool:
    """Whether the index in the database holds it."""
    return IndexEntry.objects.filter(kind="lesson", object_id=lesson.pk).exists()


def acts(lesson: Lesson) -> list[str]:
    """What the trail says of a lesson, oldest first."""
    entries = AuditEntry.objects.filter(object_type="lessons.lesson", object_id=str(lesson.pk))
    return list(entries.order_by("id").values_list("action", flat=True))


class TestPublishing:
    def test_it_becomes_readable_found_audited_and_told(self) -> None:
        lesson = LessonFactory(status=Status.SCREENED)
        steward = UserFactory(roles=("steward",))
        assert publish_lesson(lesson_id=lesson.pk, actor=steward)
        lesson.refresh_from_db()
        assert lesson.status == Status.PUBLISHED
        assert found_in_search(lesson)
        assert acts(lesson) == ["lesson.publish"]
        told = dict(StoredFact.objects.values_list("name", "payload"))
        assert told["lesson_published"] == {"lesson_id": lesson.pk}
        assert told["lesson_moved"]["status"] == Status.PUBLISHED

    def test_a_second_time_changes_nothing(self) -> None:
        lesson = LessonFactory()
        assert not publish_lesson(lesson_id=lesson.pk, actor=None)
        assert (acts(lesson), StoredFact.objects.count()) == ([], 0)

    def test_everything_that_is_missing_is_told_at_once(self) -> None:
        author = UserFactory()
        lesson = LessonFactory(status=Status.SCREENED, quality=3, recommendation=" ", author=author)
        with pytest.raises(ValidationError) as refused:
            publish_lesson(lesson_id=lesson.pk, actor=author)
        assert len(refused.value.messages) == 3
        assert acts(lesson) == []

    def test_quality_four_is_enough(self) -> None:
        assert publish_lesson(lesson_id=LessonFactory(status=Status.DRAFT, quality=4).pk, actor=None)


class TestArchiving:
    def test_it_stays_readable_and_leaves_search(self) -> None:
        lesson = LessonFactory(status=Status.SCREENED)
        publish_lesson(lesson_id=lesson.pk, actor=None)
        assert archive_lesson(lesson_id=lesson.pk, actor=None, reason="Overtaken.")
        assert not found_in_search(lesson)
        assert Lesson.objects.visible_to(UserFactory()).filter(pk=lesson.pk).exists()
        assert not archive_lesson(lesson_id=lesson.pk, actor=None)
        assert acts(lesson) == ["lesson.publish", "lesson.archive"]

    def test_what_was_never_published_is_refused(self) -> None:
        with pytest.raises(ValidationError):
            archive_lesson(lesson_id=LessonFactory(status=Status.DRAFT).pk, actor=None)


class TestAudience:
    def test_a_narrowing_holds_at_once_everywhere(self) -> None:
        member, lesson = UserFactory(), LessonFactory()
        assert change_audience(lesson_id=lesson.pk, audience=PRACTITIONERS, actor=None)
        assert not Lesson.objects.visible_to(member).exists()
        assert IndexEntry.objects.get(object_id=lesson.pk).audience == PRACTITIONERS
        assert AuditEntry.objects.get().changes == {"audience": [COMMUNITY, PRACTITIONERS]}
        assert not change_audience(lesson_id=lesson.pk, audience=PRACTITIONERS, actor=None)

    @pytest.mark.parametrize("token", [NOBODY, "everybody", "", "function:", "function:unknown", "team:1"])
    def test_a_token_nobody_can_hold_is_refused(self, token: str) -> None:
        with pytest.raises(ValidationError):
            change_audience(lesson_id=LessonFactory().pk, audience=token, actor=None)

    def test_a_business_function_is_an_audience(self) -> None:
        term(Vocabulary.BUSINESS_FUNCTION, "safety")
        lesson = LessonFactory()
        assert change_audience(lesson_id=lesson.pk, audience=function_token("safety"), actor=None)
        assert Lesson.objects.visible_to(UserFactory(business_function="safety")).exists()


class TestSaving:
    def test_only_what_differs_is_recorded(self) -> None:
        lesson = LessonFactory()
        lesson.title = "New"
        assert save_lesson(lesson=lesson, causes=[], actor=None)
        assert set(AuditEntry.objects.get().changes) == {"title"}

    def test_nothing_changed_writes_nothing(self) -> None:
        lesson = LessonFactory()
        assert not save_lesson(lesson=lesson, causes=[], actor=None)
        assert acts(lesson) == []

    def test_causes_alone_are_a_change(self) -> None:
        lesson, cause = LessonFactory(), term(Vocabulary.CAUSE, "turnover")
        assert save_lesson(lesson=lesson, causes=[cause], actor=None)
        assert AuditEntry.objects.get().changes == {"causes": ["", "turnover"]}
        assert not save_lesson(lesson=lesson, causes=[cause], actor=None)

    def test_long_texts_are_cut_in_the_trail(self) -> None:
        lesson = LessonFactory()
        lesson.happened = "x" * 5_000
        save_lesson(lesson=lesson, causes=[], actor=None)
        assert len(AuditEntry.objects.get().changes["happened"][1]) == 200

    def test_a_way_around_the_rules_of_publication_is_closed(self) -> None:
        lesson = LessonFactory(status=Status.DRAFT, quality=1)
        lesson.status = Status.PUBLISHED
        with pytest.raises(ValidationError):
            save_lesson(lesson=lesson, causes=[], actor=None)


class TestScales:
    @pytest.mark.parametrize("uptake", Uptake)
    def test_before_publication_it_is_an_observation(self, uptake: Uptake) -> None:
        for status in (Status.DRAFT, Status.SUBMITTED, Status.SCREENED, Status.RETURNED):
            assert stage_of(status, uptake) == Stage.OBSERVATION

    def test_only_a_checked_effect_makes_it_learned(self) -> None:
        stages = {uptake: stage_of(Status.PUBLISHED, uptake) for uptake in Uptake}
        assert stages.pop(Uptake.CHECKED) == Stage.LEARNED
        assert set(stages.values()) == {Stage.IDENTIFIED}

    def test_a_lesson_tells_its_stage(self) -> None:
        for status in Status:
            for uptake in Uptake:
                assert Lesson(status=status, uptake=uptake).stage == stage_of(status, uptake)

    def test_codes_are_those_of_the_vocabularies(self) -> None:
        document = read_yaml(settings.CONTENT_DIR / "vocabularies.yaml")
        codes = {each["name"]: [term["code"] for term in each["terms"]] for each in document["vocabularies"]}
        assert codes["lesson_status"] == Status.values
        assert codes["lesson_uptake"] == Uptake.values


class TestDatabaseRules:
    @pytest.mark.parametrize(
        "fields",
        [
            {"quality": 6},
            {"is_external": True},
            {"external_key": "7"},
            {"code": "TWICE"},
        ],
    )
    def test_the_database_refuses_what_contradicts_itself(self, fields: dict[str, object]) -> None:
        LessonFactory(code="TWICE")
        with pytest.raises(IntegrityError), transaction.atomic():
            LessonFactory(**fields)

    def test_a_key_is_used_once_in_its_source(self) -> None:
        ExternalFactory(external_key="1")
        with pytest.raises(IntegrityError), transaction.atomic():
            ExternalFactory(external_key="1")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the starter content that a test may change."""
    for folder in ("lessons", "plays"):
        copytree(settings.CONTENT_DIR / folder, tmp_path / folder)
    vocabularies()
    return tmp_path


def changed(folder: Path, code: str, **values: object) -> None:
    """Changes a lesson's file."""
    path = folder / "lessons" / f"{code}.yaml"
    raw = read_yaml(path)
    path.write_text(yaml.safe_dump({**raw, **values}), encoding="utf-8")


class TestStarterLessons:
    def test_every_field_of_every_file_arrives(self, content: Path) -> None:
        load_starter_lessons(content_dir=content)
        for path in (content / "lessons").glob("*.yaml"):
            raw = read_yaml(path)
            lesson = Lesson.objects.get(code=raw["code"])
            for name in ("title", "summary", "context", "planned", "happened", "whys", "recommendation"):
                assert getattr(lesson, name) == raw[name]
            for name in ("outcome", "recorded", "quality", "status", "uptake"):
                assert getattr(lesson, name) == raw[name]
            for name in ("phase", "component", "activity", "habit", "role_area", "risk_kind"):
                assert getattr(lesson, name).code == raw[name]
            assert {lesson.alliance_type.code, lesson.partner_type.code} == {
                raw["alliance_type"],
                raw["partner_type"],
            }
            assert {cause.code for cause in lesson.causes.all()} == set(raw["causes"])
            money = raw["impact"]["money_musd"]
            assert (
                lesson.impact_money_musd is None
                if money is None
                else float(lesson.impact_money_musd) == money
            )
            assert (lesson.impact_days, lesson.impact_text) == (raw["impact"]["days"], raw["impact"]["text"])

    def test_a_second_load_changes_nothing(self, content: Path) -> None:
        assert load_starter_lessons(content_dir=content).created == 25
        before = list(Lesson.objects.order_by("pk").values())
        again = load_starter_lessons(content_dir=content)
        assert (again.created, again.updated, again.kept) == (0, 0, 25)
        assert list(Lesson.objects.order_by("pk").values()) == before

    def test_a_new_text_in_the_file_reaches_an_untouched_lesson(self, content: Path) -> None:
        load_starter_lessons(content_dir=content)
        changed(content, "L01", title="From the file")
        assert load_starter_lessons(content_dir=content).updated == 1
        assert Lesson.objects.get(code="L01").title == "From the file"

    def test_an_edit_is_never_overwritten(self, content: Path) -> None:
        load_starter_lessons(content_dir=content)
        lesson = Lesson.objects.get(code="L01")
        lesson.title = "Edited"
        save_lesson(lesson=lesson, causes=list(lesson.causes.all()), actor=None)
        archive_lesson(lesson_id=Lesson.objects.get(code="L02").pk, actor=None)
        changed(content, "L01", title="From the file")
        changed(content, "L02", title="From the file")
        assert load_starter_lessons(content_dir=content).updated == 0
        assert Lesson.objects.get(code="L01").title == "Edited"
        assert Lesson.objects.get(code="L02").status == Status.ARCHIVED
