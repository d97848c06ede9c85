"""Day 30: the manager's three questions, within two mails a week, read by coordinators without a part, by nobody else."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import AuditEntry
from mentoring.choices import PairState
from mentoring.models import Mentorship, Pulse
from notifications.api import send_waiting_mail, verbs
from notifications.models import MailState, Notice
from notifications.services.save_settings import save_settings
from onboarding.api import run_onboarding_clock
from onboarding.choices import JourneyState, StepState
from onboarding.manager_pulse_letters import MANAGER_PULSE
from onboarding.models import Journey, ManagerPulse, Nudge, Step
from onboarding.services.ask_managers import keep_pulses
from people.models import Profile, User
from tests.mentoring.pair_factories import PairFactory
from tests.onboarding.appointing import MONDAY, begun_on_monday, client_of
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
DAY_30 = MONDAY + timedelta(days=30)
WEEK = timedelta(days=7)
SECRET = "okapi-lantern"
ANSWER = {"has_time": "no", "is_clear": "partly", "steps_in": SECRET}


@pytest.fixture
def manager() -> User:
    return UserFactory.create(name="Mo Manager")


@pytest.fixture
def newcomer(written: None, manager: User) -> User:
    person = begun_on_monday(manager=manager)
    Step.objects.filter(journey__person=person).exclude(template__code="S10").update(state=StepState.DONE)
    Nudge.objects.all().delete()
    Notice.objects.all().delete()
    return person


def page_of(newcomer: User) -> str:
    return reverse("onboarding:manager_pulse", args=[newcomer.pk])


def live(begin: datetime, days: int) -> None:
    """Lets days pass, the worker taking its turns every few hours."""
    for hour in range(0, 24 * days, 3):
        with time_machine.travel(begin + timedelta(hours=hour), tick=False):
            run_onboarding_clock()
        with time_machine.travel(begin + timedelta(hours=hour, minutes=11), tick=False):
            while send_waiting_mail():
                pass


@pytest.mark.parametrize(("day", "asked"), [(29, 0), (30, 1), (60, 1), (61, 0)])
def test_the_manager_is_asked_once_about_day_thirty(newcomer: User, day: int, asked: int) -> None:
    now = MONDAY + timedelta(days=day)
    with time_machine.travel(now, tick=False):
        keep_pulses(now)
        keep_pulses(now)
    assert ManagerPulse.objects.count() == asked
    assert Notice.objects.filter(verb="pulse_manager", bell=True).count() == asked


@pytest.mark.parametrize("state", [JourneyState.PAUSED, JourneyState.CANCELLED, JourneyState.COMPLETED])
def test_a_path_that_rests_or_is_over_asks_nobody(newcomer: User, state: JourneyState) -> None:
    Journey.objects.update(state=state)
    assert keep_pulses(DAY_30) == 0


def test_a_letter_and_two_reminders_at_most_and_none_after_the_answer(newcomer: User, manager: User) -> None:
    live(DAY_30, 13)
    letters = [message for message in mail.outbox if message.to == [manager.email]]
    assert 2 <= len(letters) <= 3
    assert letters[0].subject == "Day 30: one minute about Nia's start"
    assert "Dear Mo," in str(letters[0].body)
    assert page_of(newcomer) in str(letters[0].body)
    assert "{" not in str(letters[0].body)


def test_a_manager_who_takes_no_mail_of_it_hears_the_bell_and_keeps_their_week(
    newcomer: User, manager: User
) -> None:
    save_settings(person=manager, values={"mail_off": [verbs.get(MANAGER_PULSE).group]}, actor=manager)
    with time_machine.travel(DAY_30, tick=False):
        keep_pulses(DAY_30)
    assert [keep_pulses(DAY_30 + timedelta(days=day)) for day in (0, 3, 3, 6)] == [0, 0, 0, 0]
    heard = Notice.objects.filter(recipient=manager, verb=MANAGER_PULSE)
    assert list(heard.values_list("bell", "mail")) == [(True, MailState.NONE)] * 3
    assert not Nudge.objects.filter(person=manager).exists()


def test_who_has_answered_gets_no_mail(newcomer: User, manager: User) -> None:
    with time_machine.travel(DAY_30, tick=False):
        run_onboarding_clock()
        assert client_of(manager).post(page_of(newcomer), ANSWER).status_code == 302
    live(DAY_30 + timedelta(minutes=15), 8)
    assert [message for message in mail.outbox if message.to == [manager.email]] == []


@pytest.mark.parametrize(("why", "letters"), [("ended", 0), ("moved", 0), ("left", 0), ("completed", 1)])
def test_letters_stop_once_their_link_would_be_refused(
    newcomer: User, manager: User, why: str, letters: int
) -> None:
    with time_machine.travel(DAY_30, tick=False):
        keep_pulses(DAY_30)
    if why == "moved":
        Profile.objects.filter(user=newcomer).update(manager=UserFactory.create())
    elif why == "left":
        User.objects.filter(pk=manager.pk).update(is_active=False)
    else:
        Journey.objects.update(state=JourneyState.CANCELLED if why == "ended" else JourneyState.COMPLETED)
    later = DAY_30 + timedelta(days=5)
    for now in (DAY_30 + timedelta(minutes=11), later, later + timedelta(minutes=11)):
        with time_machine.travel(now, tick=False):
            keep_pulses(now)
            send_waiting_mail()
    assert Nudge.objects.filter(person=manager).count() == 1 + letters
    assert len([message for message in mail.outbox if message.to == [manager.email]]) == 2 * letters
    if letters:
        assert client_of(manager).get(page_of(newcomer)).status_code == 200


def test_who_may_answer(newcomer: User, manager: User) -> None:
    other = UserFactory.create()
    UserFactory.create(profile={"manager": other})
    facilitator = UserFactory.create(roles=("facilitator",))
    assert client_of(manager).get(page_of(newcomer)).status_code == 404
    with time_machine.travel(DAY_30, tick=False):
        keep_pulses(DAY_30)
    for person in (other, facilitator, newcomer):
        for method in ("get", "post"):
            assert getattr(client_of(person), method)(page_of(newcomer)).status_code == 403
    client = client_of(manager)
    shown = client.get(reverse("onboarding:manager")).content.decode()
    assert "Three questions about their start" in shown
    refused = client.post(page_of(newcomer), {"steps_in": SECRET})
    assert refused.status_code == 422
    assert SECRET in refused.content.decode()
    assert client.post(page_of(newcomer), ANSWER).status_code == 302
    assert client.post(page_of(newcomer), ANSWER).status_code == 404
    assert (
        "Three questions about their start" not in client.get(reverse("onboarding:manager")).content.decode()
    )


def test_coordinators_without_a_part_read_it_and_nobody_else(newcomer: User, manager: User) -> None:
    above = UserFactory.create(roles=("facilitator",))
    Profile.objects.filter(user=manager).update(manager=above)
    coordinator, member = UserFactory.create(roles=("facilitator",)), UserFactory.create()
    administrator = UserFactory.create(roles=("administrator",))
    with time_machine.travel(DAY_30, tick=False):
        keep_pulses(DAY_30)
        client_of(manager).post(page_of(newcomer), ANSWER)
    address = reverse("onboarding:manager_pulses")
    assert SECRET in client_of(coordinator).get(address).content.decode()
    assert SECRET not in client_of(above).get(address).content.decode()
    for person in (newcomer, manager, member, administrator):
        assert client_of(person).get(address).status_code == 404
    pages = ("onboarding:journey", "onboarding:manager", "mentoring:home", "notices:list", "home")
    for person in (newcomer, manager, member, administrator, above):
        for name in pages:
            assert SECRET not in client_of(person).get(reverse(name)).content.decode()
    row = AuditEntry.objects.get(action="manager_pulse.answer")
    assert row.changes == {"has_time": None, "is_clear": None, "steps_in": None}


def answer_both(pair: Mentorship, *people: User) -> None:
    for person in people:
        Pulse.objects.filter(mentorship=pair, person=person).update(answered=DAY_30)


def test_the_step_is_done_once_all_three_have_answered_or_had_their_week(
    newcomer: User, manager: User
) -> None:
    pair = PairFactory.create(mentee=newcomer)
    for person in (pair.mentee, pair.mentor):
        Pulse.objects.create(mentorship=pair, person=person, day=30, asked=DAY_30)
    with time_machine.travel(DAY_30, tick=False):
        keep_pulses(DAY_30)
    step = Step.objects.get(journey__person=newcomer, template__code="S10")
    for answered in ((), (newcomer,), (pair.mentor,)):
        answer_both(pair, *answered)
        keep_pulses(DAY_30 + timedelta(hours=1))
        step.refresh_from_db()
        assert step.state == StepState.OPEN
    keep_pulses(DAY_30 + WEEK - timedelta(hours=1))
    step.refresh_from_db()
    assert step.state == StepState.OPEN
    keep_pulses(DAY_30 + WEEK)
    step.refresh_from_db()
    assert step.state == StepState.DONE


@pytest.mark.parametrize("why", ["none", "left", "late"])
def test_where_no_manager_is_asked_the_two_of_the_pair_are_enough(
    newcomer: User, manager: User, why: str
) -> None:
    now = DAY_30
    if why == "none":
        Profile.objects.filter(user=newcomer).update(manager=None)
    elif why == "left":
        User.objects.filter(pk=manager.pk).update(is_active=False)
    else:
        now = MONDAY + timedelta(days=62)
    pair = PairFactory.create(mentee=newcomer)
    for person in (pair.mentee, pair.mentor):
        Pulse.objects.create(mentorship=pair, person=person, day=30, asked=now, answered=now)
    keep_pulses(now)
    assert not ManagerPulse.objects.exists()
    assert Step.objects.get(journey__person=newcomer, template__code="S10").state == StepState.DONE


def test_what_the_clock_settles_is_no_act_of_the_person(newcomer: User) -> None:
    Profile.objects.filter(user=newcomer).update(manager=None)
    pair = PairFactory.create(mentee=newcomer)
    for person in (pair.mentee, pair.mentor):
        Pulse.objects.create(mentorship=pair, person=person, day=30, asked=DAY_30, answered=DAY_30)
    with time_machine.travel(DAY_30, tick=False):
        keep_pulses(DAY_30)
    assert Step.objects.get(journey__person=newcomer, template__code="S10").state == StepState.DONE
    assert Journey.objects.get(person=newcomer).last_act == MONDAY


@pytest.mark.parametrize("asked", [0, 1, 2])
def test_a_pair_that_has_ended_is_waited_for_no_longer(newcomer: User, asked: int) -> None:
    pair = PairFactory.create(mentee=newcomer, state=PairState.CLOSED, ended=DAY_30 - timedelta(days=9))
    for person in (pair.mentee, pair.mentor)[:asked]:
        Pulse.objects.create(mentorship=pair, person=person, day=30, asked=DAY_30)
    for now, state in ((DAY_30, StepState.OPEN), (DAY_30 + WEEK, StepState.DONE)):
        keep_pulses(now)
        assert Step.objects.get(journey__person=newcomer, template__code="S10").state == state


@pytest.mark.parametrize("why", ["earlier path", "new pair", "day 29"])
def test_an_ended_pair_settles_nothing_of_another_path_beside_a_new_pair_or_too_early(
    newcomer: User, why: str
) -> None:
    Profile.objects.filter(user=newcomer).update(manager=None)
    ended = MONDAY - timedelta(days=1 if why == "earlier path" else -9)
    PairFactory.create(mentee=newcomer, state=PairState.CLOSED, ended=ended)
    if why == "new pair":
        PairFactory.create(mentee=newcomer)
    keep_pulses(MONDAY + timedelta(days=28) if why == "day 29" else DAY_30)
    assert Step.objects.get(journey__person=newcomer, template__code="S10").state == StepState.OPEN


def test_without_a_mentor_the_step_stays(newcomer: User) -> None:
    for now in (DAY_30, DAY_30 + 2 * WEEK):
        keep_pulses(now)
    assert Step.objects.get(journey__person=newcomer, template__code="S10").state == StepState.OPEN


def test_queries_do_not_grow_with_paths(newcomer: User) -> None:
    keep_pulses(DAY_30)
    ManagerPulse.objects.update(asked=DAY_30 - 2 * WEEK)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            keep_pulses(DAY_30 + timedelta(hours=20))
        return len(captured)

    few = count()
    for _number in range(5):
        person = begun_on_monday()
        journey = Journey.objects.get(person=person)
        manager = person.profile.manager
        ManagerPulse.objects.create(journey=journey, manager=manager, asked=DAY_30 - 2 * WEEK)
    assert count() == few
