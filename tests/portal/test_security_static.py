"""What the source itself must show: no view or template tag reads a guarded model around `visible_to`, none marks text safe."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

ROOMS = tuple(app for app in settings.INSTALLED_APPS if (settings.BASE_DIR / app / "__init__.py").exists())
"""Our own apps, the newest too."""
READING = ("views", "templatetags", "reading", "context.py", "presentation.py", "page.py")
PERMITTED_AFTER_OBJECTS = frozenset({"visible_to"})
SAFE_FILES = ("core/markdown/", "core/templatetags/prose.py")


def guarded_models() -> set[str]:
    """Every model of ours that carries an audience, and people."""
    found = {
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in ROOMS and _has_field(model, "audience")
    }
    return found | {"User"}


def _has_field(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.get_fields())


def reading_files() -> list[Path]:
    """The modules that make pages."""
    return sorted(
        path
        for room in ROOMS
        for path in (settings.BASE_DIR / room).rglob("*.py")
        if any(part in READING for part in path.relative_to(settings.BASE_DIR).parts)
    )


def unguarded_uses(source: str, guarded: set[str]) -> Iterator[tuple[int, str]]:
    """Line and text of each `Model.objects` or `Model._default_manager` whose chain never calls `visible_to`."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager")
        ):
            continue
        if not (isinstance(node.value, ast.Name) and node.value.id in guarded):
            continue
        chain, top = [], node
        while isinstance(above := parents.get(top), ast.Attribute | ast.Call):
            top = above
            if isinstance(top, ast.Attribute):
                chain.append(top.attr)
        if not PERMITTED_AFTER_OBJECTS & set(chain):
            yield node.lineno, ast.unparse(top)[:120]


MAIL = "email"
"""The folder of mails: readers of mail know no style sheet, so styles stand in the elements there."""


def test_the_finder_finds() -> None:
    source = """
def view(request, pk):
    a = Lesson.objects.get(pk=pk)
    b = Lesson.objects.visible_to(request.user).get(pk=pk)
    c = Lesson.objects.filter(a=1).visible_to(request.user)
    d = get_object_or_404(Lesson.objects, pk=pk)
    e = Term.objects.all()
    f = Lesson._default_manager.all()
"""
    assert sorted(line for line, _ in unguarded_uses(source, {"Lesson"})) == [3, 6, 8]


def test_the_rooms_are_known() -> None:
    assert {"core", "people", "composer", "notifications", "playbook", "lessons", "forums", "portal"} <= set(
        ROOMS
    )


def test_the_guarded_models_are_known() -> None:
    assert guarded_models() >= {"Lesson", "PlayPage", "ToolPage", "StandardPage", "PhasePage", "User"}


@pytest.mark.parametrize("path", reading_files(), ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_pages_read_guarded_models_only_as_the_reader(path: Path) -> None:
    assert list(unguarded_uses(path.read_text(encoding="utf-8"), guarded_models())) == []


def test_there_are_pages_to_look_at() -> None:
    assert len(reading_files()) > 15


@pytest.mark.parametrize("room", ROOMS)
def test_text_is_marked_safe_in_one_place_only(room: str) -> None:
    for path in (settings.BASE_DIR / room).rglob("*.py"):
        name = str(path.relative_to(settings.BASE_DIR))
        if name.startswith(SAFE_FILES) or "/migrations/" in name:
            continue
        assert not re.search(r"\bmark_safe\b|\bSafeString\(", path.read_text(encoding="utf-8")), name


def test_no_template_switches_escaping_off() -> None:
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|\|\s*safeseq|autoescape\s+off", source), path
        handlers = r"on[a-z]+" if path.parent.name == MAIL else r"(?:on[a-z]+|style)"
        assert not re.search(rf"<[a-z][^>]*\s{handlers}=", source), path
