"""What members write into a lesson is Markdown, rendered when it is saved; what a source tells stays plain text."""

import pytest
from django.test import Client

from core.models import AuditEntry
from lessons.models import Lesson
from lessons.search_documents import lesson_document
from lessons.services.save import save_lesson
from tests.lessons.factories import ExternalFactory, LessonFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_members_write_markdown_and_sources_plain_text() -> None:
    ours = LessonFactory(happened="The papers came **late**.", evidence="Minutes of *5 May*.")
    ours.render_texts()
    assert ours.shown("happened").html == "<p>The papers came <strong>late</strong>.</p>"
    assert ours.plain("evidence") == "Minutes of 5 May."
    source = ExternalFactory(context="Valve *A* and __B__")
    source.render_texts()
    assert source.rendered == {}
    assert source.plain("context") == "Valve *A* and __B__"


def test_what_an_editor_types_is_rendered_and_indexed_without_marks() -> None:
    lesson = LessonFactory()
    lesson.happened = "It was **forty** days late."
    assert save_lesson(lesson=lesson, causes=[], actor=None)
    stored = Lesson.objects.get(pk=lesson.pk)
    assert "<strong>forty</strong>" in stored.rendered["happened"][0]
    assert "It was forty days late." in lesson_document(stored).text
    assert "rendered" not in AuditEntry.objects.latest("pk").changes


def test_a_lesson_without_stored_html_is_shown_plain(client: Client) -> None:
    lesson = LessonFactory(happened="One **two**\n\nthree <b>", rendered={})
    client.force_login(UserFactory())
    body = client.get(lesson.get_absolute_url()).content.decode()
    assert "One **two**" in body
    assert "<p>three &lt;b&gt;</p>" in body
