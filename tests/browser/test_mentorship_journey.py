"""A running pair in two browsers: agreement, talks in two calendars, agenda and notes, pulse, another match, the end.

Each journey has a pair of its own, made by the fixture and ended after it, so that no place stays taken.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Portal

pytestmark = pytest.mark.browser
MENTEE, MENTOR, COORDINATOR = "thandiwe_dlamini", "oliver_hargreaves", "ximena_robles"
MENTEE_NAME, MENTOR_NAME = "Thandiwe Dlamini", "Oliver Hargreaves"
DAYS = 30
MAKE = f"""
from datetime import timedelta
from django.utils import timezone
from mentoring.models import Mentorship
from mentoring.services.programmes import onboarding_programme
from people.models import User
mentee, mentor = (User.objects.get(name=name) for name in ("{MENTEE_NAME}", "{MENTOR_NAME}"))
began = timezone.localdate() - timedelta(days={DAYS})
pair = Mentorship.objects.create(
    programme=onboarding_programme(), mentee=mentee, mentor=mentor, state="active",
    began=began, due_end=began + timedelta(weeks=26),
)
print("pair", pair.pk)
"""
END = """
from mentoring.choices import Ending
from mentoring.models import Mentorship
from mentoring.services.close_pair import end_pair
pair = Mentorship.objects.get(pk={pk})
if pair.is_open:
    end_pair(pair, actor=None, ending=Ending.NO_FAULT)
"""
CheckPage = Callable[[Page], None]


@pytest.fixture
def pair(portal: Portal) -> Iterator[str]:
    """The address of a pair that has been running for thirty days."""
    told = portal.manage("shell", "--verbosity", "0", "--command", MAKE)
    pk = told.split("pair ")[1].strip()
    yield f"/mentoring/pair/{pk}/"
    portal.manage("shell", "--verbosity", "0", "--command", END.format(pk=pk))


def working_day() -> date:
    """A Wednesday in a week or two."""
    today = localdate()
    return today + timedelta(days=7 + (2 - today.weekday()) % 7)


def fill_time(page: Page, day: date, clock: str, button: str) -> None:
    """Fills in a time by the reader's own clock, and sends it."""
    page.get_by_label("Day", exact=True).fill(day.isoformat())
    page.get_by_label("Time", exact=True).fill(clock)
    page.get_by_role("button", name=button).click()


def propose(page: Page, pair: str, day: date, clock: str = "13:00") -> None:
    """Proposes the next talk."""
    page.goto(pair)
    page.get_by_role("link", name=re.compile("Propose a time")).click()
    fill_time(page, day, clock, "Propose this time")


def entry(page: Page, pair: str) -> tuple[str, str, int]:
    """Method, UID and sequence of the calendar file behind the page of the first talk, as a calendar reads it."""
    address = page.get_by_role("link", name="Calendar file").get_attribute("href")
    return _entry(page, str(address))


def _entry(page: Page, address: str) -> tuple[str, str, int]:
    calendar = Calendar.from_ical(page.request.get(address).body())
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"])


def test_both_sign_and_any_change_clears_both_signatures(
    open_as: OpenAs, check_page: CheckPage, pair: str
) -> None:
    mentee, mentor = open_as(MENTEE), open_as(MENTOR, width=390, scheme="dark")
    mentee.goto(pair)
    check_page(mentee)
    mentee.get_by_role("link", name="Read and sign").click()
    mentee.get_by_role("button", name="Sign", exact=True).click()
    expect(mentee.get_by_text("Signed. The other one is asked for theirs.")).to_be_visible()
    check_page(mentee)
    mentor.goto(f"{pair}agreement/")
    mentor.get_by_role("button", name="Sign", exact=True).click()
    expect(mentor.get_by_text(re.compile(r"Signed by both on \d+ \w+ \d{4}\."))).to_be_visible()
    check_page(mentor)
    mentor.get_by_role("link", name="Change the text").click()
    check_page(mentor)
    mentor.get_by_label("What you agree").fill("We meet every Tuesday, and bring *one* question.")
    mentor.get_by_role("button", name="Keep this text").click()
    expect(mentor.get_by_text("not signed yet")).to_have_count(2)
    mentee.reload()
    expect(mentee.get_by_text("not signed yet")).to_have_count(2)
    expect(mentee.locator(".prose em")).to_have_text("one")
    mentee.get_by_role("link", name="Print view").click()
    expect(mentee.get_by_role("navigation")).to_have_count(1)
    expect(mentee.get_by_role("button")).to_have_count(0)
    check_page(mentee)


