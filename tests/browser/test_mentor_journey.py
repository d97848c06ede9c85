"""Newcomers choose a mentor among three, ask, are led on; mentors answer, pause and lose their last place once.

Each journey takes mentees of its own and forgets what it made of requests and pairs, so that the others find the demo.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Portal
from tests.browser.page_checks import demo_email

pytestmark = pytest.mark.browser
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
CHOOSE = "/mentoring/choose/"
NEUTRAL = "This mentor is not available for this pairing at present."
KIND = "cannot take anyone at present. That says nothing about you"
MENTEES = ("samir_haddad", "nora_lind", "thandiwe_dlamini")
CheckPage = Callable[[Page], None]
FORGET = """
from mentoring.models import MatchRequest, Mentorship, MentorProfile
from mentoring.services.keep_status import keep_status
emails = {emails!r}
MatchRequest.objects.filter(mentee__email__in=emails).delete()
Mentorship.objects.filter(mentee__email__in=emails).delete()
MentorProfile.objects.update(takes_requests=True, away_from=None, away_until=None)
keep_status()
"""


@pytest.fixture(autouse=True)
def as_before(portal: Portal) -> Iterator[None]:
    """Forgets the requests and pairs of these mentees, and pauses of mentors."""
    yield
    portal.manage("shell", "-v0", "-c", FORGET.format(emails=[demo_email(one) for one in MENTEES]))


def number_of(portal: Portal, person: str) -> int:
    """The number of a demo person."""
    words = f"from people.models import User; print(User.objects.get(email={demo_email(person)!r}).pk)"
    return int(portal.manage("shell", "-v0", "-c", words).split()[-1])


def ask_person(page: Page, pk: int, message: str = "My first committee is in March.") -> None:
    """Asks somebody by the address behind the button of their page."""
    page.goto(f"/mentoring/ask/person/{pk}/")
    page.get_by_label("Your message").fill(message)
    page.get_by_role("button", name="Send the request").click()


def ask_first(page: Page) -> tuple[str, str]:
    """Asks the first of the three with the others behind; gives the address of the request and the mentor's name."""
    page.goto(CHOOSE)
    name = page.locator(".mentor b").first.inner_text()
    page.get_by_role("link", name=re.compile("^Ask ")).first.click()
    page.get_by_label("Your message").fill("My first committee is in March.")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return page.url, name


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_three_cards_whose_points_add_up(
    open_as: OpenAs, check_page: CheckPage, width: int, scheme: str
) -> None:
    page = open_as("samir_haddad", width=width, scheme=scheme)
    page.goto(CHOOSE)
    cards = page.locator(".mentor")
    expect(cards).to_have_count(3)
    for card in cards.all():
        card.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(card.get_by_text("How it is counted")).to_be_visible()
        points = re.findall(r"(\d+) of \d+\n", card.inner_text() + "\n")
        total = re.search(r"Together (\d+) of 1,000", card.inner_text())
        assert total is not None
        assert sum(map(int, points)) == int(total[1])
    check_page(page)


def test_why_this_mentor_without_javascript(open_as: OpenAs) -> None:
    page = open_as("samir_haddad", javascript=False)
    page.goto(CHOOSE)
    card = page.locator(".mentor").first
    card.locator("summary").click()
    card.get_by_role("link", name="How it is counted").click()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(8)
    points = [int(text) for text in page.locator("tbody tr td:nth-of-type(1)").all_inner_texts()]
    assert str(sum(points)) == page.locator("tfoot td").first.inner_text()


def test_a_line_manager_is_on_no_card_and_refused_by_the_neutral_sentence(
    open_as: OpenAs, portal: Portal, check_page: CheckPage
) -> None:
    page = open_as("nora_lind")
    page.goto(CHOOSE)
    expect(page.get_by_text("Oliver Hargreaves")).to_have_count(0)
    manager = number_of(portal, "oliver_hargreaves")
    page.goto(f"/people/{manager}/")
    ask_person(page, manager)
    expect(page.get_by_role("alert")).to_contain_text(NEUTRAL)
    expect(page.get_by_label("Your message")).to_have_value("My first committee is in March.")
    check_page(page)


