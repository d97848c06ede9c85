"""What fills the letters about an appointment, for one reader.

A manager may be in the team of none of the alliances, so that letters to them count alliances and name none. Nothing
here reads notes, ratings or requests; of steps, numbers alone.
"""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.api import last_mentor_of, next_talk_of, released_by, rests_with
from notifications.tokens import stop_path
from onboarding.choices import UNTOLD, StepState
from onboarding.models import RoleAppointment
from onboarding.reading.manager import TALK_STEP
from onboarding.tokens import confirm_path
from people.api import next_working_day, zone_of
from people.models import User

REMINDERS = "onboarding_reminders"
Links = dict[str, tuple[str, str]]
Values = tuple[dict[str, str], Links]
"""Words by placeholder, and path and words of links."""


def values_of(appointment: RoleAppointment, reader: User) -> dict[str, str]:
    """Words by placeholder. `appointment` comes with person, profile, manager, assignments and steps."""
    person = appointment.person
    manager = person.profile.manager
    own = reader.pk == person.pk
    found = {
        "first_name": person.get_short_name(),
        "name": person.name,
        "city": person.profile.city,
        "manager_name": manager.name if manager else _("a facilitator"),
        "manager_first_name": reader.get_short_name(),
        "facilitator_first_name": reader.get_short_name(),
        "facilitator_name": _("The facilitators"),
        "start_date": date_format(appointment.effective, "j F Y"),
        "alliances": _named(appointment) if own else _counted(appointment),
        "nominated_by": appointment.named_by.name if appointment.named_by else _("A colleague"),
    }
    if appointment.share_of_time is not None:
        found["share_of_time"] = str(appointment.share_of_time)
    if due := _talk_due(appointment):
        found["one_to_one_date"] = found["due_date"] = date_format(due, "j F Y")
    return found


def links_of(appointment: RoleAppointment, reader: User) -> Links:
    """Path and words by placeholder."""
    confirm = confirm_path(appointment.pk, reader.pk)
    manager = reverse("onboarding:manager")
    return {
        "journey_link": (reverse("onboarding:journey"), _("Open your path")),
        "chart_link": (f"{reverse('onboarding:journey')}#chart", _("Open the chart")),
        "mentor_signup_link": (reverse("mentoring:profile"), _("Offer a place")),
        "confirm_link": (confirm, _("Confirm")),
        "reject_link": (f"{confirm}?answer=no", _("Do not confirm")),
        "manager_page_link": (manager, _("Open your page")),
        "case_link": (reverse("mentoring:home"), _("Open your searches")),
        "step_link": (manager, _("Open your page")),
        "booking_link": (manager, _("Open your page")),
        "unsubscribe_link": (stop_path(reader.pk, [REMINDERS]), _("Stop these mails")),
    }


def path_values(appointment: RoleAppointment, reader: User) -> Values:
    """What letters about a path that sleeps or is over say besides, to its person alone."""
    names = {
        "mentor_name": last_mentor_of(appointment.person_id),
        "released_mentor_name": released_by(appointment.person_id),
    }
    return {key: name for key, name in names.items() if name}, _again_links()


def rest_values(appointment: RoleAppointment, reader: User) -> Values:
    """Since when the path of this person rests, and who rests with it."""
    journey, mentor = getattr(appointment, "journey", None), rests_with(appointment.person_id)
    found = {"mentor_name": mentor} if mentor else {}
    if journey is not None and journey.paused_on is not None:
        found["paused_from"] = date_format(journey.paused_on, "j F Y")
    return found, _again_links()


def again_values(appointment: RoleAppointment, reader: User) -> Values:
    """With what the person begins who takes the path up again, and when the next talk is."""
    found: dict[str, str] = {}
    links: Links = {}
    steps = appointment.journey.steps.all() if hasattr(appointment, "journey") else ()
    step = next((step for step in steps if step.state == StepState.OPEN), None)
    if step is not None:
        found["next_step_title"] = step.title
        links["next_step_link"] = (step.get_absolute_url(), _("Open the step"))
    if (talk := next_talk_of(appointment.person_id, timezone.now())) is not None:
        mentor, start = talk
        when = start.astimezone(zone_of(appointment.person))
        found |= {"mentor_name": mentor, "next_session_date": date_format(when, "j F, H:i")}
    return found, links


def ending_values(appointment: RoleAppointment, reader: User) -> Values:
    """How much of this path was done: of all steps for the person, of those that may be told for the manager."""
    journey = getattr(appointment, "journey", None)
    if journey is None:
        return {}, {}
    own = reader.pk == appointment.person_id
    states = [step.state for step in journey.steps.all() if own or step.template.code not in UNTOLD]
    return {"steps_done": str(states.count(StepState.DONE)), "steps_total": str(len(states))}, {}


def _again_links() -> Links:
    return {"resume_link": (reverse("onboarding:journey"), _("Take it up again"))}


def _named(appointment: RoleAppointment) -> str:
    """What the person typed, for the person alone."""
    names = [row.code_name for row in appointment.assignments.all() if row.code_name]
    return ", ".join(names) or _("alliances")


def _counted(appointment: RoleAppointment) -> str:
    count = len(appointment.assignments.all())
    return ngettext("%d alliance", "%d alliances", count) % count if count else _("alliance work")


def _talk_due(appointment: RoleAppointment) -> date | None:
    """When the talk of manager and person is due; None where there is no path."""
    journey = getattr(appointment, "journey", None)
    if journey is None:
        return None
    steps = journey.steps.all()
    talk = next((step.due for step in steps if step.template.code == TALK_STEP), None)
    return talk and next_working_day(appointment.person.profile, talk)