def test_a_talk_is_proposed_booked_moved_and_cancelled_in_both_calendars(
    open_as: OpenAs, check_page: CheckPage, pair: str
) -> None:
    mentee, mentor = open_as(MENTEE), open_as(MENTOR, javascript=False)
    day = working_day()
    propose(mentee, pair, day - timedelta(days=3))
    warning = mentee.get_by_role("alert")
    expect(warning).to_contain_text(f"{MENTEE_NAME} does not work then: it is Sun 13:00 there.")
    expect(warning).to_contain_text(f"{MENTOR_NAME} does not work then")
    check_page(mentee)
    fill_time(mentee, date(2026, 1, 7), "13:00", "Propose this time")
    expect(mentee.get_by_role("alert")).to_contain_text("This time has passed.")
    fill_time(mentee, day, "13:00", "Propose this time")
    expect(mentee.get_by_text("Waits for a yes from the other side.")).to_be_visible()
    mentor.goto(pair)
    times = mentor.locator(".talk .times")
    expect(times.locator("dd").first).to_contain_text("13:00 Africa/Johannesburg")
    expect(times.locator("dd").nth(1)).to_contain_text(re.compile(r"1[12]:00 Europe/London"))
    mentor.get_by_role("button", name="Book this time").click()
    method, uid, sequence = entry(mentor, pair)
    assert (method, sequence) == ("REQUEST", 0)
    mentee.goto(pair)
    address = str(mentee.get_by_role("link", name="Calendar file").get_attribute("href"))
    mentee.get_by_role("link", name="Another time").click()
    check_page(mentee)
    fill_time(mentee, day, "14:30", "Change the time")
    assert _entry(mentee, address) == ("REQUEST", uid, 1)
    mentor.goto(pair)
    expect(mentor.locator(".talk .times")).to_contain_text("14:30")
    mentor.get_by_role("button", name="Cancel the talk").click()
    assert _entry(mentee, address) == ("CANCEL", uid, 2)


def test_what_was_left_is_carried_on_and_a_private_note_stays_private(
    open_as: OpenAs, check_page: CheckPage, pair: str
) -> None:
    mentee, mentor = open_as(MENTEE), open_as(MENTOR)
    yesterday = localdate() - timedelta(days=1)
    propose(mentee, pair, yesterday)
    mentee.get_by_role("button", name="Propose this time").click()
    mentor.goto(pair)
    mentor.get_by_role("button", name="Book this time").click()
    expect(mentor.get_by_role("heading", level=1)).to_have_text(
        "Talk 1: Who we are, what is urgent, where we go"
    )
    mentor.get_by_label("Who we are: how each of us came").check()
    mentor.get_by_label("One to three goals").check()
    mentor.get_by_label("Further points").fill("The kickoff in Basel")
    mentor.get_by_role("button", name="Keep the agenda").click()
    check_page(mentor)
    mentor.get_by_role("button", name="We have talked").click()
    propose(mentee, pair, working_day())
    mentee.get_by_role("link", name="Talk 2: The people of the alliance").click()
    expect(mentee.get_by_text("from last time")).to_have_count(3)
    expect(mentee.locator(".agenda li").first).to_contain_text("What is urgent")
    check_page(mentee)
    mentee.goto(pair)
    mentee.get_by_label("A note", exact=True).fill("He talks **fast**; ask twice.")
    mentee.get_by_role("button", name="Keep this note").click()
    mentee.get_by_label("A note", exact=True).fill("We read P09 next time.")
    mentee.get_by_label("The two of us").check()
    mentee.get_by_role("button", name="Keep this note").click()
    expect(mentee.locator(".notes li")).to_have_count(2)
    check_page(mentee)
    mentor.goto(pair)
    expect(mentor.locator(".notes li")).to_have_count(1)
    assert "ask twice" not in mentor.content()
    mentee.get_by_role("link", name="Set the first goal").click()
    mentee.get_by_label("Goal", exact=True).first.fill("Lead a committee cycle")
    mentee.get_by_role("button", name="Keep the goals").click()
    mentor.reload()
    expect(mentor.locator(".goals")).to_contain_text("Lead a committee cycle")


