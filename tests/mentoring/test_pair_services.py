"""The verbs of a pair: who may, what follows, what a second call does."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.utils import timezone

from core.models import AuditEntry, StoredFact
from mentoring.agenda import stored_items
from mentoring.choices import Ending, PairState, SessionState
from mentoring.models import (
    Agreement,
    Closure,
    Exclusion,
    HealthSnapshot,
    MentorProfile,
    Mentorship,
    Note,
    Pulse,
)
from mentoring.services.answer_pulse import answer_pulse
from mentoring.services.ask_pulses import ask_pulses
from mentoring.services.close_pair import ask_rematch, close_pair
from mentoring.services.hand_over import hand_over_all
from mentoring.services.hold_talk import hold_talk, keep_agenda, miss_talk
from mentoring.services.keep_agreement import agreement_of, change_agreement, sign_agreement
from mentoring.services.name_backup import name_backup
from mentoring.services.pause_pair import pause_pair, resume_pair
from mentoring.services.plan_talk import book_talk, cancel_talk, change_talk, propose_talk
from mentoring.services.set_goals import GoalText, set_goals
from mentoring.services.snooze_case import snooze_case
from mentoring.services.take_snapshots import take_snapshots
from mentoring.services.write_note import drop_note, write_note
from notifications.models import Notice
from people.models import User
from tests.mentoring.pair_factories import PairFactory, TalkFactory, make_mentor
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
SOON = datetime(2031, 3, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
def pair() -> Mentorship:
    return PairFactory()


def told(person: User) -> list[str]:
    """The verbs of the notices of a person, in order."""
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("verb", flat=True))


def facts() -> list[str]:
    """The facts published so far."""
    return list(StoredFact.objects.order_by("pk").values_list("name", flat=True))


def test_one_proposes_the_other_books_and_both_calendars_follow(pair: Mentorship) -> None:
    talk = propose_talk(actor=pair.mentee, mentorship_id=pair.pk, start=SOON)
    assert propose_talk(actor=pair.mentee, mentorship_id=pair.pk, start=SOON) == talk
    assert told(pair.mentor) == ["talk_proposed"]
    with pytest.raises(PermissionDenied):
        book_talk(actor=pair.mentee, session_id=talk.pk)
    assert book_talk(actor=pair.mentor, session_id=talk.pk)
    assert not book_talk(actor=pair.mentor, session_id=talk.pk)
    uid, steps = talk.uid, []
    change_talk(actor=pair.mentee, session_id=talk.pk, start=SOON + timedelta(days=1), minutes=30)
    talk.refresh_from_db()
    steps.append((talk.sequence, talk.state))
    assert not change_talk(actor=pair.mentee, session_id=talk.pk, start=talk.start, minutes=30)
    assert cancel_talk(actor=pair.mentor, session_id=talk.pk)
    assert not cancel_talk(actor=pair.mentor, session_id=talk.pk)
    talk.refresh_from_db()
    steps.append((talk.sequence, talk.state))
    assert steps == [(1, SessionState.BOOKED), (2, SessionState.CANCELLED)]
    assert talk.uid == uid
    assert told(pair.mentee) == ["talk_booked", "talk_moved", "talk_cancelled"]


def test_nobody_else_plans_their_talks(pair: Mentorship) -> None:
    talk = TalkFactory(mentorship=pair)
    for actor in (UserFactory(), UserFactory(roles=("member", "facilitator"))):
        for act in (
            lambda who=actor: propose_talk(actor=who, mentorship_id=pair.pk, start=SOON),
            lambda who=actor: cancel_talk(actor=who, session_id=talk.pk),
            lambda who=actor: hold_talk(actor=who, session_id=talk.pk),
            lambda who=actor: write_note(actor=who, mentorship_id=pair.pk, body="x", visibility="me"),
            lambda who=actor: sign_agreement(actor=who, mentorship_id=pair.pk, version=1, digest=""),
            lambda who=actor: ask_rematch(actor=who, mentorship_id=pair.pk),
        ):
            with pytest.raises(ObjectDoesNotExist):
                act()


def test_a_held_talk_is_told_and_what_was_left_comes_first_next_time(pair: Mentorship) -> None:
    first = propose_talk(actor=pair.mentee, mentorship_id=pair.pk, start=timezone.now())
    keep_agenda(actor=pair.mentor, session_id=first.pk, done={0, 2}, added=["", "The kickoff"])
    assert hold_talk(actor=pair.mentee, session_id=first.pk)
    assert not hold_talk(actor=pair.mentor, session_id=first.pk)
    assert facts() == ["session_held"]
    second = propose_talk(actor=pair.mentor, mentorship_id=pair.pk, start=SOON)
    items = stored_items(second.agenda)
    assert (first.number, second.number) == (1, 2)
    assert [item.text for item in items if item.carried] == [
        "What is urgent: the one thing that cannot wait for the next talk",
        "The agreement, and the next date",
        "The kickoff",
    ]
    keep_agenda(actor=pair.mentor, session_id=first.pk, done={0, 1, 2, 3}, added=[])
    second.refresh_from_db()
    assert [item.text for item in stored_items(second.agenda) if item.carried] == ["The kickoff"]


def test_a_talk_ahead_cannot_have_been_held_or_missed(pair: Mentorship) -> None:
    talk = TalkFactory(mentorship=pair, days=1)
    for verb in (hold_talk, miss_talk):
        with pytest.raises(PermissionDenied):
            verb(actor=pair.mentee, session_id=talk.pk)


def test_an_agenda_stays_short(pair: Mentorship) -> None:
    talk = TalkFactory(mentorship=pair)
    with pytest.raises(ValidationError):
        keep_agenda(
            actor=pair.mentee, session_id=talk.pk, done=set(), added=[f"point {n}" for n in range(13)]
        )
    with pytest.raises(ValidationError):
        keep_agenda(actor=pair.mentee, session_id=talk.pk, done=set(), added=["x" * 201])


def test_any_change_of_the_agreement_clears_both_signatures() -> None:
    pair = PairFactory(state=PairState.AGREED)
    assert "Ilse Koster brings the topic" in agreement_of(pair).text
    first = agreement_of(pair).digest
    assert not sign_agreement(actor=pair.mentee, mentorship_id=pair.pk, version=1, digest=first)
    assert sign_agreement(actor=pair.mentor, mentorship_id=pair.pk, version=1, digest=first)
    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE
    assert agreement_of(pair).signed_on is not None
    assert facts() == ["agreement_signed"]
    wanted = {"mentorship_id": pair.pk, "text": "We **meet**."}
    assert change_agreement(actor=pair.mentee, seen=1, digest=first, **wanted)
    changed = agreement_of(pair)
    assert (changed.version, changed.signed_mentee, changed.signed_mentor) == (2, None, None)
    assert changed.shown("text").html == "<p>We <strong>meet</strong>.</p>"
    assert not change_agreement(actor=pair.mentee, seen=2, digest=changed.digest, **wanted)
    with pytest.raises(ValidationError, match="changed since you read it"):
        sign_agreement(actor=pair.mentor, mentorship_id=pair.pk, version=1, digest=first)
    with pytest.raises(ValidationError, match="meanwhile"):
        change_agreement(actor=pair.mentor, mentorship_id=pair.pk, text="Another", seen=1, digest=first)
    assert Agreement.objects.filter(mentorship=pair).count() == 2


def test_goals_are_set_changed_and_dropped(pair: Mentorship) -> None:
    goals = [GoalText("Lead a committee", "minutes approved", 20), GoalText("Know the contract", "")]
    set_goals(actor=pair.mentee, mentorship_id=pair.pk, goals=goals)
    kept = pair.goals.first()
    set_goals(actor=pair.mentor, mentorship_id=pair.pk, goals=[GoalText("Lead two committees", "", 40)])
    assert [(goal.pk, goal.title, goal.progress) for goal in pair.goals.all()] == [
        (kept.pk, "Lead two committees", 40)
    ]
    with pytest.raises(ValidationError):
        set_goals(actor=pair.mentee, mentorship_id=pair.pk, goals=goals * 2)
    with pytest.raises(ValidationError):
        set_goals(actor=pair.mentee, mentorship_id=pair.pk, goals=[GoalText("a", "", 101)])


def test_private_models_log_names_of_fields_without_values(pair: Mentorship) -> None:
    secret = "xylophone-secret"
    note = write_note(actor=pair.mentee, mentorship_id=pair.pk, body=secret, visibility="me")
    drop_note(actor=pair.mentee, note_id=note.pk)
    Mentorship.objects.filter(pk=pair.pk).update(began=timezone.localdate() - timedelta(days=14))
    answer_pulse(actor=pair.mentee, mentorship_id=pair.pk, fit="poor", value=2, comment=secret)
    pair.refresh_from_db()
    first = agreement_of(pair).digest
    change_agreement(actor=pair.mentee, mentorship_id=pair.pk, text=secret, seen=1, digest=first)
    rows = AuditEntry.objects.all()
    assert {row.action for row in rows} >= {"note.write", "note.drop", "pulse.answer", "agreement.change"}
    assert all(value is None for row in rows for value in row.changes.values())
    assert secret not in "".join(str(row.__dict__) for row in rows)
    assert secret not in "".join(str(row.payload) for row in StoredFact.objects.all())


def test_only_the_author_throws_a_note_away(pair: Mentorship) -> None:
    note = write_note(actor=pair.mentee, mentorship_id=pair.pk, body="ours", visibility="pair")
    with pytest.raises(ObjectDoesNotExist):
        drop_note(actor=pair.mentor, note_id=note.pk)
    assert Note.objects.filter(pk=note.pk).exists()


@pytest.mark.parametrize(("days", "day"), [(13, None), (14, 14), (29, 14), (30, 30), (75, 60), (90, 90)])
def test_both_are_asked_once_on_the_days_of_pulses(days: int, day: int | None) -> None:
    pair = PairFactory(days=days)
    assert ask_pulses() == (2 if day else 0)
    assert ask_pulses() == 0
    assert set(Pulse.objects.values_list("day", flat=True)) == ({day} if day else set())
    assert told(pair.mentee) == (["pulse_due"] if day else [])


def test_a_pulse_is_answered_once_and_a_poor_fit_turns_the_pair_red() -> None:
    pair = PairFactory(days=30)
    coordinator = UserFactory(roles=("member", "facilitator"))
    answer_pulse(actor=pair.mentee, mentorship_id=pair.pk, fit="poor", value=4)
    with pytest.raises(PermissionDenied):
        answer_pulse(actor=pair.mentee, mentorship_id=pair.pk, fit="good", value=4)
    snapshot = HealthSnapshot.objects.get(mentorship=pair)
    assert snapshot.level == "red"
    assert snapshot.reasons[0]["code"] == "poor_fit"
    assert told(coordinator) == ["case_red"]
    assert told(pair.mentor) == []
    assert facts() == ["pulse_answered"]


def test_the_clock_looks_at_each_open_pair_once_a_day() -> None:
    pair, _closed = PairFactory(days=20), PairFactory(state=PairState.CLOSED)
    assert take_snapshots() == 1
    assert take_snapshots() == 0
    assert [row["code"] for row in HealthSnapshot.objects.get(mentorship=pair).reasons] == [
        "no_date",
        "no_agreement",
    ]


def test_who_stands_in_takes_the_talks_of_an_absence_over_and_gives_them_back(pair: Mentorship) -> None:
    backup = make_mentor("Mei Tanaka")
    talk = TalkFactory(mentorship=pair, days=7)
    with pytest.raises(PermissionDenied):
        name_backup(actor=pair.mentee, mentorship_id=pair.pk, backup=backup)
    with pytest.raises(ValidationError):
        name_backup(actor=pair.mentor, mentorship_id=pair.pk, backup=pair.mentee)
    assert name_backup(actor=pair.mentor, mentorship_id=pair.pk, backup=backup)
    today = timezone.localdate()
    profile = MentorProfile.objects.filter(person=pair.mentor)
    profile.update(away_from=today, away_until=today + timedelta(days=14))
    assert hand_over_all() == 1
    assert hand_over_all() == 0
    talk.refresh_from_db()
    assert (talk.host, talk.sequence) == (backup, 1)
    assert "talk_handed_over" in told(backup)
    new = propose_talk(actor=pair.mentee, mentorship_id=pair.pk, start=talk.start + timedelta(days=1))
    assert new.host == backup
    profile.update(away_from=None, away_until=None)
    assert hand_over_all() == 2
    talk.refresh_from_db()
    assert talk.host == pair.mentor


def test_who_may_not_be_paired_is_refused_like_who_is_merely_full(pair: Mentorship) -> None:
    answers = []
    excluded, full = make_mentor("Mei Tanaka"), make_mentor("Lena Vogt")
    Exclusion.objects.create(owner=pair.mentee, other=excluded, created=timezone.now())
    MentorProfile.objects.filter(person=full).update(capacity=0)
    for backup in (excluded, full):
        with pytest.raises(ValidationError) as refusal:
            name_backup(actor=pair.mentor, mentorship_id=pair.pk, backup=backup)
        answers.append(refusal.value.messages)
    assert answers[0] == answers[1]


def test_a_pause_moves_the_end_and_counts_for_nothing() -> None:
    pair = PairFactory(days=10)
    end = pair.due_end
    assert pause_pair(actor=pair.mentee, mentorship_id=pair.pk)
    assert not pause_pair(actor=pair.mentor, mentorship_id=pair.pk)
    with pytest.raises(ValidationError):
        propose_talk(actor=pair.mentee, mentorship_id=pair.pk, start=SOON)
    Mentorship.objects.filter(pk=pair.pk).update(paused_on=timezone.localdate() - timedelta(days=6))
    assert ask_pulses() == 0
    assert resume_pair(actor=pair.mentor, mentorship_id=pair.pk)
    assert not resume_pair(actor=pair.mentor, mentorship_id=pair.pk)
    pair.refresh_from_db()
    assert (pair.state, pair.due_end - end, pair.paused_days) == (PairState.ACTIVE, timedelta(days=6), 6)
    assert pair.counted_from == timezone.localdate() - timedelta(days=4)


def test_a_rematch_keeps_history_and_cancels_what_is_ahead(pair: Mentorship) -> None:
    held = TalkFactory(mentorship=pair, days=-5, state=SessionState.HELD)
    ahead = TalkFactory(mentorship=pair)
    ask_rematch(actor=pair.mentee, mentorship_id=pair.pk)
    for row in (pair, held, ahead):
        row.refresh_from_db()
    assert (pair.state, pair.ending) == (PairState.CLOSED, Ending.REMATCHED)
    assert (held.state, ahead.state, ahead.sequence) == (SessionState.HELD, SessionState.CANCELLED, 1)
    assert facts() == ["mentorship_ended"]
    assert told(pair.mentor) == ["talk_cancelled", "pair_ended"]
    with pytest.raises(PermissionDenied):
        ask_rematch(actor=pair.mentor, mentorship_id=pair.pk)


def test_the_first_look_back_closes_and_the_second_is_added(pair: Mentorship) -> None:
    set_goals(actor=pair.mentee, mentorship_id=pair.pk, goals=[GoalText("Lead a committee", "")])
    goal = pair.goals.get()
    look = {"mentorship_id": pair.pk, "outcomes": {goal.pk: "reached"}, "value": 5, "recommends": True}
    close_pair(actor=pair.mentee, note="Ask early.", **look)
    pair.refresh_from_db()
    goal.refresh_from_db()
    assert (pair.state, pair.ending, goal.outcome) == (PairState.CLOSED, Ending.COMPLETED, "reached")
    with pytest.raises(PermissionDenied):
        close_pair(actor=pair.mentee, **look)
    close_pair(actor=pair.mentor, **look)
    assert Closure.objects.filter(mentorship=pair).count() == 2
    assert facts() == ["mentorship_ended"]


def test_nobody_looks_back_on_a_pair_that_was_matched_anew(pair: Mentorship) -> None:
    ask_rematch(actor=pair.mentee, mentorship_id=pair.pk)
    with pytest.raises(PermissionDenied):
        close_pair(actor=pair.mentee, mentorship_id=pair.pk, outcomes={}, value=5, recommends=True)


def test_a_case_is_set_aside_with_a_note_until_its_day(pair: Mentorship) -> None:
    coordinator = UserFactory(roles=("member", "facilitator"))
    today = timezone.localdate()
    until = today + timedelta(days=7)
    snooze_case(actor=coordinator, mentorship_id=pair.pk, until=until, note="Rang both.")
    snapshot = HealthSnapshot.objects.get(mentorship=pair)
    assert (snapshot.snoozed_until, snapshot.snoozed_by) == (until, coordinator)
    for day, note in ((today, "x"), (today + timedelta(days=31), "x"), (until, " ")):
        with pytest.raises(ValidationError):
            snooze_case(actor=coordinator, mentorship_id=pair.pk, until=day, note=note)
    with pytest.raises(ObjectDoesNotExist):
        snooze_case(actor=pair.mentor, mentorship_id=pair.pk, until=until, note="x")


def test_the_day_of_a_pair_is_the_same_by_every_clock(pair: Mentorship) -> None:
    coordinator = UserFactory(roles=("member", "facilitator"))
    with time_machine.travel(datetime(2031, 3, 5, 3, 0, tzinfo=UTC), tick=False):
        take_snapshots()
        with timezone.override("America/Los_Angeles"):
            until = date(2031, 3, 10)
            snooze_case(actor=coordinator, mentorship_id=pair.pk, until=until, note="Rang both.")
        with timezone.override("Pacific/Auckland"):
            assert take_snapshots() == 0
    snapshot = HealthSnapshot.objects.get(mentorship=pair)
    assert (snapshot.on, snapshot.snoozed_until) == (date(2031, 3, 5), until)
