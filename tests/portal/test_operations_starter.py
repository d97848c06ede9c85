"""The starter content comes once, keeps every edit, and leaves out what is invented where it is told to.

Loading all of it takes seconds, so one load serves several assertions here.
"""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from wagtail.models import Site

from core.models import AuditEntry, Term, Vocabulary
from core.services.load_vocabularies import load_vocabularies
from core.services.record import record
from lessons.models import Lesson
from people.models import User
from playbook.models import GlossaryTerm, PlayPage, ToolPage
from playbook.services.delete_term import delete_term
from portal.starter import FIRST_STEPS, LOADED, loaded_steps, steps

pytestmark = pytest.mark.django_db
INVENTED_PEOPLE = 30


def expected() -> dict[str, int]:
    """How many files of each kind the content has."""
    return {
        "PlayPage": len(list((settings.CONTENT_DIR / "plays").glob("*.yaml"))),
        "ToolPage": len(list((settings.CONTENT_DIR / "tools").glob("*.yaml"))),
        "Lesson": len(list((settings.CONTENT_DIR / "lessons").glob("*.yaml"))),
    }


def counts() -> dict[str, int]:
    """How many there are in the database."""
    return {model.__name__: model._default_manager.count() for model in (PlayPage, ToolPage, Lesson)}


def test_loading_again_makes_nothing_twice_and_keeps_edits() -> None:
    call_command("load_starter", stdout=StringIO())
    assert counts() == expected()
    assert User.objects.filter(is_demo=True).count() == INVENTED_PEOPLE
    assert PlayPage.objects.exclude(play_owner=None).exists()
    terms = Term.objects.count()

    Term.objects.filter(vocabulary=Vocabulary.HABIT, code="H1").update(label="Worth and danger")
    play = PlayPage.objects.get(code="P09")
    play.title = "Our own governance"
    play.save_revision().publish()
    again = StringIO()
    call_command("load_starter", stdout=again)

    assert counts() == expected()
    assert Term.objects.count() == terms
    assert Term.objects.get(vocabulary=Vocabulary.HABIT, code="H1").label == "Worth and danger"
    assert PlayPage.objects.get(code="P09").title == "Our own governance"
    assert f"0 created, {terms} kept" in again.getvalue()
    assert not DBTaskResult.objects.ready().exists()


def test_preparing_leaves_out_what_is_invented_and_never_brings_back_what_was_deleted() -> None:
    assert not loaded_steps()
    call_command("prepare", demo=False, verbosity=0)
    assert counts() == expected()
    assert not User.objects.exists()
    assert not PlayPage.objects.exclude(play_owner=None).exists()
    assert AuditEntry.objects.get(action="load_starter").origin == "load_starter"

    PlayPage.objects.get(code="P30").delete()
    delete_term(term=GlossaryTerm.objects.get(abbreviation="JSC"), actor=None)
    call_command("prepare", demo=False, verbosity=0)
    assert not PlayPage.objects.filter(code="P30").exists()
    assert not GlossaryTerm.objects.filter(abbreviation="JSC").exists()
    assert AuditEntry.objects.filter(action=LOADED).count() == 1

    call_command("prepare", demo=True, verbosity=0)
    assert not User.objects.exists()


def test_a_portal_that_was_started_before_gets_what_is_new_and_nothing_else() -> None:
    """As one whose first load named no steps: it had everything but the glossary."""
    record(actor=None, action=LOADED, target=Site.objects.get())
    assert loaded_steps() == FIRST_STEPS
    told = StringIO()
    call_command("prepare", stdout=told)
    brought = {step.name for step in steps(demo=False)} - FIRST_STEPS
    assert "glossary" in brought
    assert {line.split()[0] for line in told.getvalue().splitlines() if line.startswith("  ")} == brought
    assert GlossaryTerm.objects.exists()
    assert not PlayPage.objects.exists()
    assert not User.objects.exists()

    again = StringIO()
    call_command("load_starter", new=True, stdout=again)
    assert again.getvalue() == ""


def test_vocabularies_keep_parents_order_and_crosswalks() -> None:
    made = load_vocabularies(content=settings.CONTENT_DIR)
    assert made.created == Term.objects.count() > 0
    activity = Term.objects.get(vocabulary=Vocabulary.ACTIVITY, code="CE2")
    assert activity.parent == Term.objects.get(vocabulary=Vocabulary.COMPONENT, code="CE")
    phases = list(Term.objects.of(Vocabulary.LIFECYCLE_PHASE).values_list("code", flat=True))
    assert phases == ["want_get", "startup", "operate", "winddown"]
    first = Term.objects.get(vocabulary=Vocabulary.LIFECYCLE_PHASE, code="want_get")
    assert first.crosswalk["iso44001"] == ["1", "2", "3", "4"]


def test_a_parent_nobody_knows_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("content")
    (folder / "vocabularies.yaml").write_text(
        "vocabularies: [{name: habit, terms: [{code: H9, label: New, parent: H8}]}]", encoding="utf-8"
    )
    with pytest.raises(ValueError, match="names 'H8' as its parent"):
        load_vocabularies(content=folder)
    assert not Term.objects.exists()


def test_a_missing_term_comes_back_and_the_others_stay() -> None:
    load_vocabularies(content=settings.CONTENT_DIR)
    Term.objects.get(vocabulary=Vocabulary.HABIT, code="H7").delete()
    made = load_vocabularies(content=settings.CONTENT_DIR)
    assert made.created == 1
    assert Term.objects.filter(vocabulary=Vocabulary.HABIT, code="H7").exists()
