"""Facts: a closed catalogue of what may be told to the other rooms, and how it gets there.

`publish` stores a fact in the running transaction; `deliver_waiting` (called by the worker) hands each stored fact to
every subscriber, at least once, oldest first. A subscriber must therefore be idempotent. A fact that fails eight
times is left with its error for the operator. Facts hold ids, never text or objects: the subscriber reads afresh.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import ClassVar, TypeVar

from django.db import transaction
from django.utils import timezone

from core.models import StoredFact

MAX_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened. Subclasses below are the whole catalogue."""

    name: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class LessonPublished(Fact):
    """A lesson became readable for its audience."""

    name: ClassVar[str] = "lesson_published"
    lesson_id: int


@dataclass(frozen=True, slots=True)
class PlayPublished(Fact):
    """A play went live, for the first time or in a new version."""

    name: ClassVar[str] = "play_published"
    page_id: int
    version: int


@dataclass(frozen=True, slots=True)
class LessonMoved(Fact):
    """A lesson came to another state of its way; `status` is the new one. Publication is told apart, too."""

    name: ClassVar[str] = "lesson_moved"
    lesson_id: int
    status: str
    actor_id: int | None = None


@dataclass(frozen=True, slots=True)
class LessonRouted(Fact):
    """A lesson was sent to the owner of a play, or taken up there; `uptake` is the new value."""

    name: ClassVar[str] = "lesson_routed"
    lesson_id: int
    uptake: str
    actor_id: int | None = None


@dataclass(frozen=True, slots=True)
class LessonUsed(Fact):
    """Somebody told what came of using a lesson."""

    name: ClassVar[str] = "lesson_used"
    lesson_id: int
    use_id: int


@dataclass(frozen=True, slots=True)
class TopicPosted(Fact):
    """A question or a discussion was opened."""

    name: ClassVar[str] = "topic_posted"
    topic_id: int


@dataclass(frozen=True, slots=True)
class ReplyPosted(Fact):
    """A reply was posted."""

    name: ClassVar[str] = "reply_posted"
    post_id: int


@dataclass(frozen=True, slots=True)
class PostEdited(Fact):
    """A post was changed, by its author or by somebody who keeps order."""

    name: ClassVar[str] = "post_edited"
    post_id: int


@dataclass(frozen=True, slots=True)
class AnswerAccepted(Fact):
    """A reply was marked as the answer of its question; nobody is named where who asked did so without a name."""

    name: ClassVar[str] = "answer_accepted"
    post_id: int
    actor_id: int | None = None


@dataclass(frozen=True, slots=True)
class TopicMoved(Fact):
    """A topic went to another board."""

    name: ClassVar[str] = "topic_moved"
    topic_id: int
    actor_id: int


@dataclass(frozen=True, slots=True)
class PostFlagged(Fact):
    """Somebody asked the facilitators to look at a post."""

    name: ClassVar[str] = "post_flagged"
    flag_id: int


@dataclass(frozen=True, slots=True)
class FlagDecided(Fact):
    """The facilitators decided on a flag."""

    name: ClassVar[str] = "flag_decided"
    flag_id: int


@dataclass(frozen=True, slots=True)
class MembershipAsked(Fact):
    """Somebody asked for a place in the team of an alliance."""

    name: ClassVar[str] = "membership_asked"
    membership_id: int


@dataclass(frozen=True, slots=True)
class MembershipDecided(Fact):
    """A place in a team was confirmed, turned down or ended; `status` says which."""

    name: ClassVar[str] = "membership_decided"
    membership_id: int
    status: str


@dataclass(frozen=True, slots=True)
class PersonAssigned(Fact):
    """A person was confirmed as a manager of an alliance."""

    name: ClassVar[str] = "person_assigned"
    alliance_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class PersonUnassigned(Fact):
    """A person no longer manages an alliance."""

    name: ClassVar[str] = "person_unassigned"
    alliance_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class PersonLeft(Fact):
    """A person left the company."""

    name: ClassVar[str] = "person_left"
    person_id: int


@dataclass(frozen=True, slots=True)
class SelfCheckTaken(Fact):
    """A person rated themselves; what they chose is theirs alone."""

    name: ClassVar[str] = "self_check_taken"
    person_id: int


@dataclass(frozen=True, slots=True)
class RequestSent(Fact):
    """A person was asked to be a mentor."""

    name: ClassVar[str] = "request_sent"
    request_id: int


@dataclass(frozen=True, slots=True)
class RequestAnswered(Fact):
    """A request for a mentor came to an end; `status` says which."""

    name: ClassVar[str] = "request_answered"
    request_id: int
    status: str


