"""Steps that tick themselves, the form of the path, branches, pauses, and what a person sees of it all."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from alliances.models import Membership
from core import facts
from core.facts import deliver_waiting
from core.models import Term, Vocabulary
from forums.models import Board
from forums.services.post_reply import post_reply
from forums.services.post_topic import post_topic
from mentoring.models import MentorProfile
from onboarding.branches import branches_for, kinds_of, reading_of
from onboarding.choices import JourneyState, StepState
from onboarding.models import Journey, Step
from onboarding.reading.journey import MyPath
from onboarding.services.close_path import keep_outcome
from onboarding.services.finish_step import finish_step
from onboarding.services.pause_journey import pause_journey, resume_journey
from onboarding.services.set_context import Described, set_context
from onboarding.services.tick_step import tick_step
from onboarding.services.tick_talk import tick_talk
from onboarding.step_receivers import check_taken
from people.models import User
from tests.alliances.factories import make_alliance
from tests.lessons.factories import LessonFactory, term
from tests.mentoring.pair_factories import PairFactory
from tests.onboarding.appointing import MONDAY, client_of
from tests.people.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("written")]


def state(person: User, code: str) -> str:
    return Step.objects.get(journey__person=person, template__code=code).state


def board(slug: str) -> Board:
    return Board.objects.create(slug=slug, title=slug, audience="community")


def test_a_hello_ticks_its_step_and_a_post_elsewhere_or_without_a_name_does_not(newcomer: User) -> None:
    UserFactory.create(roles=("facilitator",))
    elsewhere, hello = board("governance"), board("introductions")
    words = {"kind": "discussion", "title": "Hello from a newcomer", "body": "I was in Quality before."}
    post_topic(author=newcomer, board_id=elsewhere.pk, **words)
    post_topic(author=newcomer, board_id=hello.pk, unnamed=True, **{**words, "kind": "question"})
    deliver_waiting()
    assert state(newcomer, "S3") == StepState.OPEN
    post_topic(author=newcomer, board_id=hello.pk, **{**words, "title": "Hello once more from me"})
    deliver_waiting()
    assert state(newcomer, "S3") == StepState.DONE


def test_an_answer_to_somebody_is_a_contribution_and_one_to_oneself_is_none(newcomer: User) -> None:
    place = board("governance")
    words = {"kind": "question", "title": "Who chairs the committee?", "body": "We have two candidates."}
    own = post_topic(author=newcomer, board_id=place.pk, **words)
    post_reply(author=newcomer, topic_id=own.pk, body="Nobody knows.")
    deliver_waiting()
    assert state(newcomer, "S13") == StepState.OPEN
    other = post_topic(author=UserFactory.create(), board_id=place.pk, **words)
    post_reply(author=newcomer, topic_id=other.pk, body="The one with the shorter way.")
    deliver_waiting()
    assert state(newcomer, "S13") == StepState.DONE


def test_a_mentor_ticks_the_choice_and_opens_the_first_talk(newcomer: User) -> None:
    pair = PairFactory.create(mentee=newcomer)
    assert state(newcomer, "S6") == StepState.LOCKED
    facts.publish(facts.MentorshipBegan(mentorship_id=pair.pk))
    deliver_waiting()
    assert (state(newcomer, "S2"), state(newcomer, "S6")) == (StepState.DONE, StepState.OPEN)


def test_an_act_told_twice_is_evidence_once_and_nothing_for_whoever_is_on_no_path(newcomer: User) -> None:
    assert finish_step(person_id=newcomer.pk, code="S3", kind="topic", object_id=1)
    assert not finish_step(person_id=newcomer.pk, code="S3", kind="topic", object_id=1)
    assert Step.objects.get(journey__person=newcomer, template__code="S3").evidence.count() == 1
    assert not finish_step(person_id=UserFactory.create().pk, code="S3", kind="topic", object_id=1)


def test_the_last_step_ends_the_path_and_gives_the_badge(newcomer: User) -> None:
    for code in Step.objects.filter(journey__person=newcomer).values_list("template__code", flat=True):
        finish_step(person_id=newcomer.pk, code=code, kind="act", object_id=1)
    deliver_waiting()
    assert Journey.objects.get(person=newcomer).state == JourneyState.COMPLETED
    newcomer.profile.refresh_from_db()
    assert newcomer.profile.badges == ["first_90_days"]


def test_a_pause_of_ten_days_moves_what_is_open_by_ten_and_keeps_what_is_done(newcomer: User) -> None:
    finish_step(person_id=newcomer.pk, code="S1", kind="context", object_id=1)
    before = dict(Step.objects.filter(journey__person=newcomer).values_list("template__code", "due"))
    assert pause_journey(person=newcomer, on=date(2026, 11, 4))
    assert not pause_journey(person=newcomer, on=date(2026, 11, 5))
    assert resume_journey(person=newcomer, on=date(2026, 11, 14)) == 10
    after = dict(Step.objects.filter(journey__person=newcomer).values_list("template__code", "due"))
    assert after["S1"] == before["S1"]
    assert all(after[code] >= before[code] + timedelta(days=10) for code in after if code != "S1")
    assert Journey.objects.get(person=newcomer).day(date(2026, 11, 14)) == 2


def described(phase: str, kind: str) -> list[Described]:
    return [Described("Heron", kind, phase)]


def test_the_kind_of_alliance_picks_texts_and_reading(newcomer: User) -> None:
    readings = {}
    for phase, kind in (("startup", "codev_cocom"), ("operate", "outlic_dist")):
        set_context(person=newcomer, alliances=described(phase, kind), takes_over_from="", share_of_time=100)
        journey = Journey.objects.get(person=newcomer)
        step = journey.steps.get(template__code="S7").template
        readings[phase] = reading_of(step, branches_for(journey, step, kinds_of(journey)[0]))
    assert readings["startup"].plays == ("P07", "P09")
    assert readings["startup"].lessons == ("L01", "L03", "L15")
    assert readings["operate"] != readings["startup"]


def test_naming_an_alliance_opens_nothing(newcomer: User) -> None:
    alliance = make_alliance(code_name="Heron")
    set_context(
        person=newcomer, alliances=described("startup", "codev"), takes_over_from="", share_of_time=100
    )
    newcomer.refresh_from_db()
    assert newcomer.alliance_ids == []
    assert Membership.objects.get(alliance=alliance).state == "asked"
    assert state(newcomer, "S1") == StepState.DONE


def test_the_form_loses_nothing_typed_and_sets_the_path(newcomer: User) -> None:
    for vocabulary, code in ((Vocabulary.ALLIANCE_TYPE, "codev"), (Vocabulary.LIFECYCLE_PHASE, "startup")):
        Term.objects.get_or_create(vocabulary=vocabulary, code=code, defaults={"label": code})
    client, url = client_of(newcomer), reverse("onboarding:context")
    answers = {"name_0": "Heron", "type_0": "codev", "phase_0": "startup", "share_of_time": "100"}
    refused = client.post(url, answers)
    assert refused.status_code == 422
    assert 'value="Heron"' in refused.content.decode()
    assert client.post(url, {**answers, "charter": "on"}).status_code == 302
    page = client.get(reverse("onboarding:journey")).content.decode()
    assert "Heron" in page


@pytest.mark.parametrize("name", ["journey", "context"])
def test_a_path_is_its_persons_alone(newcomer: User, name: str) -> None:
    set_context(
        person=newcomer, alliances=described("startup", "codev"), takes_over_from="", share_of_time=100
    )
    for other in (UserFactory.create(), UserFactory.create(roles=("facilitator",)), newcomer.profile.manager):
        assert (
            "Heron" not in client_of(other).get(reverse(f"onboarding:{name}"), follow=True).content.decode()
        )
        assert client_of(other).get(reverse("onboarding:step", args=["S7"])).status_code == 404


def test_home_says_what_is_due(newcomer: User) -> None:
    set_context(
        person=newcomer, alliances=described("startup", "codev"), takes_over_from="", share_of_time=100
    )
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        page = client_of(newcomer).get("/").content.decode()
    assert "Day 1 with Heron" in page
    assert "Choose your mentor" in page
    assert "Carry on" not in client_of(UserFactory.create()).get("/").content.decode()


def test_home_shows_a_lesson_of_ones_kind_once_and_the_others_below(newcomer: User) -> None:
    set_context(
        person=newcomer, alliances=described("startup", "codev"), takes_over_from="", share_of_time=100
    )
    for title, kind in (("Learned in co-development", "codev"), ("Learned elsewhere", "outlic_dist")):
        LessonFactory.create(title=title, alliance_type=term(Vocabulary.ALLIANCE_TYPE, kind))
    page = client_of(newcomer).get("/").content.decode()
    assert page.count("Learned in co-development") == 1
    assert page.count("Learned elsewhere") == 1
    assert page.index("Learned in co-development") < page.index("Learned elsewhere")


def test_both_of_a_pair_see_the_steps_and_no_line_of_them(newcomer: User) -> None:
    pair = PairFactory.create(mentee=newcomer)
    tick_step(
        person=newcomer,
        step_id=Step.objects.get(journey__person=newcomer, template__code="S9").pk,
        line="A private line",
    )
    pages = [
        client_of(person).get(pair.get_absolute_url()).content.decode() for person in (newcomer, pair.mentor)
    ]
    assert all("The first 90 days" in page and "Draw your map" in page for page in pages)
    assert not any("A private line" in page for page in pages)


def test_the_path_ends_when_the_manager_ticks_last(newcomer: User) -> None:
    codes = list(Step.objects.filter(journey__person=newcomer).values_list("template__code", flat=True))
    for code in codes:
        if code != "S4":
            finish_step(person_id=newcomer.pk, code=code, kind="act", object_id=1)
    talk = Step.objects.get(journey__person=newcomer, template__code="S4")
    tick_step(person=newcomer, step_id=talk.pk, line="Three objectives")
    assert Journey.objects.get(person=newcomer).state == JourneyState.ACTIVE
    tick_talk(manager=newcomer.profile.manager, person_id=newcomer.pk)
    assert Journey.objects.get(person=newcomer).state == JourneyState.COMPLETED


@pytest.mark.parametrize(("day", "expected"), [(45, StepState.OPEN), (85, StepState.DONE)])
def test_a_check_late_in_the_path_and_what_came_of_it_close_it(
    newcomer: User, day: int, expected: StepState
) -> None:
    for at in (3, day):
        with time_machine.travel(MONDAY + timedelta(days=at), tick=False):
            check_taken(facts.SelfCheckTaken(person_id=newcomer.pk))
    assert state(newcomer, "S14") == StepState.OPEN
    keep_outcome(person=newcomer, outcome="I ask earlier.", goes_on="peers")
    assert (state(newcomer, "S5"), state(newcomer, "S14")) == (StepState.DONE, expected)


def test_what_is_locked_is_neither_due_nor_overdue(newcomer: User) -> None:
    with time_machine.travel(MONDAY + timedelta(days=20), tick=False):
        rows = {row.step.template.code: row for row in MyPath(newcomer).rows}
        coming = [row.step.template.code for row in MyPath(newcomer).coming]
    assert rows["S2"].late
    assert not rows["S6"].late
    assert "S6" not in coming


def test_looking_makes_nobody_a_mentee_and_the_questions_do(newcomer: User) -> None:
    curious = UserFactory.create()
    for person in (curious, newcomer):
        assert client_of(person).get(reverse("mentoring:choose")).status_code == 200
        assert client_of(person).get(reverse("onboarding:journey")).status_code == 200
    assert not MentorProfile.objects.exists()
    set_context(
        person=newcomer, alliances=described("startup", "codev"), takes_over_from="", share_of_time=100
    )
    assert list(MentorProfile.objects.filter(is_mentee=True).values_list("person", flat=True)) == [
        newcomer.pk
    ]
