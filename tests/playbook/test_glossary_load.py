"""The glossary of the starter content: loaded once, never over what somebody wrote, edited or took out."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from core.models import AuditEntry
from playbook.models import GlossaryArea, GlossaryTerm
from playbook.services.delete_term import delete_term
from playbook.services.load_glossary import load_glossary
from playbook.services.save_term import FIELDS, save_term
from search.models import IndexEntry
from tests.playbook.factories import make_person, make_term

pytestmark = pytest.mark.django_db
JSC: dict[str, Any] = {
    "term": "Joint Steering Committee",
    "abbreviation": "JSC",
    "definition": "The senior joint body.",
    "also": ["steerco"],
    "confuse": None,
    "area": "Governance",
}
CREDIT = {**JSC, "term": "Milestone", "abbreviation": None, "area": "Value and money"}


def load(folder: Path, *entries: dict[str, Any]) -> tuple[int, int, int, int]:
    """Loads a file with these entries: created, updated, unchanged, kept."""
    (folder / "glossary.yaml").write_text(yaml.safe_dump(list(entries)), encoding="utf-8")
    counts = load_glossary(content_dir=folder)
    return counts.created, counts.updated, counts.unchanged, counts.kept


def test_every_entry_of_the_file_is_there_with_every_field_and_in_search() -> None:
    source = yaml.safe_load((settings.CONTENT_DIR / "glossary.yaml").read_text(encoding="utf-8"))
    counts = load_glossary()
    assert counts.created == len(source) == GlossaryTerm.objects.count()
    assert IndexEntry.objects.filter(kind="term").count() == len(source)
    for entry in source:
        term = GlossaryTerm.objects.get(term=entry["term"])
        shown = [term.abbreviation, term.definition, term.also, term.confuse, term.get_area_display()]
        assert shown == [
            entry["abbreviation"] or "",
            entry["definition"],
            entry["also"],
            entry["confuse"] or "",
            entry["area"],
        ]
    assert {entry["area"] for entry in source} == {str(label) for label in GlossaryArea.labels}


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, JSC, CREDIT) == (2, 0, 0, 0)
    acts, versions = AuditEntry.objects.count(), list(GlossaryTerm.objects.values("pk", "search_version"))
    assert load(tmp_path, JSC, CREDIT) == (0, 0, 2, 0)
    assert AuditEntry.objects.count() == acts
    assert list(GlossaryTerm.objects.values("pk", "search_version")) == versions


def test_a_changed_entry_is_written_again_under_the_same_address(tmp_path: Path) -> None:
    load(tmp_path, JSC, CREDIT)
    before = GlossaryTerm.objects.get(abbreviation="JSC")
    assert load(tmp_path, {**JSC, "definition": "The board of the alliance."}, CREDIT) == (0, 1, 1, 0)
    after = GlossaryTerm.objects.get(abbreviation="JSC")
    assert (after.pk, after.slug, after.definition) == (before.pk, before.slug, "The board of the alliance.")
    assert load(tmp_path, {**JSC, "definition": "Changed again."}, CREDIT) == (0, 1, 1, 0)


@pytest.mark.parametrize("name", FIELDS)
def test_an_edit_of_any_field_is_kept_whatever_the_file_says(tmp_path: Path, name: str) -> None:
    load(tmp_path, JSC)
    term = GlossaryTerm.objects.get()
    ours: Any = ["our own"] if name == "also" else GlossaryArea.PEOPLE if name == "area" else "Our own"
    setattr(term, name, ours)
    save_term(term=term, actor=make_person())
    assert load(tmp_path, {**JSC, "definition": "New in the file."}) == (0, 0, 0, 1)
    assert getattr(GlossaryTerm.objects.get(), name) == ours


def test_a_deleted_term_does_not_come_back(tmp_path: Path) -> None:
    load(tmp_path, JSC, CREDIT)
    delete_term(term=GlossaryTerm.objects.get(abbreviation="JSC"), actor=make_person())
    assert load(tmp_path, JSC, CREDIT) == (0, 0, 1, 1)
    assert load(tmp_path, {**JSC, "definition": "New in the file."}, CREDIT) == (0, 0, 1, 1)
    assert GlossaryTerm.objects.get().term == "Milestone"


def test_a_term_that_somebody_wrote_before_is_theirs(tmp_path: Path) -> None:
    make_term("Joint Steering Committee", definition="As we say.")
    assert load(tmp_path, JSC) == (0, 0, 0, 1)
    assert GlossaryTerm.objects.get().definition == "As we say."


def test_an_unknown_area_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=re.escape("'weather' is not a valid GlossaryArea")):
        load(tmp_path, JSC, {**CREDIT, "area": "Weather"})
    assert not GlossaryTerm.objects.exists()
    assert not IndexEntry.objects.exists()


def test_two_terms_of_one_name_get_two_addresses_and_none_takes_one_of_the_page() -> None:
    names = ["Sponsor", "Sponsor", "Sponsor", "Main", "&"]
    assert [make_term(name).slug for name in names] == [
        "sponsor",
        "sponsor-2",
        "sponsor-3",
        "main-2",
        "term",
    ]


def test_a_renamed_term_keeps_its_address_and_saving_the_same_is_no_act() -> None:
    term = make_term("Kickoff")
    term.term = "Kick-off meeting"
    assert save_term(term=term, actor=make_person())
    assert GlossaryTerm.objects.get().slug == "kickoff"
    acts = AuditEntry.objects.count()
    assert not save_term(term=GlossaryTerm.objects.get(), actor=make_person())
    assert AuditEntry.objects.count() == acts
    assert AuditEntry.objects.get(action="glossary.edit").changes == {"term": ["Kickoff", "Kick-off meeting"]}
