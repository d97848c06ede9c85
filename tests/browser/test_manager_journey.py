"""What a manager sees of their people's path: two counts and the talk, of their own people alone; and what leaving frees.

The newcomer writes lines, rates themselves and asks a mentor in one browser; none of it shows in the manager's.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Portal
from tests.browser.own_people import Own, number_of, own_people, press_on, run, tab_to

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]
MONA, NOOR, NICO = "mona.manager@own.example", "noor.newcomer@own.example", "nico.newcomer@own.example"
OMAR, OLA = "omar.manager@own.example", "ola.other@own.example"
TIA, TOM = "tia.thirty@own.example", "tom.manager@own.example"
LEA, MAX = "lea.leaving@own.example", "max.mentor@own.example"
PEOPLE = (
    Own(MONA, "Mona Manager"),
    Own(NOOR, "Noor Newcomer", manager=MONA),
    Own(NICO, "Nico Newcomer", manager=MONA),
    Own(OMAR, "Omar Manager"),
    Own(OLA, "Ola Other", manager=OMAR),
    Own(TOM, "Tom Manager"),
    Own(TIA, "Tia Thirty", manager=TOM),
    Own(LEA, "Lea Leaving"),
    Own(MAX, "Max Mentor"),
)
SELF_CHECK = "Check yourself on seven areas and seven habits"
CLOSING = "Close the 90 days, look at the change, decide how to go on"
"""The step that stands in no count: it would tell that a self-check was taken."""
SECRETS = ("wombat-orchard", "okapi-lantern", "Start-up", "Siskin")
"""A line at a step, an example of the self-check, and what the path is for."""
BEGIN = """
from datetime import timedelta
from django.utils import timezone
from onboarding.choices import Source
from onboarding.models import Journey, Step
from onboarding.services.appoint import Told, appoint
from onboarding.services.set_context import Described, set_context
from onboarding.services.tick_step import tick_step
from people.api import competences, take_self_check
from people.models import User
today = timezone.localdate()
for email in {emails!r}:
    person = User.objects.select_related("profile__manager").get(email=email)
    told = Told(source=Source.NOMINATED, effective=today - timedelta(days=13), by=person.profile.manager)
    appoint(person=person, told=told)
