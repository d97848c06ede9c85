"""What the page of one step shows beside its words: the reading with its lines, the two halves of the last step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onboarding.branches import CORE_READING
from onboarding.models import Step
from onboarding.reading.links import ReadingLink
from onboarding.services.close_path import CHECKED, CLOSE, CLOSING_DAY, TOLD, shown_of
from onboarding.services.mark_reading import NEEDED, lines_of
from onboarding.step_forms import OutcomeForm, ReadingForm

READ = frozenset({"play", "lesson"})


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One piece of the core reading; `line` is empty until it is marked."""

    link: ReadingLink
    line: str
    form: ReadingForm


@dataclass(frozen=True, slots=True)
class CoreReading:
    """The whole of it; `needed` are enough."""

    rows: Sequence[ReadingRow]
    needed: int

    @property
    def marked(self) -> int:
        """How many are."""
        return sum(bool(row.line) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Closing:
    """The last step: what is there of its two halves, and the form of the second. `opens` is empty from that day on."""

    checked: bool
    opens: date | None
    told: bool
    form: OutcomeForm


def to_read(links: Sequence[ReadingLink]) -> list[ReadingLink]:
    """What of the links is read rather than used."""
    return [link for link in links if link.kind in READ]


def core_reading(
    step: Step, links: Sequence[ReadingLink], *, sent: Mapping[str, str] | None = None, code: str = ""
) -> CoreReading | None:
    """None at any other step. `sent` is what was typed for the piece `code` and could not be kept. One query."""
    if step.template.code != CORE_READING:
        return None
    lines, pieces = lines_of(step), to_read(links)
    rows = [
        ReadingRow(
            link,
            lines.get(link.code, ""),
            ReadingForm(
                sent if link.code == code else None,
                code=link.code,
                initial={"line": lines.get(link.code, "")},
            ),
        )
        for link in pieces
    ]
    return CoreReading(rows, min(NEEDED, len(pieces)))


def closing(step: Step, *, today: date, sent: Mapping[str, str] | None = None) -> Closing | None:
    """None at any other step. `today` is by the person's own clock. One query."""
    if step.template.code != CLOSE:
        return None
    shown, journey = shown_of(step), step.journey
    initial = {"outcome": journey.outcome, "goes_on": journey.goes_on}
    opens = None if journey.day(today) >= CLOSING_DAY else journey.date_of(CLOSING_DAY)
    return Closing(CHECKED in shown, opens, TOLD in shown, OutcomeForm(sent, initial=initial))
