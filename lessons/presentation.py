"""What a lesson's page says in words: the ladder of its state, the figures of its cost, the plays it changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.choices import IN_THE_PLAYBOOK, Outcome, Status, Uptake
from lessons.models import Citation, Lesson


class RungState(StrEnum):
    """Where a step of the ladder stands; also its class on the page."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder."""

    label: str
    state: RungState


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its meaning."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class CitingPlay:
    """A play with the steps that name the lesson."""

    code: str
    title: str
    url: str
    note: str


VALIDATION = (Status.SUBMITTED, Status.SCREENED, Status.PUBLISHED)
UPTAKE = (Uptake.ROUTED, Uptake.EMBEDDED, Uptake.CHECKED)


def ladder(lesson: Lesson) -> list[Rung]:
    """From submitted to effect checked: what is behind, where it stands, what is ahead."""
    reached = _reached(lesson)
    labels = [
        _("Submitted"),
        _("Screened"),
        _("Published"),
        _("Routed to a play owner"),
        _("In the playbook"),
        _("Effect checked"),
    ]
    return [Rung(label, _rung_state(place, reached)) for place, label in enumerate(labels, start=1)]


def _reached(lesson: Lesson) -> int:
    if lesson.status == Status.ARCHIVED or lesson.status == Status.PUBLISHED:
        taken = UPTAKE.index(Uptake(lesson.uptake)) + 1 if lesson.uptake in UPTAKE else 0
        return len(VALIDATION) + taken
    return VALIDATION.index(Status(lesson.status)) + 1 if lesson.status in VALIDATION else 0


def _rung_state(place: int, reached: int) -> RungState:
    if place == reached:
        return RungState.NOW
    return RungState.DONE if place < reached else RungState.AHEAD


def figures(lesson: Lesson) -> list[Figure]:
    """Days and money, where they are known. What went well is a gain, not a cost."""
    found = []
    gained = lesson.outcome == Outcome.POSITIVE
    if lesson.impact_days:
        lost = ngettext("working day lost", "working days lost", lesson.impact_days)
        won = ngettext("working day gained", "working days gained", lesson.impact_days)
        found.append(Figure(number_format(lesson.impact_days, force_grouping=True), won if gained else lost))
    if lesson.impact_money_musd:
        label = _("US dollars gained, estimated") if gained else _("US dollars, estimated")
        found.append(Figure(_("%(amount)s M") % {"amount": _amount(lesson.impact_money_musd)}, label))
    return found


def _amount(value: Decimal) -> str:
    return number_format(value.normalize() if value % 1 else value.to_integral_value())


def impact_heading(lesson: Lesson) -> str:
    """The heading over the figures."""
    if lesson.outcome == Outcome.POSITIVE:
        return _("What it gained")
    return _("What it changed") if lesson.outcome == Outcome.MIXED else _("What it cost")


def standard_heading(lesson: Lesson) -> str:
    """Only a lesson that was taken up has changed the standard."""
    return _("Changed the standard") if lesson.uptake in IN_THE_PLAYBOOK else _("Where it applies")


def citing_plays(citations: Iterable[Citation], steps: Mapping[int, Mapping[str, int]]) -> list[CitingPlay]:
    """One entry a play, in the order of codes. `steps` maps a play to the numbers of its steps by key."""
    by_play: dict[int, list[Citation]] = {}
    for citation in citations:
        by_play.setdefault(citation.play_id, []).append(citation)
    return sorted((_citing(found, steps) for found in by_play.values()), key=lambda play: play.code)


def _citing(citations: list[Citation], steps: Mapping[int, Mapping[str, int]]) -> CitingPlay:
    play = citations[0].play
    known = steps.get(play.pk, {})
    numbers = sorted(known[citation.step_key] for citation in citations if citation.step_key in known)
    named = ", ".join(str(number) for number in numbers)
    note = ngettext("Step %(numbers)s", "Steps %(numbers)s", len(numbers)) % {"numbers": named}
    anchor = f"#step-{first.step_key}" if (first := _first(citations, known)) else ""
    return CitingPlay(
        code=play.code or "",
        title=play.title,
        url=f"{play.get_absolute_url()}{anchor}",
        note=note if numbers else "",
    )


def _first(citations: list[Citation], numbers: Mapping[str, int]) -> Citation | None:
    named = [citation for citation in citations if citation.step_key in numbers]
    return min(named, key=lambda citation: numbers[citation.step_key], default=None)
