"""From an accepted answer to a lesson: a draft with the words of both, credit for who answered, links both ways.

The draft belongs to whoever pressed the button; it goes through the name guard and the review as any lesson does, since
a lesson is read by more people than a topic of a narrow board. Whoever wrote without a name is thanked nowhere.
"""

from django.utils.translation import gettext_lazy as _

from core.facts import LessonMoved, subscribe
from forums import api as forums
from forums.data import AcceptedAnswer
from forums.slots import AnswerAct, TopicNote, answer_acts, topic_notes
from lessons import api as lessons
from lessons.origins import Origin, origins
from people.models import User

TOPIC = "topic"
TITLE_LENGTH = 150
WHAT_HELPED = _("What helped")


def begin_from_answer(*, owner: User, answer: AcceptedAnswer) -> str:
    """The address where the new draft is written on."""
    return lessons.begin_lesson(
        owner=owner,
        fields={
            "title": answer.title[:TITLE_LENGTH],
            "happened": f"{answer.question}\n\n**{WHAT_HELPED}**\n\n{answer.answer}",
            "phase": answer.phase,
            "audience": answer.audience,
            "grew_from": lessons.origin_key(TOPIC, answer.topic_id),
        },
    )


def thank_who_answered(fact: LessonMoved) -> None:
    """Once a lesson that grew from a topic leaves its author's hands, who answered there is thanked in it."""
    kind, _colon, number = lessons.grown_out_of(fact.lesson_id).partition(":")
    if kind == TOPIC:
        lessons.credit(lesson_id=fact.lesson_id, person_ids=forums.answerers_of(int(number)))


def topic_of(number: int, reader: object) -> Origin | None:
    """The topic a lesson grew from."""
    found = forums.topic_note(number, reader)
    return Origin(_("Grew from a question"), found.title, found.url, "messages-square") if found else None


def lessons_of(topic_id: int, reader: object) -> list[TopicNote]:
    """The lessons that grew from a topic."""
    cards = lessons.grown_from(lessons.origin_key(TOPIC, topic_id), reader)
    return [TopicNote(card.title, card.url, _("Became a lesson")) for card in cards]


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    answer_acts.register(TOPIC, AnswerAct(_("Make it a lesson"), "lightbulb", "answer_to_lesson"))
    topic_notes.register("lessons", lessons_of)
    origins.register(TOPIC, topic_of)
    subscribe(LessonMoved, thank_who_answered)
