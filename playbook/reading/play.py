"""One play, or many to be printed, as a reader sees them: every field, cut to what the reader may see.

The number of queries does not depend on the number of steps, tools or plays. A preview reads the play being edited.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from core.crumbs import Crumb
from playbook.addresses import address_of
from playbook.data import LessonLink, PlayLessons
from playbook.models import PhasePage, PlayPage, PlayVersion, ToolPage
from playbook.reading.cards import visible_plays
from playbook.reading.links import PlayLinks, edited_links, links_of
from playbook.reading.short_forms import short_forms_in
from playbook.reading.stream import chosen, lines, values_of
from playbook.reading.terms import PlayTerms, edited_terms, terms_of
from playbook.reading.text import Paragraph, Target, codes_in, linked, paragraphs
from playbook.reading.tools import ToolLink, tool_link
from playbook.slots import lessons_for_play

MAX_VERSIONS = 6


@dataclass(frozen=True, slots=True)
class StepView:
    """One step."""

    key: str
    title: str
    text: list[Paragraph]
    who: str
    timing: str
    tools: list[ToolLink]
    lessons: tuple[LessonLink, ...]


@dataclass(frozen=True, slots=True)
class NoteView:
    """A pitfall or a variant."""

    title: str
    text: list[Paragraph]


@dataclass(frozen=True, slots=True)
class PlayView:
    """A play with everything its page shows."""

    page: PlayPage
    terms: PlayTerms
    purpose: list[Paragraph]
    when: Paragraph
    effort: Paragraph
    inputs: list[Paragraph]
    outputs: list[Paragraph]
    steps: list[StepView]
    pitfalls: list[NoteView]
    signs: list[Paragraph]
    variants: list[NoteView]
    tools: list[ToolLink]
    related: list[PlayPage]
    lessons: PlayLessons = field(default_factory=PlayLessons)

    @property
    def phase(self) -> str:
        """The colour of the page: its first phase."""
        return next((term.code for term in self.terms.phases), "")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the reader may see around some plays: tools by id, plays by code and id, and where each code leads."""

    tools: Mapping[int, ToolLink]
    plays: Mapping[int, PlayPage]
    targets: Mapping[str, Target]
    links: PlayLinks


