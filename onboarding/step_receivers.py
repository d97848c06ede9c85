"""Steps that tick themselves when the real thing happens. Facts come at least once; a done step stays done.

Posts without a name tick nothing: whose they are is nobody's business here either.
"""

from django.utils import timezone

from core import facts
from forums import api as forums
from lessons import api as lessons
from mentoring import api as mentoring
from onboarding.badges import FIRST_90_DAYS
from onboarding.models import Journey
from onboarding.services.ask_managers import settle_pulses
from onboarding.services.close_path import CLOSING_DAY, keep_last_check
from onboarding.services.finish_step import finish_step, unlock_step
from onboarding.services.lapse import note_talk
from onboarding.services.tell_ended import tell_ended
from people.api import give_badge, zone_of

INTRODUCTIONS = "introductions"
MENTOR, HELLO, CHECK, FIRST_TALK, CONTRIBUTION = "S2", "S3", "S5", "S6", "S13"
SUBMITTED = "submitted"


def posted(fact: facts.TopicPosted) -> None:
    """A hello in the board of introductions."""
    found = forums.author_of_topic(fact.topic_id)
    if found is not None and found.board == INTRODUCTIONS:
        finish_step(person_id=found.person_id, code=HELLO, kind="topic", object_id=fact.topic_id)


def replied(fact: facts.ReplyPosted) -> None:
    """An answer in any other board."""
    found = forums.author_of_reply(fact.post_id)
    if found is not None and found.board != INTRODUCTIONS and not found.own_topic:
        finish_step(person_id=found.person_id, code=CONTRIBUTION, kind="post", object_id=fact.post_id)


def lesson_moved(fact: facts.LessonMoved) -> None:
    """A lesson that was submitted by its author."""
    author = lessons.author_of(fact.lesson_id) if fact.status == SUBMITTED else None
    if author is not None:
        finish_step(person_id=author, code=CONTRIBUTION, kind="lesson", object_id=fact.lesson_id)


def mentorship_began(fact: facts.MentorshipBegan) -> None:
    """A mentor accepted; the first talk opens."""
    pair = mentoring.mentorship(fact.mentorship_id)
    if pair is not None:
        finish_step(person_id=pair.mentee_id, code=MENTOR, kind="mentorship", object_id=pair.pk)
        unlock_step(person_id=pair.mentee_id, code=FIRST_TALK)


def talk_held(fact: facts.SessionHeld) -> None:
    """A talk took place."""
    mentee = mentoring.mentee_of_session(fact.session_id)
    if mentee is not None:
        note_talk(person_id=mentee, now=timezone.now())
    _first_talk(mentoring.first_talk_of_session(fact.session_id))


def agreement_signed(fact: facts.AgreementSigned) -> None:
    """Both have signed."""
    _first_talk(mentoring.first_talk_of_agreement(fact.agreement_id))


def pulse_answered(fact: facts.PulseAnswered) -> None:
    """The mentee answered a pulse; the step is done once all three have."""
    mentee = mentoring.mentee_of_pulse(fact.pulse_id)
    if mentee is not None:
        settle_pulses(timezone.now(), people=[mentee])


def check_taken(fact: facts.SelfCheckTaken) -> None:
    """The first self-check, and the one at the end. What was chosen is read by nobody."""
    if finish_step(person_id=fact.person_id, code=CHECK, kind="self_check", object_id=fact.person_id):
        return
    rows = Journey.objects.running().select_related("person__profile")
    journey = rows.filter(person=fact.person_id).first()
    if journey is None:
        return
    today = timezone.now().astimezone(zone_of(journey.person)).date()
    if journey.day(today) >= CLOSING_DAY:
        keep_last_check(person_id=fact.person_id)


def completed(fact: facts.JourneyCompleted) -> None:
    """The badge that colleagues see, and the letters."""
    person = Journey.objects.filter(pk=fact.journey_id).values_list("person_id", flat=True).first()
    if person is not None:
        give_badge(person_id=person, code=FIRST_90_DAYS)
        tell_ended(journey_id=fact.journey_id)


def _first_talk(done: tuple[int, int] | None) -> None:
    """Mentee and pair, once a talk was held and the agreement stands."""
    if done is not None:
        finish_step(person_id=done[0], code=FIRST_TALK, kind="mentorship", object_id=done[1])


def connect() -> None:
    """Starts listening; called once when the app is ready."""
    facts.subscribe(facts.TopicPosted, posted)
    facts.subscribe(facts.ReplyPosted, replied)
    facts.subscribe(facts.LessonMoved, lesson_moved)
    facts.subscribe(facts.MentorshipBegan, mentorship_began)
    facts.subscribe(facts.SessionHeld, talk_held)
    facts.subscribe(facts.AgreementSigned, agreement_signed)
    facts.subscribe(facts.PulseAnswered, pulse_answered)
    facts.subscribe(facts.SelfCheckTaken, check_taken)
    facts.subscribe(facts.JourneyCompleted, completed)