@dataclass(frozen=True, slots=True)
class MentorshipBegan(Fact):
    """A mentor accepted."""

    name: ClassVar[str] = "mentorship_began"
    mentorship_id: int


@dataclass(frozen=True, slots=True)
class MentorshipEnded(Fact):
    """A mentorship was closed, whatever the reason."""

    name: ClassVar[str] = "mentorship_ended"
    mentorship_id: int


@dataclass(frozen=True, slots=True)
class AgreementSigned(Fact):
    """Mentor and mentee have both signed the same text."""

    name: ClassVar[str] = "agreement_signed"
    agreement_id: int


@dataclass(frozen=True, slots=True)
class SessionHeld(Fact):
    """A talk of a pair took place."""

    name: ClassVar[str] = "session_held"
    session_id: int


@dataclass(frozen=True, slots=True)
class PulseAnswered(Fact):
    """One of a pair answered a pulse; the answer stays with the coordinator."""

    name: ClassVar[str] = "pulse_answered"
    pulse_id: int


@dataclass(frozen=True, slots=True)
class AppointmentMade(Fact):
    """A person was named, or named themselves, as an alliance manager."""

    name: ClassVar[str] = "appointment_made"
    appointment_id: int


@dataclass(frozen=True, slots=True)
class AppointmentDecided(Fact):
    """An appointment was confirmed, rejected or ended; `status` says which."""

    name: ClassVar[str] = "appointment_decided"
    appointment_id: int
    status: str


@dataclass(frozen=True, slots=True)
class StepDone(Fact):
    """A step of a journey was done."""

    name: ClassVar[str] = "step_done"
    step_id: int


@dataclass(frozen=True, slots=True)
class JourneyCompleted(Fact):
    """All steps of a journey are behind a person."""

    name: ClassVar[str] = "journey_completed"
    journey_id: int


CATALOGUE: dict[str, type[Fact]] = {
    fact.name: fact
    for fact in (
        LessonPublished,
        PlayPublished,
        LessonMoved,
        LessonRouted,
        LessonUsed,
        TopicPosted,
        ReplyPosted,
        PostEdited,
        AnswerAccepted,
        TopicMoved,
        PostFlagged,
        FlagDecided,
        MembershipAsked,
        MembershipDecided,
        PersonAssigned,
        PersonUnassigned,
        PersonLeft,
        SelfCheckTaken,
        RequestSent,
        RequestAnswered,
        MentorshipBegan,
        MentorshipEnded,
        AgreementSigned,
        SessionHeld,
        PulseAnswered,
        AppointmentMade,
        AppointmentDecided,
        StepDone,
        JourneyCompleted,
    )
}

Known = TypeVar("Known", bound=Fact)
Subscriber = Callable[[Known], None]
_subscribers: dict[str, list[Callable[..., None]]] = {}


def subscribe(fact: type[Known], subscriber: Subscriber[Known]) -> None:
    """Registers a subscriber once; called from `AppConfig.ready()`."""
    known = _subscribers.setdefault(fact.name, [])
    if subscriber not in known:
        known.append(subscriber)


def unsubscribe(fact: type[Known], subscriber: Subscriber[Known]) -> None:
    """Takes a subscriber out again, for tests."""
    _subscribers[fact.name].remove(subscriber)


def publish(fact: Fact) -> None:
    """Stores a fact in the running transaction; raises `KeyError` for one outside the catalogue."""
    StoredFact.objects.create(name=CATALOGUE[fact.name].name, payload=asdict(fact))


def deliver_waiting(*, limit: int = 200) -> int:
    """Hands up to `limit` waiting facts to their subscribers; returns how many were delivered."""
    waiting = StoredFact.objects.filter(delivered=None, attempts__lt=MAX_ATTEMPTS).order_by("id")
    return sum(_deliver(pk) for pk in waiting.values_list("pk", flat=True)[:limit])


def _deliver(pk: int) -> bool:
    stored = StoredFact.objects.get(pk=pk)
    fact = CATALOGUE[stored.name](**stored.payload)
    try:
        with transaction.atomic():
            for subscriber in _subscribers.get(stored.name, []):
                subscriber(fact)
    except Exception as error:
        stored.attempts += 1
        stored.error = f"{type(error).__name__}: {error}"[:2000]
        stored.save(update_fields=["attempts", "error"])
        return False
    stored.delivered = timezone.now()
    stored.save(update_fields=["delivered"])
    return True
