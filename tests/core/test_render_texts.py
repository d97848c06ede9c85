"""When the rules of Markdown change, every stored text is rendered again, once, whatever was edited meanwhile."""

from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from core.markdown import CONFIG_HASH
from core.models import RenderedMixin
from core.rendered import RenderedKind, all_kinds, rendered_kinds
from core.services import render_again as service
from lessons.models import Lesson
from playbook.models import StandardPage
from tests.lessons.factories import LessonFactory
from tests.playbook.factories import make_page

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    """What the command prints."""
    output = StringIO()
    call_command("render_texts", *words, stdout=output)
    return output.getvalue()


@pytest.fixture
def old(db: None) -> list[Lesson]:
    """Five lessons whose HTML other rules made."""
    made = [LessonFactory() for _number in range(5)]
    Lesson.objects.update(rendered_with="000000000000", rendered={})
    return made


def field_of(lesson: Lesson) -> str:
    """A Markdown field that has text."""
    return next(name for name in Lesson.markdown_fields if getattr(lesson, name))


def test_every_model_with_rendered_texts_is_known() -> None:
    mixed = {model._meta.label_lower for model in apps.get_models() if issubclass(model, RenderedMixin)}
    labels = {kind.label for kind in all_kinds()}
    assert {"lessons.lesson", "forums.post"} <= mixed
    assert labels == {*mixed, StandardPage._meta.label_lower}


def test_old_texts_are_rendered_and_a_second_run_finds_nothing(old: list[Lesson]) -> None:
    name = field_of(old[0])
    Lesson.objects.filter(pk=old[0].pk).update(**{name: "It **held**."})
    assert "5 texts rendered." in run()
    fresh = Lesson.objects.get(pk=old[0].pk)
    assert fresh.rendered_with == CONFIG_HASH
    assert fresh.shown(name).html == "<p>It <strong>held</strong>.</p>"
    assert "0 texts rendered." in run()


def test_a_dry_run_tells_and_changes_nothing(old: list[Lesson]) -> None:
    printed = run("--dry-run")
    assert "lessons.lesson: 5" in printed
    assert "5 texts are old." in printed
    assert Lesson.objects.filter(rendered_with=CONFIG_HASH).count() == 0


def test_batches_reach_every_row_and_tell_how_far(old: list[Lesson], monkeypatch: Any) -> None:
    monkeypatch.setattr(service, "BATCH", 2)
    printed = run()
    assert [line for line in printed.splitlines() if line.startswith("lessons.lesson")] == [
        "lessons.lesson: 2 of 5",
        "lessons.lesson: 4 of 5",
        "lessons.lesson: 5 of 5",
    ]


def test_what_was_edited_meanwhile_stays(old: list[Lesson]) -> None:
    kind = next(kind for kind in all_kinds() if kind.label == "lessons.lesson")
    row = kind.stale().get(pk=old[0].pk)
    name = field_of(row)
    edited = Lesson.objects.get(pk=row.pk)
    setattr(edited, name, "newer")
    edited.save(update_fields=[name, *edited.render_texts()])
    kind.renew(row)
    assert Lesson.objects.get(pk=row.pk).shown(name).html == "<p>newer</p>"


def test_a_text_that_fails_is_reported_and_the_others_are_done(old: list[Lesson]) -> None:
    def renew(row: Lesson) -> None:
        if row.pk == old[1].pk:
            raise RuntimeError("no")
        Lesson.objects.filter(pk=row.pk).update(title="renewed")

    failing = RenderedKind(
        "test.failing", lambda: Lesson.objects.filter(pk__in=[one.pk for one in old]), renew
    )
    rendered_kinds.register("test.failing", failing)
    try:
        with pytest.raises(CommandError, match="1 of 10 texts could not be rendered"):
            run()
    finally:
        rendered_kinds.unregister("test.failing")
    assert Lesson.objects.filter(title="renewed").count() == 4


def test_a_page_of_text_is_rendered_again() -> None:
    page = make_page(body="It **held**.")
    StandardPage.objects.filter(pk=page.pk).update(body_html="old", body_stamp="000000000000")
    assert "1 texts rendered." in run()
    page.refresh_from_db()
    assert (page.body_html, page.body_stamp) == ("<p>It <strong>held</strong>.</p>", CONFIG_HASH)
