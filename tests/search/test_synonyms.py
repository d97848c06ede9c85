"""Synonym groups: lint, the loader that never overwrites an edit, and edits that count at once."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.forms import ModelForm

from search.lint import MAX_TERMS, distinct, lint_group
from search.models import SynonymGroup
from search.parsing import parse
from search.services.load_synonyms import load_synonyms
from search.wagtail_hooks import SynonymGroupViewSet

pytestmark = pytest.mark.django_db


def test_the_projects_own_file_is_sound_and_loads_once() -> None:
    first, second = load_synonyms(), load_synonyms()
    assert first.written == SynonymGroup.objects.count() >= 100
    assert (second.written, second.unchanged) == (0, first.written)
    assert parse("JSC").also_meant == ("joint steering committee", "steerco")
    assert "new drug application" in parse("nda").possible_meanings


def test_an_edited_group_stays_and_a_changed_file_reaches_the_others(tmp_path: Path) -> None:
    file = tmp_path / "synonyms.yaml"
    file.write_text("groups:\n- terms: [aa1, bb1]\n- terms: [cc1, dd1]\n", encoding="utf-8")
    load_synonyms(path=file)
    SynonymGroup.objects.filter(origin="aa1").update(terms=["aa1", "mine"], edited=True)
    file.write_text("groups:\n- terms: [aa1, theirs]\n- terms: [cc1, new1]\n", encoding="utf-8")
    assert load_synonyms(path=file).written == 1
    assert list(SynonymGroup.objects.values_list("terms", flat=True)) == [["aa1", "mine"], ["cc1", "new1"]]


def test_an_unsound_file_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "synonyms.yaml"
    file.write_text("groups:\n- terms: [aa1, bb1]\n- terms: [bb1, cc1]\n", encoding="utf-8")
    with pytest.raises(ValueError, match="Another group has “bb1” already"):
        load_synonyms(path=file)
    assert not SynonymGroup.objects.exists()


def test_an_edit_counts_at_once() -> None:
    group = SynonymGroup.objects.create(terms=["aa1", "bb1"])
    assert parse("aa1").also_meant == ("bb1",)
    group.terms = ["aa1", "cc1"]
    group.save()
    assert parse("aa1").also_meant == ("cc1",)
    group.active = False
    group.save()
    assert parse("aa1").also_meant == ()
    group.delete()
    assert parse("aa1").also_meant == ()


def test_own_words_need_no_table(django_assert_num_queries: object) -> None:
    SynonymGroup.objects.create(terms=["aa1", "bb1"])
    assert parse("aa1", own_words=True).also_meant == ()


@pytest.mark.parametrize(
    ("terms", "means", "ambiguous", "message"),
    [
        ([], [], {}, "needs a term"),
        (["a1"], [], {}, "needs something it means"),
        (["a1", "A1"], [], {}, "stands here twice"),
        (["kick-off", "kick off"], [], {}, "stands here twice"),
        (["a1"], ["b1", "B1"], {}, "meaning stands here twice"),
        (["a1"], ["a1"], {}, "cannot mean itself"),
        (["a1", "***"], [], {}, "needs a letter"),
        (["a1", "b1"], [], {"c1": None}, "can be ambiguous"),
        ("a1", [], {}, "must be a list"),
        (["a1", 7], [], {}, "must be a list"),
        (["a1", "b1"], [], ["a1"], "must map"),
        (["a1", "taken"], [], {}, "Another group"),
        ([f"t{number}" for number in range(MAX_TERMS + 1)], [], {}, "at most"),
    ],
)
def test_lint(terms: object, means: object, ambiguous: object, message: str) -> None:
    assert any(message in problem for problem in lint_group(terms, means, ambiguous, others=["Taken"]))


def test_a_sound_group_passes() -> None:
    assert lint_group(["nda", "confidentiality agreement"], ["secret"], {"nda": None}, others=["jsc"]) == []


def test_distinct_keeps_the_first_spelling() -> None:
    assert distinct(["kickoff", "kick-off", "kick off", "launch meeting"]) == [
        "kickoff",
        "kick-off",
        "launch meeting",
    ]


def test_the_admin_refuses_a_term_of_another_group() -> None:
    SynonymGroup.objects.create(terms=["aa1", "bb1"])
    with pytest.raises(ValidationError):
        SynonymGroup(terms=["bb1", "cc1"]).full_clean()


def test_the_admin_takes_one_term_a_line_and_marks_the_edit() -> None:
    form_class: type[ModelForm[SynonymGroup]] = SynonymGroupViewSet().get_edit_handler().get_form_class()
    group = SynonymGroup.objects.create(terms=["aa1", "bb1"], origin="aa1")
    assert form_class(instance=group)["terms"].value() == "aa1\nbb1"
    form = form_class(
        {"terms": "aa1\r\n cc1 \r\n\r\n", "means": "", "ambiguous": "{}", "active": "on"}, instance=group
    )
    assert form.is_valid(), form.errors
    form.save()
    group.refresh_from_db()
    assert (group.terms, group.means, group.edited) == (["aa1", "cc1"], [], True)
