"""The page of a pair, for one of the two. A constant number of queries, whatever they have talked and written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from mentoring.agenda import Agenda, agenda_for
from mentoring.choices import Ending, GoalOutcome, PairState, SessionState
from mentoring.models import Agreement, Closure, Goal, Mentorship, Note
from mentoring.pair_slots import ClosingAct, closing_acts, panels_of
from mentoring.pairs import notes_of, phase_of, talks_of
from mentoring.pulses import due_day
from mentoring.reading.talks import TalkLine, talk_line
from mentoring.services.keep_agreement import agreement_of
from people.data import Panel
from people.models import User

NOTES = 50
OUTCOMES = {
    GoalOutcome.REACHED: ("ok", "circle-check"),
    GoalOutcome.PARTLY: ("warn", "circle-dot"),
    GoalOutcome.OPEN: ("", "circle-alert"),
    GoalOutcome.DROPPED: ("", "x"),
}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One of the people around a pair, with the hour where they are."""

    user: User
    role: str
    hour: datetime
    place: str
    hue: str


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """How the agreement stands, and what its reader does next."""

    words: str
    tone: str
    icon: str
    act: str


class PairPage:
    """What one of the two sees. Attributes are read by templates/mentoring/pair.html, each once."""

    def __init__(self, pair: Mentorship, reader: User) -> None:
        self.pair = pair
        self.reader = reader
        self.is_mentor = reader.pk == pair.mentor_id
        self.other = pair.mentee if self.is_mentor else pair.mentor
        self.is_open = pair.is_open
        self.is_paused = pair.state == PairState.PAUSED

    @property
    def title(self) -> str:
        """Who it is about, seen by the reader."""
        return _("You and %(name)s") % {"name": self.other.name}

    @property
    def eyebrow(self) -> str:
        """What the reader is here."""
        return _("You are the mentor") if self.is_mentor else _("Your mentor")

    @property
    def term(self) -> str:
        """From when to when."""
        end = timezone.localtime(self.pair.ended).date() if self.pair.ended else self.pair.due_end
        words = (
            _("From %(begins)s to %(ends)s.") if self.pair.ended else _("Since %(begins)s, until %(ends)s.")
        )
        return words % {"begins": date_format(self.pair.began, "j F Y"), "ends": date_format(end, "j F Y")}

    @property
    def state_words(self) -> str:
        """What is out of the ordinary."""
        if self.is_paused:
            return _("Paused: nothing is asked of you two meanwhile")
        return "" if self.is_open else str(self.pair.get_ending_display())

    @cached_property
    def talks(self) -> list[TalkLine]:
        """All talks, by date; cancelled ones are left out."""
        rows = talks_of(self.reader).filter(mentorship=self.pair).exclude(state=SessionState.CANCELLED)
        return [talk_line(talk, self.reader) for talk in rows.order_by("start", "pk")]

    @property
    def ahead(self) -> list[TalkLine]:
        """Talks that are proposed or booked."""
        return [talk for talk in self.talks if talk.may_change]

    @property
    def past(self) -> list[TalkLine]:
        """What became of the others, the newest first."""
        return [talk for talk in reversed(self.talks) if not talk.may_change]

    @property
    def next_number(self) -> int:
        """The number of the talk to propose."""
        return sum(talk.counts for talk in self.talks) + 1

    @property
    def proposed(self) -> Agenda:
        """What the next talk is about."""
        return agenda_for(self.next_number, phase_of(self.pair))

    @cached_property
    def goals(self) -> list[Goal]:
        """One to three."""
        return list(self.pair.goals.all())

    @cached_property
    def notes(self) -> list[Note]:
        """The reader's own and those for both."""
        return list(notes_of(self.reader, self.pair)[:NOTES])

    @cached_property
    def pulse_day(self) -> int | None:
        """The pulse that waits for the reader."""
        return due_day(self.pair, self.reader)

    @cached_property
    def agreement(self) -> AgreementLine:
        """How it stands."""
        found = agreement_of(self.pair)
        if found.signed_on is not None:
            day = date_format(timezone.localtime(found.signed_on), "j F Y")
            words = _("Signed by both on %(day)s") % {"day": day}
            return AgreementLine(words, "ok", "badge-check", _("Read it"))
        if not self.is_open:
            return AgreementLine(_("Not signed"), "", "info", _("Read it"))
        if _mine(found, is_mentor=self.is_mentor) is not None:
            words = _("Waits for %(name)s") % {"name": self.other.get_short_name()}
            return AgreementLine(words, "warn", "clock", _("Read it"))
        return AgreementLine(_("Waits for your signature"), "warn", "pencil-line", _("Read and sign"))

    @property
    def people(self) -> Iterator[PersonLine]:
        """Mentor, mentee, and who stands in."""
        now = timezone.now()
        rows = [(self.pair.mentor, _("mentor"), ""), (self.pair.mentee, _("mentee"), "b")]
        if self.pair.backup is not None:
            rows.append((self.pair.backup, _("stands in"), "c"))
        for user, role, hue in rows:
            yield PersonLine(user, role, now.astimezone(user.profile.zone), user.profile.city, hue)

    @property
    def panels(self) -> list[Panel]:
        """What other rooms show beside it."""
        return panels_of(self.pair.mentee_id, self.pair.mentor_id, self.reader)

    @cached_property
    def closing(self) -> "Closing | None":
        """The look back, once the pair is closed."""
        return None if self.is_open else closing_of(self.pair, self.reader, self.goals)


@dataclass(frozen=True, slots=True)
class Closing:
    """Looks back of the two, what became of the goals, and what the reader may still do."""

    looks: tuple[Closure, ...]
    outcomes: tuple[tuple[str, str, str, str], ...]
    acts: tuple[ClosingAct, ...]
    may_add: bool


def closing_of(pair: Mentorship, reader: User, goals: Sequence[Goal]) -> Closing:
    """What is left of a closed pair."""
    rows = Closure.objects.visible_to(reader).filter(mentorship=pair)
    looks = tuple(rows.select_related("person").order_by("pk"))
    mine = next((look for look in looks if look.person_id == reader.pk), None)
    outcomes = tuple(
        (goal.title, str(GoalOutcome(goal.outcome).label), *OUTCOMES[GoalOutcome(goal.outcome)])
        for goal in goals
        if goal.outcome in set(GoalOutcome)
    )
    acts = tuple(closing_acts) if mine is not None and mine.note else ()
    return Closing(looks, outcomes, acts, may_add=mine is None and pair.ending == Ending.COMPLETED)


def _mine(agreement: Agreement, *, is_mentor: bool) -> datetime | None:
    return agreement.signed_mentor if is_mentor else agreement.signed_mentee
