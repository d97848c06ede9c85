"""Reminders and letters: two mails in any seven days, in working hours, one digest, silence, one click to stop them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings as portal_settings
from django.core import mail
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.content import read_yaml
from notifications.api import send_waiting_mail, verbs
from notifications.models import MailState, Notice
from notifications.services.save_settings import save_settings
from onboarding.choices import JourneyState, Source, StepState
from onboarding.letter_turns import take_turn
from onboarding.letters import CLOSING, CLOSING_MANAGER, INVITATION, LAPSED, send_letter
from onboarding.models import Journey, JourneyTemplate, Letter, Nudge, Step, StepTemplate
from onboarding.services.decide_appointment import reject_appointment
from onboarding.services.remind import remind_people
from onboarding.week import week_has_room
from people.api import is_working_time
from people.models import Profile, User
from tests.notifications.smtp import part, smtp_server
from tests.onboarding.appointing import path_of, tell
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
WEEK = timedelta(days=7)
DAYS = 30
ZONES = ["Europe/Zurich", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "Asia/Jerusalem"]
MOST = 2


@pytest.fixture
def letters() -> None:
    """As facilitators find them."""
    for entry in read_yaml(portal_settings.CONTENT_DIR / "onboarding.yaml")["letters"]:
        Letter.objects.update_or_create(
            key=entry["key"], defaults={"subject": entry["subject"], "body": entry["body"]}
        )


def newcomer(dues: list[int], *, manager: User | None = None, **profile: object) -> User:
    """Somebody on the path with steps due so many days after the first Monday."""
    person = UserFactory.create(name="Nia Newcomer", profile={"manager": manager, **profile})
    appointment = tell(person, source=Source.HR_CSV, effective=MONDAY.date()).appointment
    template, _is_new = JourneyTemplate.objects.get_or_create(name="Random steps")
    journey = Journey.objects.create(
        appointment=appointment,
        person=person,
        template=template,
        day_zero=MONDAY.date(),
        state=JourneyState.ACTIVE,
        last_act=MONDAY,
    )
    for number, day in enumerate(dues):
        step, _is_new = StepTemplate.objects.get_or_create(
            template=template,
            code=f"S{number + 1}",
            defaults={"order": number, "title": f"Step number {number + 1}", "due_day": 1},
        )
        StepTemplate.objects.filter(pk=step.pk).update(
            owners=["person", "manager"] if number == 3 else ["person"]
        )
        Step.objects.create(journey=journey, template=step, due=MONDAY.date() + timedelta(day))
    Notice.objects.all().delete()
    Nudge.objects.all().delete()
    return person


def live(hours: int, each: Callable[[datetime], None] = lambda _now: None, *, step: int = 1) -> None:
    """Lets time pass, the worker taking its turns."""
    for hour in range(0, hours, step):
        now = MONDAY + timedelta(hours=hour)
        with time_machine.travel(now, tick=False):
            remind_people()
        with time_machine.travel(now + timedelta(minutes=11), tick=False):
            while send_waiting_mail():
                pass
            each(now)


@pytest.mark.thorough
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_in_thirty_days_nobody_gets_more_than_two_mails_in_any_seven(
    letters: None, data: st.DataObject
) -> None:
    Nudge.objects.all().delete()
    Notice.objects.all().delete()
    mail.outbox.clear()
    User.objects.all().delete()
    zone = st.sampled_from(ZONES)
    week = st.sampled_from(["12345", "71234", "135", "1234567"])
    manager = UserFactory.create(profile={"time_zone": data.draw(zone), "working_days": data.draw(week)})
    dues = st.lists(st.integers(-3, DAYS), max_size=14)
    people = [
        newcomer(data.draw(dues), manager=manager, time_zone=data.draw(zone), working_days=data.draw(week))
        for _number in range(2)
    ]
    sent: dict[str, list[datetime]] = {}
    done_at = set(data.draw(st.lists(st.integers(0, DAYS * 24), max_size=6)))

    def look(now: datetime) -> None:
        for message in mail.outbox:
            (address,) = message.to
            sent.setdefault(address, []).append(now)
            assert is_working_time(Profile.objects.get(user__email=address), now)
        mail.outbox.clear()
        if any(now <= MONDAY + timedelta(hours=hour) < now + timedelta(hours=5) for hour in done_at):
            Step.objects.filter(pk__in=Step.objects.undone().values("pk")[:1]).update(state=StepState.DONE)

    live(DAYS * 24, look, step=5)
    for moments in sent.values():
        assert all(sum(moment <= other < moment + WEEK for other in moments) <= MOST for moment in moments)
    assert len(sent) <= len(people) + 1


def test_what_is_due_stands_in_one_mail_of_the_letters_over_real_smtp(letters: None) -> None:
    person = newcomer([0, 1, 1, 9])
    with smtp_server() as mailbox:
        live(2)
        (message,) = mailbox.messages
    text = part(message, "plain").replace("\r\n", "\n")
    assert message["To"] == person.email
    assert message["Subject"] == "3 things of your path are due"
    assert "Dear Nia," in text
    assert "Step number 1, 2 November; Step number 2, 3 November" in text
    assert "Step number 4" not in text
    assert "{" not in text
    assert "List-Unsubscribe" in message


def test_one_step_has_a_letter_of_its_own_and_the_manager_learns_of_the_talk_alone(letters: None) -> None:
    manager = UserFactory.create(name="Mo Manager")
    person = newcomer([1, 20, 20, 0], manager=manager)
    Step.objects.filter(template__code="S4").update(ticks=["person"])
    with smtp_server() as mailbox:
        live(2)
        by_reader = {message["To"]: message for message in mailbox.messages}
    own, managers = by_reader[person.email], by_reader[manager.email]
    assert own["Subject"] == "Due on 3 November: Step number 1"
    assert managers["Subject"] == "The hour with Nia is not booked yet"
    text = part(managers, "plain")
    assert "Dear Mo," in text
    assert "Step number" not in text


@pytest.mark.parametrize(
    "state", [JourneyState.PAUSED, JourneyState.COMPLETED, JourneyState.CANCELLED, JourneyState.SCHEDULED]
)
def test_a_path_that_rests_is_silent(letters: None, state: JourneyState) -> None:
    newcomer([0, 1])
    Journey.objects.update(state=state)
    live(48)
    assert mail.outbox == []
    assert not Nudge.objects.exists()


def test_what_was_done_before_the_mail_went_is_not_said(letters: None) -> None:
    newcomer([0])
    with time_machine.travel(MONDAY, tick=False):
        assert remind_people() == 1
        Step.objects.update(state=StepState.DONE)
    with time_machine.travel(MONDAY + timedelta(minutes=11), tick=False):
        send_waiting_mail()
    assert mail.outbox == []
    assert set(Notice.objects.values_list("mail", flat=True)) == {MailState.DROPPED}


def test_one_click_stops_the_mails_and_keeps_the_notices(letters: None) -> None:
    person = newcomer([0, 10])
    live(2)
    (message,) = mail.outbox
    url = message.extra_headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    assert Client().post(f"/{url}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    live(11 * 24)
    assert len(mail.outbox) == 1
    assert Notice.objects.filter(recipient=person, verb="onboarding_reminder", bell=True).count() == 3


def test_the_manager_is_asked_at_once_and_a_rejected_person_is_told_why(letters: None) -> None:
    manager = UserFactory.create(name="Mo Manager")
    person = UserFactory.create(name="Nia Newcomer", profile={"manager": manager})
    row = tell(person, effective=MONDAY.date(), share_of_time=60).appointment
    path_of(row)
    send_waiting_mail()
    by_reader = {message.to[0]: message for message in mail.outbox}
    asked = by_reader[manager.email]
    assert asked.subject == "Please confirm: does Nia Newcomer look after alliance work?"
    body = str(asked.body)
    assert "Dear Mo," in body
    assert "60 per cent" in body
    assert "Yes, that is right\nhttp" in body
    assert "/onboarding/confirm/" in body
    assert "answer=no" in body
    assert by_reader[person.email].subject == "Your first 90 days start now"
    mail.outbox.clear()
    reject_appointment(appointment_id=row.pk, actor=manager, reason="Not before spring")
    send_waiting_mail()
    (told,) = mail.outbox
    assert told.to == [person.email]
    assert "Not before spring" in str(told.body)


def test_a_letter_of_another_kind_takes_a_place_and_says_nothing_of_the_path(letters: None) -> None:
    person = newcomer([0, 20])
    with time_machine.travel(MONDAY, tick=False):
        assert take_turn(person, "pulse-1-0", MONDAY)
        assert not take_turn(person, "pulse-1-0", MONDAY)
        assert remind_people() == 1
        assert not take_turn(person, "pulse-1-1", MONDAY)
    assert take_turn(person, "pulse-1-1", MONDAY + WEEK + timedelta(hours=2))


@pytest.mark.parametrize(
    "key", [CLOSING, CLOSING_MANAGER, LAPSED, INVITATION, "manager_checklist", "welcome"]
)
def test_a_letter_about_one_path_silences_no_reminder_about_another(letters: None, key: str) -> None:
    manager = UserFactory.create(name="Mo Manager")
    ended = path_of(tell(UserFactory.create(profile={"manager": manager})).appointment)
    newcomer([20, 20, 20, 0], manager=manager)
    with time_machine.travel(MONDAY, tick=False):
        send_letter(key, ended.appointment, [manager.pk], actor=None)
        remind_people()
        assert Nudge.objects.filter(person=manager, letter="nudge_manager").count() == 1
        assert not take_turn(manager, "pulse-1-0", MONDAY)


def without_mail_of(person: User, verb: str) -> None:
    save_settings(person=person, values={"mail_off": [verbs.get(verb).group]}, actor=person)


def test_who_takes_no_mail_of_reminders_hears_the_bell_and_keeps_the_week_for_other_letters(
    letters: None,
) -> None:
    person = newcomer([0, 3, 10])
    without_mail_of(person, "onboarding_reminder")
    for hour in (0, 1, 49, 50):
        assert remind_people(MONDAY + timedelta(hours=hour)) == (hour in (0, 49))
    heard = Notice.objects.filter(recipient=person, verb="onboarding_reminder", bell=True)
    assert list(heard.values_list("mail", flat=True)) == [MailState.NONE] * 2
    assert [take_turn(person, f"pulse-1-{turn}", MONDAY) for turn in range(3)] == [True, True, False]


def test_letters_to_who_takes_none_take_no_place(letters: None) -> None:
    person = newcomer([20])
    without_mail_of(person, f"letter_{LAPSED}")
    appointment = Journey.objects.get(person=person).appointment
    for key in (LAPSED, CLOSING):
        send_letter(key, appointment, [person.pk], actor=None, now=MONDAY)
    assert set(Nudge.objects.values_list("letter", "by_mail")) == {(LAPSED, False), (CLOSING, False)}
    assert week_has_room(person, MONDAY)


@pytest.mark.parametrize("hours", [-3, 10, 24 * 5])
def test_no_turn_outside_the_hours_of_the_reader(letters: None, hours: int) -> None:
    person = newcomer([20])
    assert not take_turn(person, "pulse-1-0", MONDAY + timedelta(hours=hours))
    assert not Nudge.objects.exists()
