"""Plants words in an object: one in every text field and in every text inside its streams, each standing nowhere else.

Fields and blocks are found by what they are, so that a new one is planted by itself. One that cannot hold a word must
be named in `UNPLANTED` with the reason; anything else is a failure. What stood in a field follows the word where there
is room, so that a planted object is still found by the words of its subject.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

from core.audiences import PRACTITIONERS
from core.models import RenderedMixin
from lessons.models import Citation, Lesson
from playbook.blocks.tool import PART_KEYS
from playbook.blocks.tool_values import NestedBlock
from playbook.models import PlayPage, ToolPage, ToolUse
from search.api import touch
from search.documents import specs

LENGTH = 16
TEXTS = (models.CharField, models.TextField, models.JSONField)
UNPLANTED = {
    "audience": "says who sees it",
    "effective_audience": "says who sees it",
    "path": "the place in the tree, made by treebeard",
    "url_path": "made from the slugs",
    "code": "short, and refused by its own rule where it is no code",
    "content_hash": "a digest",
    "content_digest": "a digest",
    "body_stamp": "names the rules a text was rendered by",
    "rendered_with": "names the rules a text was rendered by",
    "rendered": "made from the planted texts",
    "grew_from": "names an object of another room, never shown as it is",
    "external_key": "refused by the database for our own lessons",
}


@dataclass
class Planted:
    """A narrowed object with its words by field; those in streams by the path of their block."""

    kind: str
    object: Any
    words: dict[str, str]
    inside: dict[str, str]
    address: str

    @property
    def all_words(self) -> set[str]:
        """Every word, wherever it stands."""
        return {*self.words.values(), *self.inside.values()}


def word(seed: str) -> str:
    """A word of 16 letters that stands nowhere else; the same at each run."""
    source = random.Random(seed)  # nobody guesses it, everybody may
    return "".join(source.choices("bcdfghjklmnpqrstvwxz" + "aeiou", k=LENGTH))


def text_fields(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """The fields of a model in which people's words can stand."""
    for field in model._meta.concrete_fields:
        closed = field.is_relation or field.choices or field.name in UNPLANTED
        if isinstance(field, (*TEXTS, StreamField)) and not closed:
            yield field


def plant(kind: str) -> Planted:
    """Narrows the last object of a kind, fills it, and ties others to it."""
    spec = specs.get(kind)
    found = spec.queryset().order_by("pk").last()
    assert found is not None, f"the small portal has no {kind}"
    instance = type(found)._default_manager.get(pk=found.pk)
    words: dict[str, str] = {}
    inside: dict[str, str] = {}
    for field in text_fields(type(instance)):
        if isinstance(field, StreamField):
            setattr(instance, field.name, _stream(field.stream_block, f"{kind}.{field.name}", inside))
        else:
            words[field.name] = word(f"{kind}.{field.name}")
            setattr(instance, field.name, _filled(field, words[field.name], getattr(instance, field.name)))
    _save(instance)
    touch(instance, kind=kind, narrowing=True)
    instance = type(instance)._default_manager.get(pk=instance.pk)
    planted = Planted(kind, instance, words, inside, instance.get_absolute_url())
    surround(planted)
    return planted


def surround(planted: Planted) -> None:
    """Ties what everybody may see to the planted object, by every link there is between them."""
    pk = planted.object.pk
    lesson = Lesson.objects.exclude(pk=pk).earliest("pk")
    play = PlayPage.objects.live().exclude(pk=pk).earliest("pk")
    tool = ToolPage.objects.live().exclude(pk=pk).earliest("pk")
    if planted.kind == "lesson":
        Citation.objects.create(lesson_id=pk, play=play)
    if planted.kind == "play":
        Citation.objects.create(lesson=lesson, play_id=pk)
        ToolUse.objects.create(play_id=pk, tool=tool)
    if planted.kind == "tool":
        ToolUse.objects.create(play=play, tool_id=pk)
    if code := getattr(planted.object, "code", ""):
        PlayPage.objects.filter(pk=play.pk).update(purpose=f"{play.purpose}\n\nSee {code} first.")
        ToolPage.objects.filter(pk=tool.pk).update(how=f"{tool.how}\nSee {code} first.")


def _save(instance: Any) -> None:
    for name in ("audience", "effective_audience"):
        if hasattr(instance, name):
            setattr(instance, name, PRACTITIONERS)
    if isinstance(instance, RenderedMixin):
        instance.render_texts()
    instance.save(clean=False) if isinstance(instance, Page) else models.Model.save(instance)


def _filled(field: models.Field[Any, Any], planted: str, before: Any) -> Any:
    """The word as the field can hold it; raises where it cannot."""
    if isinstance(field, models.JSONField):
        return {planted: planted} if field.default is dict else [planted]
    if isinstance(field, models.URLField):
        return f"https://{planted}.example/"
    assert (field.max_length or LENGTH) >= LENGTH, f"{field} is too short for a word: name it in UNPLANTED"
    if isinstance(field, models.SlugField):
        return planted
    return f"{planted} {before}"[: field.max_length].strip()


def _stream(block: blocks.StreamBlock, path: str, words: dict[str, str]) -> list[dict[str, Any]]:
    """One child of each type; of two types that are one part of a tool's file, the first."""
    children, parts = [], set()
    for name, child in block.child_blocks.items():
        if (part := PART_KEYS.get(name, name)) not in parts:
            parts.add(part)
            children.append(_stored(name, _value(child, f"{path}.{name}", words), f"{path}.{name}"))
    return children


def _stored(name: str, value: Any, path: str) -> dict[str, Any]:
    return {"type": name, "value": value, "id": str(uuid5(NAMESPACE_OID, path))}


def _value(block: blocks.Block, path: str, words: dict[str, str]) -> Any:
    """A value with a word in every text; raises for a block that nobody thought of."""
    if isinstance(block, blocks.StructBlock):
        return {name: _value(child, f"{path}.{name}", words) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return (
            []
            if isinstance(block.child_block, blocks.PageChooserBlock)
            else [_stored("item", _value(block.child_block, f"{path}.item", words), path)]
        )
    if isinstance(block, blocks.ChoiceBlock):
        return next(code for code, _label in block.field.choices if code)
    if isinstance(block, blocks.BooleanBlock):
        return False
    if isinstance(block, blocks.IntegerBlock):
        return 5
    assert isinstance(block, blocks.CharBlock | blocks.TextBlock | NestedBlock), f"{path} cannot be planted"
    words[path] = word(path)
    if isinstance(block, NestedBlock):
        return {words[path]: words[path]}
    return words[path]
