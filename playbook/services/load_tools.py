"""Loads the tools of the starter content as pages below the library.

Idempotent: a file that did not change is left alone; a tool that somebody edited keeps the edit, whatever the file says,
also one that waits in a draft; a tool that was taken off the portal stays off. Run it before the plays: they choose
their tools, and a tool that names a play becomes one of its further tools there.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.text import slugify

from core.content import read_yaml
from playbook.blocks.tool_codec import to_body
from playbook.models import LoadedPage
from playbook.models.tool import SLUG, ToolIndexPage, ToolPage
from playbook.services.ensure_tree import add_page, ensure_tree
from playbook.services.fingerprint import digest
from playbook.services.loaded import Counts, Outcome, digest_now, next_step, remember
from search.api import touched_together

TITLE = "Tools"
LEAD = "Checklists, templates, registers, maps, agendas, surveys and calculators, each made for one moment of an alliance."
HEAD = ("code", "title", "kind", "summary", "use_when", "minutes", "plays", "how", "example")
Source = dict[str, Any]


def tool_fingerprint(tool: ToolPage) -> str:
    """The digest of what a reader sees of a tool."""
    return digest(tool.content)


@touched_together()
def load_starter_tools(*, content_dir: Path | None = None) -> Counts:
    """Loads tools/*.yaml."""
    folder = content_dir or settings.CONTENT_DIR
    parent = ensure_library()
    tools = ToolPage.objects.exclude(code=None).in_bulk(field_name="code")
    loaded = {row.source: row for row in LoadedPage.objects.filter(source__startswith="tool:")}
    counts = Counts()
    for path in sorted((folder / "tools").glob("*.yaml")):
        source = read_yaml(path)
        known = loaded.get(_source_key(source))
        counts.add(_load_one(source, tools.get(source["code"]), known, parent))
    return counts


def ensure_library() -> ToolIndexPage:
    """The page the tools stand under, made where it is missing."""
    found: ToolIndexPage | None = ToolIndexPage.objects.first()
    return found or add_page(
        parent=ensure_tree().playbook, page=ToolIndexPage(title=TITLE, slug=SLUG, lead=LEAD)
    )


def _load_one(
    source: Source, tool: ToolPage | None, loaded: LoadedPage | None, parent: ToolIndexPage
) -> Outcome:
    if (tool is None) is not (loaded is None):
        return Outcome.KEPT
    outcome = next_step(loaded, digest(source), lambda: digest_now(tool, tool_fingerprint) if tool else "")
    if outcome is Outcome.CREATED:
        tool = ToolPage(slug=slugify(source["title"]))
        fill(tool, source)
        parent.add_child(instance=tool)
    elif outcome is Outcome.UPDATED and tool is not None:
        fill(tool, source)
    if tool is not None and outcome in (Outcome.CREATED, Outcome.UPDATED):
        tool.save_revision().publish()
        saved = ToolPage.objects.get(pk=tool.pk)
        remember(page=tool, source=_source_key(source), value=source, page_digest=tool_fingerprint(saved))
    return outcome


def fill(tool: ToolPage, source: Mapping[str, Any]) -> None:
    """Writes a file into a page; raises `ValueError` where the page has no place for something."""
    for name in ("code", "title", "kind", "summary", "use_when", "minutes"):
        setattr(tool, name, source[name])
    tool.named_plays = list(source["plays"])
    tool.how = "\n".join(source["how"])
    tool.example = source["example"]
    tool.body = to_body({key: value for key, value in source.items() if key not in HEAD})


def _source_key(source: Mapping[str, Any]) -> str:
    return f"tool:{source['code']}"
