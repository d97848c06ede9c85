"""Which {placeholders} each letter may use, what fills them in a preview, and when the letter goes.

What a letter used before it was edited may stay in it: a line whose placeholder has no value is left out of the letter.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from onboarding.letter_text import PLACEHOLDER, Filled, fill
from onboarding.models import Letter

Words = str | Promise

APPOINTMENT: Mapping[str, Words] = {
    "first_name": _("Nia"),
    "name": _("Nia Newcomer"),
    "city": _("Leiden"),
    "manager_name": _("Mo Manager"),
    "manager_first_name": _("Mo"),
    "facilitator_first_name": _("Fay"),
    "facilitator_name": _("The facilitators"),
    "start_date": _("2 November 2026"),
    "alliances": _("Heron"),
    "nominated_by": _("Mo Manager"),
    "share_of_time": "60",
    "one_to_one_date": _("9 November 2026"),
    "due_date": _("9 November 2026"),
}
APPOINTMENT_LINKS: Mapping[str, Words] = {
    "journey_link": _("Open your path"),
    "chart_link": _("Open the chart"),
    "mentor_signup_link": _("Offer a place"),
    "confirm_link": _("Confirm"),
    "reject_link": _("Do not confirm"),
    "manager_page_link": _("Open your page"),
    "case_link": _("Open your searches"),
    "step_link": _("Open the step"),
    "booking_link": _("Open your page"),
    "unsubscribe_link": _("Stop these mails"),
}
REMINDER: Mapping[str, Words] = {
    **APPOINTMENT,
    "step_title": _("Draw your map of people on both sides"),
    "next_step_title": _("Draw your map of people on both sides"),
    "minutes": "45",
    "common_obstacle": _("a full calendar"),
    "mentor_name": _("your mentor"),
    "due_count": "2",
    "due_list": _("Draw your map, 23 November; Answer three questions, 2 December"),
}
REMINDER_LINKS: Mapping[str, Words] = {
    **APPOINTMENT_LINKS,
    "next_step_link": _("Open the step"),
    "reschedule_link": _("Open the step"),
    "related_link": _("The forum"),
}
PATH: Mapping[str, Words] = {
    **APPOINTMENT,
    "mentor_name": _("Amara Osei"),
    "released_mentor_name": _("Amara Osei"),
}
PATH_LINKS: Mapping[str, Words] = {**APPOINTMENT_LINKS, "resume_link": _("Take it up again")}
REST: Mapping[str, Words] = {
    **APPOINTMENT,
    "mentor_name": _("Amara Osei"),
    "paused_from": _("16 November 2026"),
}
AGAIN: Mapping[str, Words] = {
    **APPOINTMENT,
    "next_step_title": _("Draw your map of people on both sides"),
    "mentor_name": _("Amara Osei"),
    "next_session_date": _("30 November, 10:00"),
}
AGAIN_LINKS: Mapping[str, Words] = {**APPOINTMENT_LINKS, "next_step_link": _("Open the step")}
ENDING: Mapping[str, Words] = {**APPOINTMENT, "steps_done": "13", "steps_total": "14"}
ENDING_MENTOR: Mapping[str, Words] = {
    "mentor_first_name": _("Amara"),
    "mentee_name": _("Nia Newcomer"),
    "mentee_first_name": _("Nia"),
    "sessions_held": "9",
    "goals_reached": "2",
    "goals_total": "3",
    "outcome_sentence": _("I ask earlier."),
    "free_from": _("10 May 2027"),
}
ENDING_MENTOR_LINKS: Mapping[str, Words] = {
    "pair_link": _("Go to the two of you"),
    "mentor_settings_link": _("Your places"),
}
HELLO: Mapping[str, Words] = {
    "name": _("Nia Newcomer"),
    "start_date": _("2 November 2026"),
    "alliance_type_label": _("co-development"),
    "phase_label": _("start-up"),
    "city": _("Leiden"),
    "working_hours": _("9:00 to 17:00"),
    "time_zone": "Europe/Amsterdam",
    "languages": _("English, Dutch"),
    "what_i_bring": _("Ten years in Quality."),
    "what_i_look_for": _("How others run their first committee."),
}
REQUEST: Mapping[str, Words] = {
    "mentor_first_name": _("Amara"),
    "mentee_name": _("Nia Newcomer"),
    "mentee_function": _("Alliance manager"),
    "mentee_city": _("Leiden"),
    "alliance_type_label": _("Co-development"),
    "phase_label": _("Start-up"),
    "message": _("My first committee is in three weeks."),
    "overlap_hours": "6",
    "days_open": "2",
    "expires_on": _("16 November"),
    "fit_points": "812",
    "strongest_reason": _("what you want to learn"),
}
REQUEST_LINKS: Mapping[str, Words] = {
    "accept_link": _("Accept"),
    "decline_link": _("Decline"),
    "pause_link": _("Pause all requests"),
    "mentor_settings_link": _("Your places"),
}
ACCEPTED: Mapping[str, Words] = {
    "first_name": _("Nia"),
    "mentor_name": _("Amara Osei"),
    "mentor_first_name": _("Amara"),
    "backup_name": _("Rafael Duarte"),
    "first_talk_by": _("9 November"),
}
NEXT_CHOICE: Mapping[str, Words] = {
    "first_name": _("Nia"),
    "mentor_name": _("Amara Osei"),
    "next_mentor_name": _("Mei Tanaka"),
    "days_open": "5",
    "expires_on": _("16 November"),
}
AGREEMENT: Mapping[str, Words] = {
    "mentee_name": _("Nia Newcomer"),
    "mentor_name": _("Amara Osei"),
    "cadence": _("every two weeks"),
    "start_date": _("9 November 2026"),
    "end_date": _("10 May 2027"),
    "goals": _("Chair the first committee alone"),
    "answer_days": "2",
}
PULSE: Mapping[str, Words] = {"first_name": _("Nia"), "other_name": _("Amara Osei"), "day": "30"}
MANAGER_PULSE: Mapping[str, Words] = {"manager_first_name": _("Mo"), "first_name": _("Nia")}
MANAGER_PULSE_LINKS: Mapping[str, Words] = {
    "pulse_link": _("Answer now"),
    "unsubscribe_link": _("Stop these mails"),
}
NO_DATE: Mapping[str, Words] = {
    "first_name": _("Nia"),
    "other_name": _("Amara Osei"),
    "last_session_date": _("9 November"),
    "slot_1": _("Monday 23 November, 10:00"),
    "slot_2": _("Tuesday 24 November, 14:00"),
    "slot_3": _("Thursday 26 November, 9:00"),
}
NO_DATE_LINKS: Mapping[str, Words] = {
    "booking_link": _("Propose a time"),
    "rematch_link": _("another match"),
    "unsubscribe_link": _("stop these mails"),
}


@dataclass(frozen=True, slots=True)
class Use:
    """When a letter goes and to whom, and what fills it."""

    when: Words
    values: Mapping[str, Words]
    links: Mapping[str, Words]

    @property
    def names(self) -> frozenset[str]:
        """What it may use."""
        return frozenset({*self.values, *self.links})


def _path(when: Words) -> Use:
    return Use(when, APPOINTMENT, APPOINTMENT_LINKS)


def _reminder(when: Words) -> Use:
    return Use(when, REMINDER, REMINDER_LINKS)


USES: Mapping[str, Use] = {
    "welcome": _path(_("To who is new, on day 0")),
    "welcome_self_declared": _path(_("To whoever told us themselves, at once")),
    "preview": _path(_("To who is named for a day ahead")),
    "experienced_invitation": _path(_("To who has more than 24 months in the role")),
    "manager_confirm": _path(_("To the manager of whoever told us themselves")),
    "manager_checklist": _path(_("To the manager, on the eve of day 0")),
    "introduction_post": Use(_("The draft of the hello in the forum"), HELLO, {}),
    "nudge_due": _reminder(_("Reminder: one step is due")),
    "nudge_overdue": _reminder(_("Reminder: one step is overdue")),
    "digest": _reminder(_("Reminder: several steps are due")),
    "nudge_manager": _reminder(_("Reminder to the manager: the talk is due")),
    "lapsed": Use(_("After 60 days without a step or a visit"), PATH, PATH_LINKS),
    "mentor_invitation": Use(_("18 months after the path, once"), PATH, PATH_LINKS),
    "facilitator_no_contact": _path(_("To coordinators, on day 10 without a talk with a mentor")),
    "closing": Use(_("To who has completed the path"), ENDING, APPOINTMENT_LINKS),
    "closing_manager": Use(_("To the manager, when the path is completed"), ENDING, APPOINTMENT_LINKS),
    "closing_mentor": Use(_("To the mentor, when the path is completed"), ENDING_MENTOR, ENDING_MENTOR_LINKS),
    "paused": Use(_("To who pauses the path, at once"), REST, PATH_LINKS),
    "resumed": Use(_("To who takes the path up again, at once"), AGAIN, AGAIN_LINKS),
    "pulse": Use(_("To both of a pair, when a pulse waits"), PULSE, {"pulse_link": _("Answer now")}),
    "pulse_manager": Use(_("To the manager, on day 30"), MANAGER_PULSE, MANAGER_PULSE_LINKS),
    "nudge_no_session": Use(_("To both of a pair, after a fortnight without a date"), NO_DATE, NO_DATE_LINKS),
    "mentor_request": Use(_("To the mentor who is asked"), REQUEST, REQUEST_LINKS),
    "mentor_reminder": Use(_("To the mentor, on working days 2 and 4"), REQUEST, REQUEST_LINKS),
    "mentor_request_expired": Use(_("To the mentor, after working day 5"), REQUEST, REQUEST_LINKS),
    "mentor_accepted": Use(
        _("To the mentee: a mentor has accepted"), ACCEPTED, {"booking_link": _("Book the first talk")}
    ),
    "mentoring_agreement": Use(_("The draft of the agreement of a pair"), AGREEMENT, {}),
    "mentor_next_choice": Use(
        _("To the mentee: the next one is asked"), NEXT_CHOICE, {"proposals_link": _("See three")}
    ),
}
"""All letters: those that the portal sends, and those it fills in."""


def known_in(letter: Letter) -> frozenset[str]:
    """What the letter may use: what is filled, and what stood in it before."""
    return USES[letter.key].names | frozenset(PLACEHOLDER.findall(f"{letter.subject} {letter.body}"))


def check_letter(letter: Letter, *, subject: str, body: str) -> dict[str, str]:
    """What is wrong with an edit, by field."""
    known, found = known_in(letter), {}
    for field, text in (("subject", subject), ("body", body)):
        allowed = known - _links_of(letter) if field == "subject" else known
        unknown = sorted(set(PLACEHOLDER.findall(text)) - allowed)
        if unknown:
            found[field] = _unknown(unknown, allowed)
        elif set(PLACEHOLDER.sub("", text)) & set("{}"):
            found[field] = _say("Write each placeholder between one pair of braces, as in {first_name}.")
    return found


def _unknown(unknown: list[str], allowed: frozenset[str]) -> str:
    return _say("Nothing fills %(unknown)s. This letter knows %(known)s.") % {
        "unknown": ", ".join(f"{{{name}}}" for name in unknown),
        "known": ", ".join(f"{{{name}}}" for name in sorted(allowed)),
    }


def _links_of(letter: Letter) -> frozenset[str]:
    return frozenset(name for name in known_in(letter) if name.endswith("_link"))


@dataclass(frozen=True, slots=True)
class Sample:
    """A letter as an invented reader gets it, and the lines that nobody gets."""

    filled: Filled
    left_out: tuple[str, ...]


def sample(key: str, *, subject: str, body: str) -> Sample:
    """The letter filled with invented values."""
    use = USES[key]
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    left_out = tuple(line for line in lines if not set(PLACEHOLDER.findall(line)) <= use.names)
    values = {name: str(words) for name, words in use.values.items()}
    links = {name: ("#", str(words)) for name, words in use.links.items()}
    return Sample(fill(subject, body, values, links), left_out)