def test_a_last_place_goes_to_one_and_the_other_is_led_on(
    open_as: OpenAs, portal: Portal, check_page: CheckPage
) -> None:
    mentor = number_of(portal, "wanjiru_kamau")
    first, second = open_as("nora_lind"), open_as("thandiwe_dlamini")
    ask_person(first, mentor)
    ask_person(second, mentor)
    expect(second.get_by_role("heading", level=1)).to_contain_text("Wanjiru Kamau")
    tab, other_tab = open_as("wanjiru_kamau"), open_as("wanjiru_kamau")
    for page in (tab, other_tab):
        page.goto(first.url)
    check_page(tab)
    tab.get_by_role("button", name="Accept").click()
    expect(tab.get_by_text("You are Nora Lind's mentor.")).to_be_visible()
    other_tab.get_by_role("button", name="Accept").click()
    expect(other_tab.get_by_text("answered a moment ago")).to_be_visible()
    other_tab.goto(second.url)
    expect(other_tab.get_by_text("There is no free place any more")).to_be_visible()
    second.reload()
    expect(second.get_by_text(KIND)).to_be_visible()
    check_page(second)
    first.reload()
    expect(first.get_by_text("Wanjiru Kamau is your mentor.")).to_be_visible()


def test_beside_a_no_the_mentor_pauses_and_vanishes_from_the_cards(
    open_as: OpenAs, check_page: CheckPage
) -> None:
    mentee, mentor = open_as("samir_haddad"), open_as("lena_vogt")
    address, name = ask_first(mentee)
    assert name == "Lena Vogt"
    mentor.goto(address)
    no = mentor.locator("form", has=mentor.get_by_role("button", name="Decline"))
    no.get_by_role("button", name="Decline").click()
    expect(mentor.get_by_role("alert")).to_contain_text("Only the coordinator reads it")
    check_page(mentor)
    no = mentor.locator("form", has=mentor.get_by_role("button", name="Decline"))
    no.get_by_label("I have no time at present").check()
    no.get_by_label("Stop new requests").check()
    no.get_by_label("Away until").fill((timezone.localdate() + timedelta(days=20)).isoformat())
    no.get_by_role("button", name="Decline").click()
    expect(mentor.get_by_text("It is passed on kindly.")).to_be_visible()
    mentee.goto(address)
    expect(mentee.get_by_text(KIND)).to_be_visible()
    expect(mentee.get_by_text("has your message already")).to_be_visible()
    expect(mentee.get_by_text("no time")).to_have_count(0)
    mentee.goto(CHOOSE)
    expect(mentee.get_by_text("Lena Vogt")).to_have_count(0)


def test_the_coordinator_reads_the_code_of_a_no(open_as: OpenAs, check_page: CheckPage) -> None:
    mentee, mentor, coordinator = open_as("samir_haddad"), open_as("lena_vogt"), open_as("amara_osei")
    address, _name = ask_first(mentee)
    mentor.goto(address)
    mentor.get_by_label("Somebody else knows this better").check()
    mentor.get_by_role("button", name="Decline").click()
    coordinator.goto(address.replace("/request/", "/search/"))
    expect(coordinator.get_by_text("Somebody else knows this better")).to_be_visible()
    check_page(coordinator)


def test_silence_moves_on_and_a_request_is_taken_back(
    open_as: OpenAs, portal: Portal, check_page: CheckPage
) -> None:
    mentee, mentor = open_as("samir_haddad"), open_as("lena_vogt")
    address, name = ask_first(mentee)
    later = timezone.now() + timedelta(days=14)
    portal.manage("run_mentoring_clock", "--at", later.isoformat())
    mentee.reload()
    expect(mentee.get_by_text(f"{name} cannot take anyone")).to_be_visible()
    mentor.goto(address)
    expect(mentor.get_by_text("The request has moved on.")).to_be_visible()
    mentee.get_by_role("link", name="See how it stands").click()
    check_page(mentee)
    mentee.get_by_role("button", name="Take it back").click()
    expect(mentee.get_by_text("You took the request back.")).to_be_visible()
    expect(mentee.get_by_role("link", name=re.compile("^Ask ")).first).to_be_visible()
