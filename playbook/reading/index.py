"""The front of the playbook: the map, the lists by role area, habit and alphabet, what changed lately, the print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.crumbs import Crumb
from core.models import Term, Vocabulary
from playbook.addresses import address_of
from playbook.models import PhasePage, PlaybookIndexPage, PlayPage, PlayVersion, ToolIndexPage
from playbook.reading.cards import PlayCard, play_cards, visible_plays
from playbook.reading.play import PlayView, play_views

RECENT_DAYS = 60
MAX_CHANGES = 50
OWNER = "owner"


class View(StrEnum):
    """The tabs; the value stands in the address."""

    MAP = "map"
    ROLE_AREAS = "role-areas"
    HABITS = "habits"
    A_TO_Z = "a-z"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the front."""

    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One component within one phase."""

    component: Term
    cards: list[PlayCard]


@dataclass(frozen=True, slots=True)
class Column:
    """One phase of the map. `page` is None where the reader may not see its page."""

    phase: Term
    page: PhasePage | None
    url: str
    cells: list[Cell]
    loose: list[PlayCard]
    """Plays of the phase that name no component."""


@dataclass(frozen=True, slots=True)
class Group:
    """Plays under one heading."""

    heading: str
    note: str
    cards: list[PlayCard]


def chosen_view(request: HttpRequest) -> View:
    """The tab of the address; the map for anything else."""
    value = request.GET.get("view", View.MAP)
    return View(value) if value in set(View) else View.MAP


def index_template(request: HttpRequest) -> str:
    """The template of the tab, or that of the whole book."""
    if "print" in request.GET:
        return "playbook/book.html"
    return {View.MAP: "playbook/map.html", View.CHANGED: "playbook/changed.html"}.get(
        chosen_view(request), "playbook/groups.html"
    )


def index_context(page: PlaybookIndexPage, request: HttpRequest) -> dict[str, Any]:
    """What the chosen tab shows, and nothing else."""
    if "print" in request.GET:
        return {"plays": book(request), "printed": timezone.localdate(), "book_title": page.title}
    view = chosen_view(request)
    base = {
        "tabs": tabs(page, request, view),
        "tool_library": _tool_library(request),
        "glossary": reverse("playbook:glossary"),
        "view": view,
    }
    if view is View.CHANGED:
        return {**base, "changes": changes(request.user)[:MAX_CHANGES]}
    cards = play_cards(request.user)
    if view is View.MAP:
        phases, components = _axes()
        return {
            **base,
            "columns": play_map(cards, phases, components, request.user),
            "components": components,
        }
    if view is View.A_TO_Z:
        base["owner"], cards = _owned(cards, request.GET.get(OWNER, ""))
    return {**base, "groups": groups(cards, view)}


def owned_query(owner_id: int) -> str:
    """The query of the list that holds what one person owns."""
    return urlencode({"view": View.A_TO_Z, OWNER: owner_id})


def _owned(cards: list[PlayCard], wanted: str) -> tuple[str, list[PlayCard]]:
    """The name of who was asked for and their plays; all plays where nobody was, or they own none the reader sees."""
    owned = [card for card in cards if wanted and str(card.owner_id) == wanted]
    return (owned[0].owner, owned) if owned else ("", cards)


def tabs(page: PlaybookIndexPage, request: HttpRequest, current: View) -> list[Tab]:
    """The tabs with the number of recent changes."""
    url = page.get_absolute_url()
    labels = {
        View.MAP: _("Map"),
        View.ROLE_AREAS: _("By role area"),
        View.HABITS: _("By habit"),
        View.A_TO_Z: _("A to Z"),
        View.CHANGED: _("Changed lately"),
    }
    recent = changes(request.user).filter(published__gte=_recent()).count()
    return [
        Tab(
            label=label,
            url=url if view is View.MAP else f"{url}?view={view}",
            current=view is current,
            count=recent if view is View.CHANGED and recent else None,
        )
        for view, label in labels.items()
    ]


def changes(reader: object) -> QuerySet[PlayVersion]:
    """The later versions of plays, newest first: a first version changes nothing a reader knew."""
    return (
        PlayVersion.objects.filter(play__in=PlayPage.objects.visible_to(reader).values("pk"), number__gt=1)
        .select_related("play", "play__play_owner", "editor")
        .order_by("-published", "-pk")
    )


def play_map(
    cards: list[PlayCard], phases: list[Term], components: list[Term], reader: object
) -> list[Column]:
    """Phases by components. A play stands once per phase it names, in its row."""
    pages = {page.phase_id: page for page in PhasePage.objects.visible_to(reader)}
    return [_column(phase, pages.get(phase.pk), components, cards) for phase in phases]


def _column(phase: Term, page: PhasePage | None, components: list[Term], cards: list[PlayCard]) -> Column:
    here = [card for card in cards if phase in card.terms.phases]
    return Column(
        phase=phase,
        page=page,
        url=page.get_absolute_url() if page else "",
        cells=[Cell(term, [card for card in here if card.component == term.code]) for term in components],
        loose=[card for card in here if not card.component],
    )


def groups(cards: Iterable[PlayCard], view: View) -> list[Group]:
    """The plays under the headings of a list."""
    if view is View.A_TO_Z:
        return _by_letter(cards)
    vocabulary, name = {
        View.ROLE_AREAS: (Vocabulary.ROLE_AREA, "role_areas"),
        View.HABITS: (Vocabulary.HABIT, "habits"),
    }[view]
    by_term: dict[int, list[PlayCard]] = {}
    for card in cards:
        for term in getattr(card.terms, name):
            by_term.setdefault(term.pk, []).append(card)
    terms = Term.objects.of(vocabulary)
    return [Group(term.label, term.definition, by_term[term.pk]) for term in terms if term.pk in by_term]


def _by_letter(cards: Iterable[PlayCard]) -> list[Group]:
    letters: dict[str, list[PlayCard]] = {}
    for card in sorted(cards, key=lambda card: card.title.casefold()):
        letters.setdefault(card.title[:1].upper(), []).append(card)
    return [Group(letter, "", found) for letter, found in letters.items()]


def phase_context(page: PhasePage, request: HttpRequest) -> dict[str, Any]:
    """The plays of one phase by component, or the phase as a small book."""
    if "print" in request.GET:
        return {
            "plays": book(request, page.phase_id),
            "printed": timezone.localdate(),
            "book_title": page.title,
        }
    phases = list(PhasePage.objects.visible_to(request.user).select_related("phase").order_by("phase__order"))
    phase = next((other.phase for other in phases if other.pk == page.pk), None) or page.phase
    page.phase = phase  # the template asks for it too, and need not ask the database
    components = list(Term.objects.of(Vocabulary.COMPONENT))
    parent = address_of(page.get_parent())
    return {
        "column": _column(phase, page, components, play_cards(request.user, phase)),
        "phases": [(other, other.get_absolute_url()) for other in phases],
        "crumbs": [Crumb(_("Playbook"), parent), Crumb(page.title)],
    }


def book(request: HttpRequest, phase_id: int | None = None) -> list[PlayView]:
    """All plays a reader may see in full, or those of one phase, to be printed."""
    plays = visible_plays(request.user).select_related("play_owner")
    if phase_id is not None:
        plays = plays.filter(phases=phase_id)
    return play_views(list(plays), request)


def _axes() -> tuple[list[Term], list[Term]]:
    """The phases and the components, each in reading order, in one query."""
    terms = list(Term.objects.filter(vocabulary__in=(Vocabulary.LIFECYCLE_PHASE, Vocabulary.COMPONENT)))
    phases = [term for term in terms if term.vocabulary == Vocabulary.LIFECYCLE_PHASE]
    return phases, [term for term in terms if term.vocabulary == Vocabulary.COMPONENT]


def _recent() -> datetime:
    return timezone.now() - timedelta(days=RECENT_DAYS)


def _tool_library(request: HttpRequest) -> str:
    library = ToolIndexPage.objects.visible_to(request.user).first()
    return library.get_absolute_url() if library else ""
