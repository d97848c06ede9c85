"""One tool as a reader sees it: the parts of its kind in words, the plays that use it, its files.

The number of queries depends neither on the size of the tool nor on the number of its plays. Of checks only messages
are taken along; rules stay in the page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from core.crumbs import Crumb
from core.models import Term
from people.roles import Role
from playbook.blocks.tool_parts import Purpose
from playbook.models import PlayPage, ToolPage, ToolUse
from playbook.reading.calculator import sheet_of
from playbook.reading.cards import visible_plays
from playbook.reading.stream import lines
from playbook.reading.terms import PlayTerms, terms_of
from playbook.reading.text import Paragraph, Target, codes_in, linked, paragraphs
from playbook.reading.tool_fields import FieldView, PresetView, fields_of, presets_of
from playbook.tool_documents import spoken

LEADERS = frozenset({Role.FACILITATOR, Role.ADMINISTRATOR})
HOUR = 60


@dataclass(frozen=True, slots=True)
class PlayUse:
    """A play that uses the tool."""

    code: str
    title: str
    url: str
    phases: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One item of an agenda with its place in time."""

    title: str
    minutes: int
    leader: str
    purpose: str
    purpose_label: str
    help: Paragraph
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class TaskSection:
    """One section of a checklist."""

    title: str
    tasks: tuple[Mapping[str, Any], ...]

    @property
    def blocking(self) -> int:
        """How many of its items block others."""
        return sum(1 for task in self.tasks if task.get("blocking"))


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields under one heading; the heading may be empty."""

    title: str
    fields: tuple[FieldView, ...]


def tool_context(page: ToolPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the page of one tool."""
    parts = page.parts
    around = around_tool(page, request)
    targets = around.targets
    agendas = _agenda_presets(parts, targets)
    presets = presets_of(parts)
    url = page.get_absolute_url() if page.path else request.path
    return {
        "crumbs": _crumbs(url, page),
        "how": [linked(line, targets) for line in lines(page.how)],
        "use_when": linked(page.use_when, targets),
        "example": paragraphs(page.example, targets),
        "uses": around.uses,
        "sheet": sheet_of(parts, page.code or "", request, url),
        "presets": presets,
        "shown_presets": plain_presets(presets, agendas),
        "messages_of_checks": [check["message"] for check in parts.get("checks", ())],
        "parts": parts,
        "settings_fields": fields_of(parts, "settings"),
        "respondent_fields": fields_of(parts, "respondent"),
        "follow_up_fields": fields_of(parts, "follow_up"),
        "groups": field_groups(fields_of(parts, "sections")),
        "columns": fields_of(parts, "columns"),
        "checklist": checklist_of(parts),
        "agenda": agenda_of(parts.get("items", ()), targets),
        "agenda_minutes": sum(item["minutes"] for item in parts.get("items", ())),
        "agenda_presets": agendas,
        "targets": targets,
        "leads_surveys": not LEADERS.isdisjoint(getattr(request.user, "role_names", ())),
        "files": [(extension, page.download_url(extension)) for extension in page.offered_formats],
        "printed": timezone.localdate(),
        "url": url,
    }


@dataclass(frozen=True, slots=True)
class Around:
    """The plays that use the tool, and where the codes in its texts lead; all of it cut to the reader."""

    uses: list[PlayUse]
    targets: dict[str, Target]


def around_tool(page: ToolPage, request: HttpRequest) -> Around:
    """What stands around a tool, in two queries and two for the terms."""
    codes = codes_in(_texts(page)) - {page.code or ""}
    use = ToolUse.objects.filter(tool=page.pk, play=OuterRef("pk"))
    shown: Any = visible_plays(request.user).annotate(uses_tool=Exists(use))
    plays = list(shown.filter(Q(uses_tool=True) | Q(code__in=codes)).defer_streamfields())
    tools: Any = ToolPage.objects.visible_to(request.user).filter(code__in=codes)
    used = [play for play in plays if play.uses_tool]
    terms = terms_of(used) if used else {}
    named = [found for found in (*plays, *tools.defer_streamfields()) if found.code in codes]
    return Around(
        uses=[_play_use(play, terms.get(play.pk, PlayTerms())) for play in used],
        targets={found.code: Target(found.get_absolute_url(), found.title) for found in named},
    )


def _play_use(play: PlayPage, terms: PlayTerms) -> PlayUse:
    return PlayUse(play.code or "", play.title, play.get_absolute_url(), tuple(terms.phases))


def _texts(page: ToolPage) -> Iterable[str]:
    """Every text in which a code may stand."""
    yield from (page.use_when, page.how, page.example, *spoken(page.parts))
    for block in page.parts.get("blocks", ()):
        for item in (block, *block.get("items", ())):
            yield from (*item.get("plays", ()), *item.get("tools", ()))


def checklist_of(parts: Mapping[str, Any]) -> list[TaskSection]:
    """The sections of a checklist; none for other kinds."""
    return [
        TaskSection(section["title"], tuple(section["items"]))
        for section in parts.get("sections", ())
        if "items" in section
    ]


def field_groups(fields: Iterable[FieldView]) -> list[FieldGroup]:
    """Fields that follow each other under one heading."""
    groups: list[tuple[str, list[FieldView]]] = []
    for field in fields:
        if not groups or groups[-1][0] != field.group:
            groups.append((field.group, []))
        groups[-1][1].append(field)
    return [FieldGroup(title, tuple(members)) for title, members in groups]


def agenda_of(items: Iterable[Mapping[str, Any]], targets: Mapping[str, Target]) -> list[AgendaRow]:
    """The items of an agenda on a clock that starts at 0:00."""
    rows, clock = [], 0
    for item in items:
        rows.append(
            AgendaRow(
                title=item["title"],
                minutes=item["minutes"],
                leader=item.get("leader", ""),
                purpose=item["purpose"],
                purpose_label=str(Purpose(item["purpose"]).label),
                help=linked(item.get("help", ""), targets),
                starts=clock_time(clock),
                ends=clock_time(clock + item["minutes"]),
            )
        )
        clock += item["minutes"]
    return rows


def clock_time(minutes: int) -> str:
    """Minutes since the start as `1:25`."""
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"


def _agenda_presets(
    parts: Mapping[str, Any], targets: Mapping[str, Target]
) -> list[tuple[str, str, list[AgendaRow]]]:
    """Presets that are agendas of their own."""
    found = []
    for preset in parts.get("presets", ()):
        values = preset.get("values")
        items = values.get("items", ()) if isinstance(values, Mapping) else ()
        if items and "minutes" in items[0]:
            found.append((preset["name"], preset.get("for", ""), agenda_of(items, targets)))
    return found


def plain_presets(
    presets: list[PresetView], agendas: list[tuple[str, str, list[AgendaRow]]]
) -> list[PresetView]:
    """The presets that are not shown as agendas."""
    names = {name for name, _fits, _rows in agendas}
    return [preset for preset in presets if preset.name not in names]


def _crumbs(url: str, page: ToolPage) -> list[Crumb]:
    """The way up; the library stands right above a tool, the playbook above the library."""
    library = f"{url.rstrip('/').rpartition('/')[0]}/"
    front = f"{library.rstrip('/').rpartition('/')[0]}/"
    return [Crumb(_("Playbook"), front), Crumb(_("Tools"), library), Crumb(page.code or page.title)]
