"""What other rooms may ask of mentoring. What is for a reader is cut to the reader."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from mentoring import clock
from mentoring.choices import OPEN_PAIRS, SessionState
from mentoring.coordinators import coordinators_for
from mentoring.data import PAIR_TARGET, LookBack, MentorshipData, PairFigures, ProposalCard, Proposals
from mentoring.letter_slot import letter_turns, letter_writers
from mentoring.models import Closure, MatchRequest, MentorProfile, Mentorship, Pulse, Session
from mentoring.pair_slots import pair_panels
from mentoring.pairs import pairs_of, phase_of
from mentoring.proposals import propose
from mentoring.pulses import pulses_settled
from mentoring.reading.figures_of_pairs import figures_of, next_talk_of, released_by, rests_with
from mentoring.report_slots import Appointment, appointments
from mentoring.services import send_request as sending
from mentoring.services.follow_path import go_on_for, release_silent, rest_for
from mentoring.services.request_checks import NotAvailable
from mentoring.services.save_profile import look_for_mentor
from mentoring.services.withdraw_requests import end_for, withdraw_requests
from people.models import MentorStatus, User

__all__ = [
    "PAIR_TARGET",
    "Appointment",
    "LookBack",
    "MentorshipData",
    "NotAvailable",
    "PairFigures",
    "ProposalCard",
    "Proposals",
    "appointments",
    "coordinators_for",
    "end_for",
    "figures_of",
    "first_talk_of_agreement",
    "first_talk_of_session",
    "go_on_for",
    "last_mentor_of",
    "letter_turns",
    "letter_writers",
    "look_back_of",
    "look_for_mentor",
    "mentee_of_pulse",
    "mentee_of_session",
    "mentors_among",
    "mentorship",
    "next_talk_of",
    "open_mentorship_of",
    "pair_panels",
    "paired_at",
    "proposals_for",
    "pulses_settled",
    "release_silent",
    "released_by",
    "requests_to",
    "rest_for",
    "rests_with",
    "run_mentoring_clock",
    "send_request",
    "talked_among",
    "withdraw_requests",
]


def proposals_for(person: User, *, reader: object) -> Proposals:
    """The three cards of a person, for that person alone; nobody else is shown any."""
    return propose(person) if getattr(reader, "pk", None) == person.pk else Proposals((), 0)


def send_request(*, mentee: User, mentor_id: int, message: str, choices: Sequence[int] = ()) -> int:
    """The number of the request. Raises `NotAvailable`, with one sentence, whatever stands against the pair."""
    made = sending.send_request(mentee=mentee, mentor_id=mentor_id, message=message, choices=choices)
    return made.pk


def requests_to(mentor: User) -> int:
    """How many requests wait for this person's answer. One query; none for who does not mentor."""
    asks = mentor.profile.mentor_status != MentorStatus.NONE
    return MatchRequest.objects.open().filter(mentor=mentor).count() if asks else 0


def open_mentorship_of(mentee_id: int) -> MentorshipData | None:
    """The mentorship in which a person is the mentee now. One query."""
    return next(iter(_data(Mentorship.objects.open().filter(mentee=mentee_id))), None)


def paired_at(mentee_id: int, mentor_id: int, moments: Sequence[datetime]) -> bool:
    """Whether the two are a pair now, or were one at any of these moments. One query."""
    then = Q(state__in=OPEN_PAIRS)
    for moment in moments:
        then |= Q(began__lte=timezone.localdate(moment), ended__gte=moment)
    return Mentorship.objects.filter(then, mentee=mentee_id, mentor=mentor_id).exists()


def mentorship(pk: int) -> MentorshipData | None:
    """One by its number, for a flow that was told of it; open or closed."""
    return next(iter(_data(Mentorship.objects.filter(pk=pk))), None)


def first_talk_of_session(session_id: int) -> tuple[int, int] | None:
    """Mentee and pair of a talk, once the pair has talked and signed; None before. For facts."""
    return _first_talk(Mentorship.objects.filter(sessions=session_id))


def first_talk_of_agreement(agreement_id: int) -> tuple[int, int] | None:
    """The same from an agreement that both signed."""
    return _first_talk(Mentorship.objects.filter(agreements=agreement_id))


def mentee_of_pulse(pulse_id: int) -> int | None:
    """The mentee, where it is they who answered. For facts; what was answered stays."""
    asked = Pulse.objects.filter(pk=pulse_id, answered__isnull=False, person=F("mentorship__mentee"))
    return asked.values_list("person_id", flat=True).first()


def mentee_of_session(session_id: int) -> int | None:
    """Whose talk as a mentee it was. For facts."""
    talks = Session.objects.filter(pk=session_id)
    return talks.values_list("mentorship__mentee", flat=True).first()


def last_mentor_of(mentee_id: int) -> str:
    """The name of the newest mentor of a person, for letters to that person; empty where there was none."""
    rows = Mentorship.objects.filter(mentee=mentee_id).order_by("-pk")
    return rows.values_list("mentor__name", flat=True).first() or ""


def mentors_among(people: Collection[int]) -> set[int]:
    """Who of them offers to mentor. One query."""
    rows = MentorProfile.objects.filter(person__in=people, is_mentor=True)
    return set(rows.values_list("person", flat=True))


def talked_among(people: Collection[int]) -> set[int]:
    """Who of them has talked with a mentor, in whichever pair. One query."""
    rows = Session.objects.filter(mentorship__mentee__in=people, state=SessionState.HELD)
    return set(rows.values_list("mentorship__mentee", flat=True))


def _first_talk(pairs: QuerySet[Mentorship]) -> tuple[int, int] | None:
    signed = Q(agreements__signed_mentor__isnull=False, agreements__signed_mentee__isnull=False)
    done = pairs.filter(signed, pk__in=Session.objects.filter(state=SessionState.HELD).values("mentorship"))
    return done.values_list("mentee_id", "pk").first()


def look_back_of(mentorship_id: int, reader: object) -> LookBack | None:
    """What the reader wrote at the end of a pair of theirs; None where they wrote nothing."""
    pair = pairs_of(reader).filter(pk=mentorship_id).first()
    looks = Closure.objects.visible_to(reader).filter(mentorship=pair, person=getattr(reader, "pk", None))
    look = looks.exclude(note="").first() if pair is not None else None
    return LookBack(look.note, phase_of(pair)) if pair is not None and look is not None else None


def run_mentoring_clock(now: datetime | None = None) -> int:
    """What time does: reminders, expiry, absences, pulses, hand-overs; how much was done. Safe at any time."""
    return clock.run_mentoring_clock(now or timezone.now())


def _data(rows: QuerySet[Mentorship]) -> list[MentorshipData]:
    return [
        MentorshipData(
            pk=row.pk,
            mentee_id=row.mentee_id,
            mentor_id=row.mentor_id,
            mentor_name=row.mentor.name,
            mentee_name=row.mentee.name,
            state=row.state,
            url=row.get_absolute_url(),
        )
        for row in rows.select_related("mentee", "mentor")
    ]
