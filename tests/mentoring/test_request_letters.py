"""The letters of requests: which one goes to whom, with words that facilitators edit, and never a reason or a secret."""

import pytest
from django.core import mail

from mentoring.choices import DeclineReason
from mentoring.request_letters import letters
from mentoring.services.answer_request import accept_request, decline_request
from mentoring.services.send_request import send_request
from notifications.api import send_waiting_mail
from notifications.data import Paragraphs
from onboarding.models import Letter
from tests.mentoring.market import make_mentee, make_mentor

pytestmark = pytest.mark.django_db
WORDS = {
    "mentor_request": "{mentee_name} writes: {message}\n\nFit {fit_points}.\n\nAccept: {accept_link}",
    "mentor_accepted": "{mentor_name} says yes. Book: {booking_link}",
    "mentor_next_choice": "{mentor_name} cannot. {next_mentor_name} has your message.",
}


@pytest.fixture(autouse=True)
def worded() -> None:
    """Short letters."""
    for key, body in WORDS.items():
        Letter.objects.update_or_create(key=key, defaults={"subject": key, "body": body})


def text(paragraphs: Paragraphs) -> str:
    """All words."""
    return "\n".join("".join(part.words for part in one) for one in paragraphs)


def test_the_mentor_reads_the_message_and_a_link_that_changes_nothing() -> None:
    mentee, mentor = make_mentee(), make_mentor()
    asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="Braces {like_these} stay.")
    found = letters([asked.pk], mentor)[asked.pk]
    assert "Ilse Koster writes: Braces {like_these} stay." in text(found)
    assert [part.url for one in found for part in one if part.url] == [asked.get_absolute_url()]
    assert letters([asked.pk], mentee) == {}
    assert letters([asked.pk], make_mentor()) == {}


def test_a_yes_and_a_next_choice_are_told_without_a_reason() -> None:
    mentee, mentor, other = make_mentee(), make_mentor(), make_mentor("Mei Tanaka")
    asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="", choices=[other.pk])
    following = decline_request(mentor=mentor, request_id=asked.pk, reason=DeclineReason.TOO_CLOSE)
    assert following is not None
    told = text(letters([following.pk], mentee)[following.pk])
    assert told == "Amara Osei cannot. Mei Tanaka has your message."
    accept_request(mentor=other, request_id=following.pk)
    assert "Mei Tanaka says yes." in text(letters([following.pk], mentee)[following.pk])


def test_the_mail_carries_the_letter() -> None:
    mentee, mentor = make_mentee(), make_mentor()
    send_request(mentee=mentee, mentor_id=mentor.pk, message="My first committee.")
    send_waiting_mail()
    (sent,) = mail.outbox
    assert sent.to == [mentor.email]
    assert sent.subject == "Ilse Koster asks for you as mentor"
    assert "Ilse Koster writes: My first committee." in sent.body
