"""Loads the pairs of the demo: `pairs` of content/mentoring.yaml, with talks, goals, signatures, pulses and looks back.

Part of the demo only. Idempotent: two people who are or were a pair are left alone, and so is a mentee who has a mentor
by now. The other rooms are told of pairs that run, as they are of any; nobody gets a notice of what is long past.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core import facts
from core.content import read_yaml
from core.services.record import record
from mentoring.agenda import agenda_for
from mentoring.choices import Ending, Origin, PairState, SessionState
from mentoring.days import current_day
from mentoring.models import Closure, Goal, Mentorship, Programme, Pulse, Session
from mentoring.models.sessions import MINUTES
from mentoring.services.keep_agreement import agreement_of
from mentoring.services.keep_status import keep_status
from mentoring.services.programmes import onboarding_programme
from mentoring.services.take_snapshots import take_snapshot_of
from people.api import next_working_day
from people.models import User

Entry = Mapping[str, Any]
ORIGIN = "load_starter"


@transaction.atomic
def load_pairs(*, folder: Path | None = None) -> int:
    """How many pairs were made. People are loaded before, and paths, which hear of the pairs."""
    content = folder or settings.CONTENT_DIR
    emails = {entry["email"]: entry["key"] for entry in read_yaml(content / "people.yaml")["people"]}
    rows = User.objects.present().filter(is_demo=True, email__in=emails).select_related("profile")
    people = {emails[one.email]: one for one in rows}
    entries = [one for one in read_yaml(content / "mentoring.yaml")["pairs"] if _are_there(one, people)]
    programme = onboarding_programme()
    made = [_load(entry, people, programme) for entry in entries]
    keep_status()
    return len(made)


def _are_there(entry: Entry, people: Mapping[str, User]) -> bool:
    mentee, mentor = people.get(entry["mentee"]), people.get(entry["mentor"])
    if mentee is None or mentor is None:
        return False
    own = Mentorship.objects.filter(mentee=mentee)
    taken = "closed" not in entry and own.open().exists()
    return not taken and not own.filter(mentor=mentor).exists()


def _load(entry: Entry, people: Mapping[str, User], programme: Programme) -> Mentorship:
    began = current_day() - timedelta(days=entry["began"])
    pair: Mentorship = Mentorship.objects.create(
        programme=programme,
        mentee=people[entry["mentee"]],
        mentor=people[entry["mentor"]],
        origin=Origin.SELF,
        state=PairState.ACTIVE,
        began=began,
        due_end=began + timedelta(weeks=programme.term_weeks),
    )
    record(actor=None, action="mentorship.begin", target=pair, origin=ORIGIN)
    held = _talks(pair, entry)
    _goals(pair, entry["goals"])
    signed = _sign(pair, entry)
    answered = _pulses(pair, entry["pulses"])
    if "closed" in entry:
        _close(pair, entry)
    else:
        take_snapshot_of(pair)
        _tell(pair, held, signed, answered)
    return pair


def _talks(pair: Mentorship, entry: Entry) -> list[Session]:
    """Those held, and the one that is booked."""
    days = [(pair.began + timedelta(days=day), SessionState.HELD) for day in entry["talks"]]
    if "next" in entry:
        days.append((current_day() + timedelta(days=entry["next"]), SessionState.BOOKED))
    clock = time.fromisoformat(entry["at"])
    talks = []
    for number, (day, status) in enumerate(days, start=1):
        start = datetime.combine(next_working_day(pair.mentee.profile, day), clock, tzinfo=UTC)
        done = status == SessionState.HELD
        talks.append(
            Session.objects.create(
                mentorship=pair,
                number=number,
                host=pair.mentor,
                proposed_by=pair.mentee,
                start=start,
                zone=pair.mentee.profile.time_zone,
                minutes=MINUTES,
                agenda=[item.as_json() | {"done": done} for item in agenda_for(number).items],
                state=status,
                changed=min(start, timezone.now()),
            )
        )
    return [talk for talk in talks if talk.state == SessionState.HELD]


def _goals(pair: Mentorship, entries: Sequence[Entry]) -> None:
    for entry in entries:
        Goal.objects.create(mentorship=pair, created=_moment(pair, 0), **entry)


def _sign(pair: Mentorship, entry: Entry) -> int | None:
    """The number of the agreement that both have signed."""
    if "signed" not in entry:
        return None
    agreement = agreement_of(pair)
    agreement.edited = _moment(pair, 0)
    agreement.signed_mentee = agreement.signed_mentor = _moment(pair, entry["signed"])
    agreement.render_texts()
    agreement.save()
    return agreement.pk


def _pulses(pair: Mentorship, entries: Sequence[Entry]) -> list[Pulse]:
    return [
        Pulse.objects.create(
            mentorship=pair,
            person=_who(pair, entry),
            day=entry["day"],
            asked=_moment(pair, entry["day"]),
            answered=_moment(pair, entry["day"]),
            fit=entry["fit"],
            value=entry["value"],
        )
        for entry in entries
    ]


def _close(pair: Mentorship, entry: Entry) -> None:
    pair.state, pair.ending, pair.ended = PairState.CLOSED, Ending.COMPLETED, _moment(pair, entry["closed"])
    pair.save(update_fields=["state", "ending", "ended"])
    for look in entry["looks_back"]:
        Closure.objects.create(
            mentorship=pair,
            person=_who(pair, look),
            value=look["value"],
            recommends=look["recommends"],
            note=look["note"],
            created=pair.ended,
        )


def _tell(pair: Mentorship, held: Sequence[Session], signed: int | None, answered: Sequence[Pulse]) -> None:
    facts.publish(facts.MentorshipBegan(mentorship_id=pair.pk))
    if held:
        facts.publish(facts.SessionHeld(session_id=held[0].pk))
    if signed is not None:
        facts.publish(facts.AgreementSigned(agreement_id=signed))
    for pulse in answered:
        facts.publish(facts.PulseAnswered(pulse_id=pulse.pk))


def _who(pair: Mentorship, entry: Entry) -> User:
    return pair.mentee if entry["by"] == "mentee" else pair.mentor


def _moment(pair: Mentorship, day: int) -> datetime:
    """Noon of a day of the pair."""
    on: date = pair.began + timedelta(days=day)
    return datetime.combine(on, time(12), tzinfo=UTC)
