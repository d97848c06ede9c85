"""Asks managers on day 30 how the start of one of theirs goes, and closes the step of the three pulses.

The bell tells on the day. A letter and two reminders wait for the manager's hours and a place in their week; who takes no
mail of this hears the bell, and no place of their week is taken. A week after the day nobody reminds any more. The step is
done once all three have answered or have had that week: when it is done tells nobody who answered. Safe to call at any time.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from core.audiences import COMMUNITY
from core.services.record import record
from mentoring.api import pulses_settled
from notifications.api import notify, takes_mail
from onboarding.choices import UNDONE, JourneyState
from onboarding.letter_turns import take_turn
from onboarding.manager_pulse_letters import MANAGER_PULSE
from onboarding.models import Journey, ManagerPulse, Step
from onboarding.services.finish_step import finish_step
from people.api import zone_of

PULSE_STEP = "S10"
FIRST_DAY, LAST_DAY = 30, 60
PATIENCE = timedelta(days=7)
AGAIN_AFTER = timedelta(days=3)
REMINDERS = 2


def keep_pulses(now: datetime) -> int:
    """How much was asked, reminded of and settled."""
    return _ask(now) + _remind(now) + settle_pulses(now)


def _ask(now: datetime) -> int:
    asked = ManagerPulse.objects.filter(journey=OuterRef("pk"), manager=OuterRef("person__profile__manager"))
    rows = Journey.objects.filter(
        ~Exists(asked),
        state=JourneyState.ACTIVE,
        person__is_active=True,
        person__profile__manager__is_active=True,
        day_zero__lte=now.date() - timedelta(days=FIRST_DAY - 1),
    )
    return sum(_ask_about(one, now) for one in rows.select_related("person__profile"))


@transaction.atomic
def _ask_about(journey: Journey, now: datetime) -> bool:
    day = journey.day(now.astimezone(zone_of(journey.person)).date())
    manager = journey.person.profile.manager_id
    if manager is None or not FIRST_DAY <= day <= LAST_DAY:
        return False
    pulse, is_new = ManagerPulse.objects.get_or_create(
        journey=journey, manager_id=manager, defaults={"asked": now}
    )
    if is_new:
        record(actor=None, action="manager_pulse.ask", target=pulse)
        _tell(pulse, "asked", mail=False)
    return is_new


def _remind(now: datetime) -> int:
    waiting = ManagerPulse.objects.answerable().filter(asked__gt=now - PATIENCE, asked__lte=now)
    return sum(_remind_of(pulse, now) for pulse in waiting.select_related("manager__profile"))


@transaction.atomic
def _remind_of(pulse: ManagerPulse, now: datetime) -> bool:
    """The first letter only mails what the bell told of on the day; the reminders do both. A bell alone is no letter."""
    turn = min((now - pulse.asked) // AGAIN_AFTER, REMINDERS)
    key = f"manager_pulse-{pulse.pk}-{turn}"
    mail = takes_mail(pulse.manager, MANAGER_PULSE)
    if mail and not take_turn(pulse.manager, key, now):
        return False
    return _tell(pulse, key, bell=turn > 0, mail=mail) and mail


def _tell(pulse: ManagerPulse, key: str, *, bell: bool = True, mail: bool = True) -> bool:
    return bool(
        notify(
            recipients=[pulse.manager_id],
            verb=MANAGER_PULSE,
            actor_id=None,
            target_kind=MANAGER_PULSE,
            target_id=pulse.pk,
            audience=COMMUNITY,
            group_key=f"{MANAGER_PULSE}:{pulse.pk}",
            dedupe_key=f"{MANAGER_PULSE}:{pulse.pk}:{key}",
            bell=bell,
            mail=mail,
        )
    )


def settle_pulses(now: datetime, *, people: Iterable[int] | None = None) -> int:
    """How many steps of the three pulses are done by this, of these people or of all."""
    steps = Step.objects.filter(
        template__code=PULSE_STEP,
        state__in=UNDONE,
        journey__state=JourneyState.ACTIVE,
        journey__day_zero__lte=now.date() - timedelta(days=FIRST_DAY - 1),
    )
    if people is not None:
        steps = steps.filter(journey__person__in=list(people))
    waiting = ManagerPulse.objects.waiting().filter(
        journey=OuterRef("journey"), manager=F("journey__person__profile__manager"), asked__gt=now - PATIENCE
    )
    asked = ManagerPulse.objects.filter(journey=OuterRef("journey"))
    rows = steps.filter(~Exists(waiting)).filter(Q(Exists(asked)) | _asks_nobody(now))
    journeys = {row.journey.person_id: row.journey for row in rows.select_related("journey")}
    begun = {person: journey.day_zero for person, journey in journeys.items()}
    done = pulses_settled(begun, now) if begun else frozenset()
    return sum(
        finish_step(
            person_id=person,
            code=PULSE_STEP,
            kind="pulse",
            object_id=journeys[person].pk,
            by_clock=people is None,
        )
        for person in done
    )


def _asks_nobody(now: datetime) -> Q:
    """Paths without a manager who could be asked, and those whose day had passed before anybody was."""
    passed = now.date() - timedelta(days=LAST_DAY)
    manager = "journey__person__profile__manager"
    return Q(**{manager: None}) | Q(**{f"{manager}__is_active": False}) | Q(journey__day_zero__lt=passed)
