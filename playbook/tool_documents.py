"""What search knows of tools: their words for readers, and the facets of the plays that use them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.audiences import COMMUNITY
from core.models import Term, Vocabulary
from playbook.models import PlayPage, ToolPage
from playbook.models.tool import ToolKind
from search.documents import Document, DocumentSpec, Facet, facets, specs

KIND = "tool"
PLAY_FACETS = {
    "phase": (Vocabulary.LIFECYCLE_PHASE, "phases"),
    "habit": (Vocabulary.HABIT, "habits"),
    "role_area": (Vocabulary.ROLE_AREA, "role_areas"),
}
SPOKEN = frozenset(
    {"title", "label", "text", "help", "name", "for", "message", "intro", "low_means", "comment", "usual"}
)


def tool_document(tool: ToolPage) -> Document:
    """A tool with every word that readers see; found by its code and by what stands in its parts."""
    lines = [tool.code or "", tool.summary, tool.use_when, tool.how, *spoken(tool.parts), tool.example]
    return Document(
        kind=KIND,
        object_id=tool.pk,
        version=tool.search_version,
        title=tool.title,
        text="\n".join(line for line in lines if line),
        audience=tool.effective_audience,
        date=tool.last_published_at,
        facets={"tool_kind": (tool.kind,), **_facets_of_plays(tool)},
    )


def spoken(part: Any, name: str = "") -> Iterable[str]:
    """The texts inside the parts of a tool that are meant for readers; keys, rules and formulas are not."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from spoken(value, key)
    elif isinstance(part, list):
        for value in part:
            yield from spoken(value, name)
    elif isinstance(part, str) and name in SPOKEN:
        yield part


def _facets_of_plays(tool: ToolPage) -> dict[str, tuple[str, ...]]:
    """Codes of the plays that use the tool; of plays that its readers may see as well, lest a facet tells of others."""
    open_to = {COMMUNITY, tool.effective_audience}
    plays = PlayPage.objects.filter(
        live=True, tool_uses__tool=tool, effective_audience__in=open_to, audience__in=open_to
    )
    return {
        name: tuple(
            Term.objects.of(vocabulary)
            .filter(
                pk__in=getattr(PlayPage, field)
                .through.objects.filter(playpage__in=plays.values("pk"))
                .values("term_id")
            )
            .values_list("code", flat=True)
        )
        for name, (vocabulary, field) in PLAY_FACETS.items()
    }


def _all_tools() -> QuerySet[ToolPage]:
    tools: QuerySet[ToolPage] = ToolPage.objects.live().exclude(code=None)
    return tools


def _readable(tools: Any, reader: object) -> Any:
    return tools.visible_to(reader)


def _without_bodies(tools: Any) -> Any:
    return tools.defer_streamfields()


TOOL = DocumentSpec(
    kind=KIND,
    label=_("Tool"),
    label_plural=_("Tools"),
    icon="wrench",
    model=ToolPage,
    queryset=_all_tools,
    to_document=tool_document,
    visible_to=_readable,
    for_hits=_without_bodies,
    hit_template="playbook/hit_tool.html",
    facets=(*PLAY_FACETS, "tool_kind"),
)


def register() -> None:
    """Called from `AppConfig.ready()`."""
    specs.register(KIND, TOOL)
    facets.register(
        "tool_kind",
        Facet(
            name="tool_kind",
            label=_("Kind of tool"),
            labels=lambda: {value: str(label) for value, label in ToolKind.choices},
        ),
    )