person = User.objects.select_related("profile__manager").get(email={first!r})
described = [Described("Siskin", "codev", "startup")]
set_context(person=person, alliances=described, takes_over_from="", share_of_time=60)
step = Step.objects.get(journey__person=person, template__code="S9")
tick_step(person=person, step_id=step.pk, line="wombat-orchard")
codes = [one.code for one in competences()]
take_self_check(person=person, levels=dict.fromkeys(codes, 1), examples=dict.fromkeys(codes, "okapi-lantern"), picks=codes[:2])
"""
DAY_30 = f"""
from datetime import timedelta
from django.utils import timezone
from onboarding.choices import Source
from onboarding.models import Journey
from onboarding.services.appoint import Told, appoint
from onboarding.services.ask_managers import keep_pulses
from people.models import User
today = timezone.localdate()
person = User.objects.select_related("profile__manager").get(email={TIA!r})
appoint(person=person, told=Told(source=Source.NOMINATED, effective=today, by=person.profile.manager))
Journey.objects.filter(person=person).update(day_zero=today - timedelta(days=31))
keep_pulses(timezone.now())
"""
PAIR = f"""
from datetime import timedelta
from django.utils import timezone
from mentoring.models import MentorProfile, Mentorship
from mentoring.services.keep_status import keep_status
from mentoring.services.programmes import onboarding_programme
from onboarding.choices import Source
from onboarding.services.appoint import Told, appoint
from people.models import User
today = timezone.localdate()
mentee, mentor = (User.objects.select_related("profile__manager").get(email=one) for one in ({LEA!r}, {MAX!r}))
appoint(person=mentee, told=Told(source=Source.NOMINATED, effective=today))
MentorProfile.objects.create(person=mentor, is_mentor=True, capacity=1, trained_on=today)
pair = Mentorship.objects.create(
    programme=onboarding_programme(), mentee=mentee, mentor=mentor, state="active", began=today,
    due_end=today + timedelta(weeks=26),
)
keep_status([mentor.pk])
print("pair", pair.pk)
"""


@pytest.fixture(scope="module", autouse=True)
def people(portal: Portal) -> Iterator[None]:
    """Three managers; two of the one's people are on their thirteenth day, and one of another's. Each journey has its own."""
    with own_people(portal, PEOPLE):
        run(portal, BEGIN.format(emails=[NOOR, NICO, OLA], first=NOOR))
        yield


def test_a_manager_sees_two_counts_of_their_own_people_and_holds_the_talk(
    open_as: OpenAs, check_page: CheckPage, portal: Portal
) -> None:
    newcomer, manager = open_as(NOOR), open_as(MONA, width=390, scheme="dark")
    newcomer.goto("/onboarding/")
    told = newcomer.locator("ol.journey > li").filter(has_not_text=re.compile(f"{SELF_CHECK}|{CLOSING}"))
    done = f"{told.and_(newcomer.locator('.done')).count()} of {told.count()}"
    overdue = newcomer.get_by_text("Overdue", exact=True).count()
    titles = [one.inner_text() for one in newcomer.locator("ol.journey a.t").all()]
    check_page(newcomer)

    manager.goto("/onboarding/manager/")
    expect(manager.get_by_role("heading", level=2)).to_have_text(["Noor Newcomer", "Nico Newcomer"])
    assert "Ola Other" not in manager.content()
    check_page(manager)
    press_on(manager, manager.get_by_role("link", name="Noor Newcomer", exact=True))
    expect(manager.get_by_role("heading", level=1)).to_have_text("Noor Newcomer")
    assert manager.locator("dl.strip dd").all_inner_texts() == [done, str(overdue)]
    shown = manager.content()
    assert [word for word in (*SECRETS, *titles) if word in shown] == []
    check_page(manager)
    press_on(manager, manager.get_by_role("button", name="We have talked"))
    expect(
        manager.get_by_text("You have ticked your talk about objectives; they have not yet.")
    ).to_be_visible()
    check_page(manager)

    newcomer.goto("/onboarding/step/S4/")
    newcomer.get_by_label("What did you do").fill("Three objectives that can be answered yes or no.")
    newcomer.get_by_role("button", name="Tick this step").click()
    manager.reload()
    expect(manager.get_by_text("Your talk about objectives is done.")).to_be_visible()
    assert "Three objectives" not in manager.content()


def test_another_manager_is_refused(open_as: OpenAs, check_page: CheckPage, portal: Portal) -> None:
    other = open_as(OMAR)
    other.goto("/onboarding/manager/")
    expect(other.get_by_role("heading", level=2)).to_have_text(["Ola Other"])
    for email in (NOOR, NICO):
        answer = other.goto(f"/onboarding/manager/{number_of(portal, email)}/")
        assert answer is not None
        assert answer.status == 403
        assert "Newcomer" not in other.content()
        check_page(other)


def test_on_day_thirty_a_manager_answers_three_questions_that_the_person_never_sees(
    open_as: OpenAs, check_page: CheckPage, portal: Portal
) -> None:
    run(portal, DAY_30)
    newcomer, coordinator = open_as(TIA), open_as("amara_osei")
    manager = open_as(TOM, width=390, scheme="dark")
    manager.goto("/notices/")
    press_on(manager, manager.get_by_role("link", name=re.compile("Day 30: one minute about Tia")))
    expect(manager.get_by_role("heading", level=1)).to_have_text("How does Tia Thirty start?")
    check_page(manager)
    press_on(manager, manager.get_by_role("button", name="Send"))
    expect(manager.locator("fieldset.bad")).to_have_count(2)
    check_page(manager)
    for question, answer in (("the time", "No"), ("clear what", "Partly")):
        group = manager.get_by_role("group", name=re.compile(question))
        group.get_by_label(answer, exact=True).focus()
        manager.keyboard.press("Space")
    tab_to(manager, manager.get_by_label("Where do you still have to step in yourself?"))
    manager.keyboard.type("quokka-meadow")
    press_on(manager, manager.get_by_role("button", name="Send"))
    expect(manager.get_by_text("Thank you. Coordinators read it, nobody else.")).to_be_visible()
    expect(manager.get_by_text("Three questions about their start")).to_have_count(0)
    check_page(manager)

    for address in ("/", "/onboarding/", "/onboarding/step/S10/", "/notices/", "/mentoring/"):
        newcomer.goto(address)
        assert "quokka-meadow" not in newcomer.content()
    refusal = newcomer.goto("/onboarding/facilitate/pulses/")
    assert refusal is not None
    assert refusal.status == 404
    coordinator.goto("/onboarding/facilitate/pulses/")
    card = coordinator.locator("li.card", has_text="Tia Thirty")
    expect(card).to_contain_text("quokka-meadow")
    expect(card).to_contain_text("Partly")
    check_page(coordinator)


def test_whoever_hands_over_ends_the_path_and_frees_the_mentors_place(
    open_as: OpenAs, check_page: CheckPage, portal: Portal
) -> None:
    pair = f"/mentoring/pair/{run(portal, PAIR).split('pair ')[1].split()[0]}/"
    person, mentor, colleague = open_as(LEA, width=390, scheme="dark"), open_as(MAX), open_as("ilse_koster")
    colleague.goto("/people/?q=Max+Mentor")
    expect(colleague.locator("article.person")).to_contain_text("No free place at present")
    mentor.goto(pair)
    expect(mentor.get_by_role("link", name=re.compile("Propose a time"))).to_be_visible()

    person.goto("/onboarding/")
    press_on(person, person.get_by_role("link", name="Somebody else looks after my alliances now"))
    expect(person.get_by_role("heading", level=1)).to_have_text("Have you handed over?")
    check_page(person)
    press_on(person, person.get_by_role("button", name="End my path"))
    expect(person.get_by_text("Your path has ended.")).to_be_visible()
    expect(person.get_by_role("heading", name="You are on no path")).to_be_visible()
    check_page(person)

    mentor.reload()
    expect(mentor.get_by_role("heading", level=1)).to_be_visible()
    expect(mentor.get_by_role("link", name=re.compile("Propose a time"))).to_have_count(0)
    check_page(mentor)
    mentor.goto("/notices/")
    expect(
        mentor.get_by_role("link", name=re.compile("Ended, with thanks: you and Lea Leaving"))
    ).to_be_visible()
    colleague.reload()
    expect(colleague.locator("article.person")).to_contain_text("Has a free place")