def test_a_pulse_takes_three_clicks_and_a_poor_fit_offers_another_match(
    open_as: OpenAs, check_page: CheckPage, pair: str
) -> None:
    mentee, coordinator = open_as(MENTEE, width=390), open_as(COORDINATOR)
    mentee.goto(pair)
    mentee.get_by_role("link", name="Answer now").click()
    check_page(mentee)
    mentee.get_by_label("It does not fit").click()
    mentee.get_by_role("group", name="How useful was it so far?").get_by_label("3", exact=True).click()
    mentee.get_by_role("button", name="Send").click()
    expect(mentee.get_by_role("heading", level=1)).to_have_text("Another match")
    expect(mentee.get_by_text("that is nobody's fault")).to_be_visible()
    check_page(mentee)
    coordinator.goto("/mentoring/coordinate/")
    row = coordinator.get_by_role("row", name=re.compile(f"{MENTEE_NAME} and {MENTOR_NAME}"))
    expect(row).to_contain_text("Needs you")
    expect(row).to_contain_text("The fit was called poor.")
    check_page(coordinator)
    row.get_by_role("link").click()
    check_page(coordinator)
    day = localdate() + timedelta(days=5)
    coordinator.get_by_label("Until").fill(day.isoformat())
    coordinator.get_by_role("textbox", name="Why").fill("Rang both.")
    coordinator.get_by_role("button", name="Set aside until then").click()
    expect(coordinator.get_by_text("Rang both.")).to_be_visible()
    mentor = open_as(MENTOR)
    mentor.goto(pair)
    assert "fit" not in mentor.locator("main").inner_text().lower()


def test_another_match_keeps_history_and_shows_three_others(
    open_as: OpenAs, check_page: CheckPage, pair: str
) -> None:
    mentee, mentor = open_as(MENTEE), open_as(MENTOR)
    propose(mentee, pair, working_day())
    mentee.get_by_role("link", name="Ask for another mentor").click()
    mentee.get_by_role("button", name="End it and see three others").click()
    cards = mentee.locator(".mentor")
    expect(cards).to_have_count(3)
    assert MENTOR_NAME not in mentee.locator("main").inner_text()
    check_page(mentee)
    mentor.goto(pair)
    expect(mentor.get_by_text("Matched anew")).to_be_visible()
    expect(mentor.get_by_role("link", name=re.compile("Propose a time"))).to_have_count(0)
    check_page(mentor)
    mentee.goto(pair)
    expect(mentee.get_by_role("heading", level=1)).to_have_text(f"You and {MENTOR_NAME}")


def test_a_mentorship_is_closed_with_outcomes_and_becomes_a_lesson(
    open_as: OpenAs, check_page: CheckPage, pair: str
) -> None:
    mentee, mentor = open_as(MENTEE), open_as(MENTOR)
    mentee.goto(f"{pair}goals/")
    check_page(mentee)
    mentee.get_by_label("Goal", exact=True).first.fill("Lead a committee cycle")
    mentee.get_by_role("button", name="Keep the goals").click()
    mentee.get_by_role("link", name="Close with a look back").click()
    expect(mentee.get_by_role("heading", level=1, name="Close with a look back")).to_be_visible()
    check_page(mentee)
    mentee.get_by_role("group", name="Lead a committee cycle").get_by_label("Reached", exact=True).check()
    mentee.get_by_role("group", name="How much did it help you?").get_by_label("5").check()
    mentee.get_by_label("Yes", exact=True).check()
    mentee.get_by_label("What would you tell the next one?").fill("Ask before the budget calendar closes.")
    mentee.get_by_role("button", name="Close the mentorship").click()
    expect(mentee.get_by_role("heading", name="Looking back")).to_be_visible()
    check_page(mentee)
    mentor.goto(pair)
    expect(mentor.get_by_text("Ask before the budget calendar closes.")).to_be_visible()
    expect(mentor.get_by_role("button", name="Make it a lesson")).to_have_count(0)
    mentee.get_by_role("button", name="Make it a lesson").click()
    expect(mentee.locator("[name=title]")).to_have_value("What I would tell the next newcomer")
    check_page(mentee)