def play_context(page: PlayPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the page of one play."""
    previewed = getattr(request, "is_preview", False)
    terms = edited_terms(page) if previewed else terms_of([page]).get(page.pk, PlayTerms())
    links = edited_links(page) if previewed else links_of([page])
    printing = "print" in request.GET
    lessons = lessons_for_play(page, request.user) if page.pk and not printing else PlayLessons()
    view = play_view(page, terms, surroundings([page], links, request, lessons), lessons)
    if printing:
        return {"plays": [view], "printed": timezone.localdate(), "book_title": page.title}
    phases = PhasePage.objects.visible_to(request.user).in_bulk(field_name="phase_id") if terms.phases else {}
    return {
        "play": view,
        "crumbs": _crumbs(page, view, phases, request),
        "phase_urls": {key: phase.get_absolute_url() for key, phase in phases.items()},
        "versions": _versions(page),
        "short_forms": short_forms_in(_words(page), request.user),
        "printed": timezone.localdate(),
    }


def play_views(plays: list[PlayPage], request: HttpRequest) -> list[PlayView]:
    """Many plays in full, without their lessons: what is printed goes stale, and lessons live on the page."""
    terms = terms_of(plays)
    around = surroundings(plays, links_of(plays), request, PlayLessons())
    return [play_view(play, terms.get(play.pk, PlayTerms()), around, PlayLessons()) for play in plays]


def play_view(page: PlayPage, terms: PlayTerms, around: Surroundings, lessons: PlayLessons) -> PlayView:
    """A play as shown; tools and plays outside `around` are left out."""
    targets = around.targets
    steps = [_step(value, around, lessons) for value in values_of(page.steps)]
    extra = [around.tools[pk] for pk in around.links.tools.get(page.pk, ()) if pk in around.tools]
    tools = [tool for step in steps for tool in step.tools] + extra
    related = [around.plays[pk] for pk in around.links.related.get(page.pk, ()) if pk in around.plays]
    return PlayView(
        page=page,
        terms=terms,
        purpose=paragraphs(page.purpose, targets),
        when=linked(page.when, targets),
        effort=linked(page.effort, targets),
        inputs=[linked(line, targets) for line in lines(page.inputs)],
        outputs=[linked(line, targets) for line in lines(page.outputs)],
        steps=steps,
        pitfalls=[_note(value, "title", targets) for value in values_of(page.pitfalls)],
        signs=[linked(line, targets) for line in lines(page.signs)],
        variants=[_note(value, "case", targets) for value in values_of(page.variants)],
        tools=list({tool.pk: tool for tool in tools}.values()),
        related=sorted(related, key=lambda play: play.code or ""),
        lessons=lessons,
    )


def surroundings(
    plays: list[PlayPage], links: PlayLinks, request: HttpRequest, lessons: PlayLessons
) -> Surroundings:
    """What the plays mention and the reader may see, in two queries."""
    codes = codes_in(text for play in plays for text in _texts(play))
    tool_ids = {pk for play in plays for step in values_of(play.steps) for pk in chosen(step.get("tools"))}
    tool_ids |= links.tool_ids()
    tools = ToolPage.objects.visible_to(request.user)
    tools = (tools.filter(pk__in=tool_ids) | tools.filter(code__in=codes)).defer_streamfields()
    others = visible_plays(request.user)
    others = (others.filter(pk__in=links.play_ids()) | others.filter(code__in=codes)).defer_streamfields()
    tool_links = {tool.pk: tool_link(tool) for tool in tools}
    found = {play.pk: play for play in others}
    targets = {link.code: Target(link.url, link.title) for link in tool_links.values()}
    targets |= {play.code or "": Target(play.get_absolute_url(), play.title) for play in found.values()}
    targets |= {lesson.code: Target(lesson.url, lesson.title) for lesson in lessons.all()}
    return Surroundings(tools=tool_links, plays=found, targets=targets, links=links)


def _step(value: Mapping[str, Any], around: Surroundings, lessons: PlayLessons) -> StepView:
    key = value.get("key") or ""
    return StepView(
        key=key,
        title=value["title"],
        text=paragraphs(value["text"], around.targets),
        who=value.get("who") or "",
        timing=value.get("timing") or "",
        tools=[around.tools[pk] for pk in chosen(value.get("tools")) if pk in around.tools],
        lessons=lessons.by_step.get(key, ()),
    )


def _note(value: Mapping[str, Any], heading: str, targets: Mapping[str, Target]) -> NoteView:
    return NoteView(title=value[heading], text=paragraphs(value["text"], targets))


def _texts(page: PlayPage) -> Iterable[str]:
    yield from (page.purpose, page.when, page.effort, page.inputs, page.outputs, page.signs)
    for stream in (page.steps, page.pitfalls, page.variants):
        yield from (value["text"] for value in values_of(stream))


def _words(page: PlayPage) -> Iterable[str]:
    yield from (page.title, page.summary, *_texts(page))
    for step in values_of(page.steps):
        yield from (step["title"], step.get("who") or "", step.get("timing") or "")
    yield from (pitfall["title"] for pitfall in values_of(page.pitfalls))
    yield from (variant["case"] for variant in values_of(page.variants))


def _versions(page: PlayPage) -> list[PlayVersion]:
    return list(page.versions.select_related("editor")[:MAX_VERSIONS]) if page.pk else []


def _crumbs(
    page: PlayPage, view: PlayView, phases: Mapping[int, PhasePage], request: HttpRequest
) -> list[Crumb]:
    front = page.get_parent() if page.path else None
    crumbs = [Crumb(_("Playbook"), address_of(front))] if front else []
    first = next((phases[term.pk] for term in view.terms.phases if term.pk in phases), None)
    if first is not None:
        crumbs.append(Crumb(first.title, first.get_absolute_url()))
    return [*crumbs, Crumb(page.code or page.title)]
