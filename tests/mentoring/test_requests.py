"""Requests: asked, answered, taken back, reminded of, expired, led on to the next choice."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.facts import deliver_waiting
from core.models import AuditEntry
from mentoring.choices import DeclineReason, PairState, ProgrammeKind, RequestState
from mentoring.coordinators import waiting_searches
from mentoring.models import MatchRequest, MentorProfile, Mentorship
from mentoring.services.answer_request import accept_request, decline_request
from mentoring.services.remind_mentors import remind_mentors
from mentoring.services.request_checks import AlreadyAnswered, NotAvailable
from mentoring.services.send_request import send_request
from mentoring.services.withdraw_requests import end_for, withdraw_request
from notifications.models import Notice
from people.models import User
from people.roles import Role
from people.services.deactivate import deactivate
from tests.mentoring.market import make_mentee, make_mentor
from tests.mentoring.pair_factories import PairFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-02T09:00:00+00:00"
OF_A_ROUND = {"programme__name": "Winter cohort", "programme__kind": ProgrammeKind.COHORT}


def told(person: User) -> list[str]:
    """The verbs a person was told, oldest first."""
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("verb", flat=True))


def test_a_request_waits_five_working_days_of_the_mentor() -> None:
    mentee, mentor = make_mentee(), make_mentor(profile={"working_days": "71234", "time_zone": "Asia/Amman"})
    with time_machine.travel(MONDAY, tick=False):
        asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="My first committee.")
    assert asked.expires is not None
    assert asked.expires.date().isoformat() == "2026-11-09"
    assert told(mentor) == ["request_sent"]


def test_the_same_request_again_is_the_one_that_waits() -> None:
    mentee, mentor = make_mentee(), make_mentor()
    first = send_request(mentee=mentee, mentor_id=mentor.pk, message="One.")
    assert send_request(mentee=mentee, mentor_id=mentor.pk, message="Two.") == first
    assert told(mentor) == ["request_sent"]


def test_one_search_is_open_at_a_time() -> None:
    mentee = make_mentee()
    send_request(mentee=mentee, mentor_id=make_mentor().pk, message="")
    with pytest.raises(ValidationError, match="Withdraw it first"):
        send_request(mentee=mentee, mentor_id=make_mentor().pk, message="")


def test_who_has_a_mentor_of_a_round_asks_nobody_besides() -> None:
    pair, mentor = PairFactory(**OF_A_ROUND), make_mentor()
    with pytest.raises(ValidationError, match="You have a mentor already"):
        send_request(mentee=pair.mentee, mentor_id=mentor.pk, message="")
    assert not MatchRequest.objects.exists()


def test_a_yes_to_who_found_a_mentor_in_a_round_meanwhile_begins_no_second_pair() -> None:
    mentee, mentor, next_one = make_mentee(), make_mentor(), make_mentor()
    asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="", choices=[next_one.pk])
    PairFactory(mentee=mentee, **OF_A_ROUND)
    assert accept_request(mentor=mentor, request_id=asked.pk) is None
    asked.refresh_from_db()
    assert asked.state == RequestState.SUPERSEDED
    assert Mentorship.objects.open().filter(mentee=mentee).count() == 1
    assert not MatchRequest.objects.open().exists()


def test_a_no_to_who_found_a_mentor_in_a_round_meanwhile_asks_nobody_else() -> None:
    mentee, mentor, next_one = make_mentee(), make_mentor(), make_mentor()
    asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="", choices=[next_one.pk])
    PairFactory(mentee=mentee, **OF_A_ROUND)
    assert decline_request(mentor=mentor, request_id=asked.pk, reason=DeclineReason.NO_TIME) is None


@pytest.mark.parametrize(
    "fields",
    [{"capacity": 0}, {"takes_requests": False}, {"trained_on": None}, {"away_until": timezone.now().date()}],
)
def test_who_has_no_place_cannot_be_asked(fields: dict[str, object]) -> None:
    mentor = make_mentor(**fields)
    with pytest.raises(NotAvailable):
        send_request(mentee=make_mentee(), mentor_id=mentor.pk, message="")


def test_a_yes_makes_a_mentorship_and_takes_the_place() -> None:
    mentee, mentor = make_mentee(), make_mentor()
    asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="")
    pair = accept_request(mentor=mentor, request_id=asked.pk)
    assert pair is not None
    assert (pair.mentee, pair.mentor, pair.state) == (mentee, mentor, PairState.AGREED)
    assert User.objects.get(pk=mentor.pk).profile.mentor_status == "full"
    assert told(mentee) == ["request_accepted"]


def test_the_second_who_asked_for_the_last_place_is_led_on() -> None:
    first, second, mentor, other = make_mentee(), make_mentee(), make_mentor(), make_mentor("Mei Tanaka")
    asked = send_request(mentee=first, mentor_id=mentor.pk, message="")
    waiting = send_request(mentee=second, mentor_id=mentor.pk, message="Please.", choices=[other.pk])
    accept_request(mentor=mentor, request_id=asked.pk)
    waiting.refresh_from_db()
    assert waiting.state == RequestState.SUPERSEDED
    following = MatchRequest.objects.open().get(mentee=second)
    assert (following.mentor, following.message, following.failures) == (other, "Please.", 1)
    assert told(second) == ["next_choice_asked"]
    assert told(other) == ["request_sent"]
    with pytest.raises(AlreadyAnswered):
        accept_request(mentor=mentor, request_id=waiting.pk)


def test_filters_are_checked_again_at_the_yes() -> None:
    mentee, mentor = make_mentee(), make_mentor()
    asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="")
    MentorProfile.objects.filter(person=mentor).update(capacity=0)
    assert accept_request(mentor=mentor, request_id=asked.pk) is None
    asked.refresh_from_db()
    assert asked.state == RequestState.SUPERSEDED
    assert not Mentorship.objects.exists()


def test_a_no_needs_a_code_that_the_trail_names_without_telling() -> None:
    mentee, mentor = make_mentee(), make_mentor()
    asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="")
    with pytest.raises(ValidationError):
        decline_request(mentor=mentor, request_id=asked.pk, reason="rude")
    decline_request(mentor=mentor, request_id=asked.pk, reason=DeclineReason.TOO_CLOSE)
    entry = AuditEntry.objects.get(action="mentoring.request_declined")
    assert entry.changes == {"decline_reason": None}
    assert told(mentee) == ["request_without_mentor"]


def test_beside_an_answer_the_mentor_pauses() -> None:
    mentee, mentor = make_mentee(), make_mentor(capacity=2)
    asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="")
    until = timezone.localdate() + timedelta(days=14)
    accept_request(mentor=mentor, request_id=asked.pk, stop=True, away_until=until)
    profile = MentorProfile.objects.get(person=mentor)
    assert (profile.takes_requests, profile.away_until) == (False, until)
    assert User.objects.get(pk=mentor.pk).profile.mentor_status == "away"


def test_after_two_failures_a_coordinator_without_a_part_is_told() -> None:
    mentee, mentors = make_mentee(), [make_mentor(f"Mentor Number{number}") for number in range(3)]
    coordinator = UserFactory(roles=(Role.MEMBER, Role.FACILITATOR))
    above = UserFactory(roles=(Role.MEMBER, Role.FACILITATOR))
    mentee.profile.manager = above
    mentee.profile.save()
    ids = [one.pk for one in mentors]
    asked = send_request(mentee=mentee, mentor_id=ids[0], message="", choices=ids[1:])
    following = decline_request(mentor=mentors[0], request_id=asked.pk, reason=DeclineReason.NO_TIME)
    assert following is not None
    assert decline_request(mentor=mentors[1], request_id=following.pk, reason=DeclineReason.NO_TIME) is None
    assert told(coordinator) == ["search_failed"]
    assert told(above) == []
    assert [one.mentee for one in waiting_searches(coordinator)] == [mentee]
    assert not waiting_searches(above)
    assert told(mentee) == ["next_choice_asked", "search_with_coordinator"]


def test_reminders_on_day_2_and_4_then_the_next_choice() -> None:
    mentee, mentor, other = make_mentee(), make_mentor(), make_mentor("Mei Tanaka")
    with time_machine.travel(MONDAY, tick=False):
        asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="", choices=[other.pk])
    done = []
    for day in range(3, 10):
        with time_machine.travel(f"2026-11-{day:02d}T10:00:00+00:00", tick=False):
            done.append(remind_mentors(timezone.now()) + remind_mentors(timezone.now()))
    assert done == [0, 1, 0, 1, 0, 0, 1]
    asked.refresh_from_db()
    assert asked.state == RequestState.EXPIRED
    assert told(mentor) == ["request_sent", "request_reminder", "request_reminder", "request_expired"]
    assert told(mentee) == ["next_choice_asked"]
    assert MatchRequest.objects.open().get(mentee=mentee).mentor == other


def test_a_mentee_takes_a_request_back_and_the_mentor_knows() -> None:
    mentee, mentor = make_mentee(), make_mentor()
    asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="")
    withdraw_request(mentee=mentee, request_id=asked.pk)
    assert told(mentor) == ["request_sent", "request_closed"]
    with pytest.raises(AlreadyAnswered):
        accept_request(mentor=mentor, request_id=asked.pk)


def test_a_request_is_nobody_elses() -> None:
    mentee, mentor = make_mentee(), make_mentor()
    asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="")
    for stranger in (mentee, make_mentor()):
        with pytest.raises(MatchRequest.DoesNotExist):
            accept_request(mentor=stranger, request_id=asked.pk)
    with pytest.raises(MatchRequest.DoesNotExist):
        withdraw_request(mentee=mentor, request_id=asked.pk)


def test_whoever_leaves_the_company_is_no_mentor_any_more() -> None:
    mentor, mentee = make_mentor(), make_mentee()
    send_request(mentee=mentee, mentor_id=mentor.pk, message="")
    deactivate(person=mentor, actor=None)
    deliver_waiting()
    assert User.objects.get(pk=mentor.pk).profile.mentor_status == ""
    assert not MatchRequest.objects.open().exists()
    assert told(mentee) == ["request_without_mentor"]


def test_who_leaves_ends_requests_on_both_sides_and_pairs() -> None:
    mentor, mentee, second, other = make_mentor(capacity=2), make_mentee(), make_mentee(), make_mentor()
    asked = send_request(mentee=mentee, mentor_id=mentor.pk, message="")
    accept_request(mentor=mentor, request_id=asked.pk)
    send_request(mentee=second, mentor_id=mentor.pk, message="", choices=[other.pk])
    assert end_for(person_id=mentor.pk) == 2
    assert not Mentorship.objects.open().exists()
    assert MatchRequest.objects.open().get().mentor == other
