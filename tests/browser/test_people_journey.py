"""Finding people, and finding oneself: the directory by keyboard, three questions, a self-check that nobody else sees.

Also what time does to people: the yearly word on one's profile, and what a leaver still answers for.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Portal
from tests.browser.own_people import Own, number_of, own_people, press_on, run, tab_to

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]
FACILITATOR, MEMBER = "amara_osei", "ilse_koster"
FAY, RAY, LEO = "fay.finder@own.example", "ray.rater@own.example", "leo.leaver@own.example"
PEOPLE = (Own(FAY, "Fay Finder"), Own(RAY, "Ray Rater"), Own(LEO, "Leo Leaver"))
SECRET = "okapi-lantern"
LEAVE = f"""
from people.models import User
from people.services.deactivate import deactivate
from playbook.models import PlayPage
leaver = User.objects.get(email={LEO!r})
print("was", PlayPage.objects.get(code="P08").play_owner_id)
PlayPage.objects.filter(code="P08").update(play_owner=leaver)
deactivate(person=leaver, actor=None)
"""
GIVE_BACK = (
    "from playbook.models import PlayPage; PlayPage.objects.filter(code='P08').update(play_owner={owner})"
)
JOINED_LONG_AGO = f"""
from datetime import timedelta
from django.utils import timezone
from people.models import User
User.objects.filter(email={RAY!r}).update(date_joined=timezone.now() - timedelta(days=400))
"""


@pytest.fixture(scope="module", autouse=True)
def people(portal: Portal) -> Iterator[None]:
    """Somebody for each journey, so that the demo stays as it is."""
    with own_people(portal, PEOPLE):
        yield


@pytest.fixture
def leaver(portal: Portal) -> Iterator[int]:
    """The number of somebody who has left and still owns a play."""
    owner = run(portal, LEAVE).split("was ")[1].split()[0]
    yield number_of(portal, LEO)
    run(portal, GIVE_BACK.format(owner=owner))


def test_the_directory_is_narrowed_by_keyboard_on_a_dark_phone(
    open_as: OpenAs, check_page: CheckPage
) -> None:
    page = open_as(MEMBER, width=390, scheme="dark")
    page.goto("/people/")
    check_page(page)
    press_on(page, page.get_by_role("button", name="Narrow"))
    box = page.get_by_role("group", name="Handled").get_by_role("checkbox").first
    expected = box.locator("xpath=..").locator(".n").inner_text()
    check_page(page)
    press_on(page, box, "Space")
    press_on(page, page.get_by_role("button", name="Show people"))
    page.wait_for_url(re.compile("type="))
    found = page.locator(".people-found article")
    expect(found).to_have_count(int(expected))
    expect(page.get_by_role("heading", level=2).first).to_have_text(re.compile(rf"^{expected} pe"))
    check_page(page)
    first = found.get_by_role("heading", level=3).first.inner_text()
    press_on(page, page.get_by_role("link", name=first, exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(first)
    expect(page.get_by_role("heading", name="Has handled")).to_be_visible()
    check_page(page)


def test_words_and_ticks_count_together_and_nothing_found_leads_on(
    open_as: OpenAs, check_page: CheckPage
) -> None:
    page = open_as(MEMBER)
    page.goto("/people/?q=oncology")
    total = int(page.locator("#people-found").inner_text().split()[0])
    page.get_by_role("group", name="Mentor").get_by_label("Has a free place").check()
    page.get_by_role("button", name="Show people").click()
    page.wait_for_url(re.compile("mentor=open"))
    mentors = page.locator(".people-found article")
    assert 0 < mentors.count() < total
    for card in mentors.all():
        expect(card.get_by_text("Has a free place")).to_be_visible()
    check_page(page)
    page.get_by_label("Find people").fill("nobodyhasthisword")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_text("Nobody fits all of this.")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Show everybody").click()
    expect(page.locator(".people-found article").first).to_be_visible()


def test_three_questions_stay_ones_own_until_one_tells(open_as: OpenAs, check_page: CheckPage) -> None:
    asker, facilitator = open_as(FAY, width=390, scheme="dark"), open_as(FACILITATOR)
    asker.goto("/people/finder/")
    check_page(asker)
    for question in asker.locator("form.form fieldset").all():
        press_on(asker, question.get_by_label("Yes"), "Space")
    press_on(asker, asker.get_by_role("button", name="Show what it means"))
    expect(asker.get_by_role("heading", name="You do the work of an alliance manager")).to_be_visible()
    expect(asker.get_by_role("link", name="Declare the role")).to_have_attribute(
        "href", "/onboarding/declare/"
    )
    check_page(asker)
    facilitator.goto("/people/told/")
    expect(facilitator.get_by_text("Fay Finder")).to_have_count(0)
    press_on(asker, asker.get_by_role("button", name="Tell the facilitators"))
    expect(asker.get_by_text("The facilitators can see your answers now.")).to_be_visible()
    facilitator.reload()
    expect(facilitator.get_by_role("link", name="Fay Finder")).to_be_visible()
    expect(facilitator.get_by_text("Does the work").first).to_be_visible()
    check_page(facilitator)


def test_a_self_check_is_seen_by_nobody_else(open_as: OpenAs, check_page: CheckPage, portal: Portal) -> None:
    rater = open_as(RAY)
    rater.goto("/people/check/")
    check_page(rater)
    rater.get_by_role("button", name="Keep my check").click()
    expect(rater.get_by_role("alert")).to_contain_text("Something is missing below.")
    cards = rater.locator("form.form .card")
    for card in cards.all():
        card.get_by_role("radio").nth(1).check()
    cards.first.get_by_label("An example").fill(SECRET)
    boxes = rater.get_by_role("group", name="The two you want to work on").get_by_role("checkbox")
    boxes.nth(0).check()
    boxes.nth(3).check()
    rater.get_by_role("button", name="Keep my check").click()
    expect(rater.get_by_text("Your check is kept. Only you can see it.")).to_be_visible()
    expect(rater.get_by_role("heading", name="Where you stand")).to_be_visible()
    expect(rater.locator(".check-table tbody tr")).to_have_count(len(cards.all()))
    expect(rater.locator(".check-table .badge")).to_have_count(2)
    expect(rater.get_by_text(SECRET)).to_be_visible()
    check_page(rater)
    mine = number_of(portal, RAY)
    for reader in (FACILITATOR, MEMBER, "petra_novakova"):
        other = open_as(reader)
        other.goto(f"/search/?q={SECRET}")
        expect(other.get_by_role("main")).to_contain_text(SECRET)
        expect(other.locator(".hit")).to_have_count(0)
        for address in (f"/people/{mine}/", "/people/check/", "/people/?q=Ray+Rater"):
            other.goto(address)
            words = other.locator("main").inner_text().replace(f"Search results for {SECRET}", "")
            assert SECRET not in words
            assert "Where you stand" not in other.content()


def test_who_has_left_is_marked_and_what_they_own_waits_for_facilitators(
    open_as: OpenAs, check_page: CheckPage, leaver: int
) -> None:
    facilitator, member = open_as(FACILITATOR), open_as(MEMBER, width=390, scheme="dark")
    facilitator.goto("/people/leavers/")
    card = facilitator.locator("section.card", has=facilitator.get_by_role("link", name="Leo Leaver"))
    expect(card.get_by_role("link", name=re.compile("^P08 "))).to_be_visible()
    check_page(facilitator)
    card.get_by_role("link", name="Leo Leaver").click()
    expect(facilitator.get_by_text("Has left the company")).to_be_visible()
    expect(facilitator.get_by_role("heading", name="To be taken over")).to_be_visible()
    expect(facilitator.locator("article.profile.left .face.b")).to_have_count(0)
    check_page(facilitator)

    member.goto(f"/people/{leaver}/")
    expect(member.get_by_text("Has left the company")).to_be_visible()
    expect(member.get_by_role("heading", name="To be taken over")).to_have_count(0)
    expect(member.get_by_role("link", name=re.compile("^Write to"))).to_have_count(0)
    check_page(member)
    answer = member.goto("/people/leavers/")
    assert answer is not None
    assert answer.status == 404
    member.goto("/people/?q=Leo+Leaver")
    expect(member.get_by_text("Nobody fits all of this.")).to_be_visible()


def test_once_a_year_somebody_says_that_their_profile_is_right(
    open_as: OpenAs, check_page: CheckPage, portal: Portal
) -> None:
    run(portal, JOINED_LONG_AGO)
    page, other = open_as(RAY, width=390, scheme="dark"), open_as(FAY)
    page.goto("/people/me/")
    check_page(page)
    tab_to(page, page.get_by_role("button", name="Still right"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Thank you. We ask again in a year.")).to_be_visible()
    expect(page.get_by_role("button", name="Still right")).to_have_count(0)
    check_page(page)
    other.goto("/people/me/")
    expect(other.get_by_role("heading", name="Your profile", level=1)).to_be_visible()
    expect(other.get_by_role("button", name="Still right")).to_have_count(0)


def test_a_profile_says_what_to_fill_next_and_leads_to_the_field(
    open_as: OpenAs, check_page: CheckPage, portal: Portal
) -> None:
    page = open_as(RAY, width=390, scheme="dark")
    page.goto(f"/people/{number_of(portal, RAY)}/")
    before = page.get_by_role(
        "heading", name=re.compile("^Your profile is .* per cent complete$")
    ).inner_text()
    check_page(page)
    press_on(page, page.get_by_role("link", name="Write two sentences about you"))
    page.wait_for_url(re.compile("/people/me/#id_bio$"))
    field = page.get_by_label("About you")
    expect(field).to_be_in_viewport()
    field.fill("Ask me about exits.")
    press_on(page, page.get_by_role("button", name="Save your profile"))
    expect(page.get_by_text("Your profile is saved.")).to_be_visible()
    expect(page.get_by_role("heading", name=before, exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="Write your job title")).to_be_visible()
    check_page(page)
    other = open_as(FAY)
    other.goto(f"/people/{number_of(portal, RAY)}/")
    expect(other.get_by_role("heading", name="Ray Rater")).to_be_visible()
    expect(other.get_by_text("per cent complete")).to_have_count(0)


def test_evidence_leads_to_what_was_counted(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as(MEMBER)
    page.goto("/people/?q=Amara+Osei")
    card = page.locator(".people-found article").first
    answers = card.get_by_role("link", name=re.compile("answers? accepted$"))
    number = int(answers.inner_text().split()[0])
    answers.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accepted answers of Amara Osei")
    expect(page.locator(".saved-posts > li")).to_have_count(number)
    check_page(page)
    page.go_back()
    plays = card.get_by_role("link", name=re.compile("plays owned"))
    number = int(plays.inner_text().split()[0])
    plays.click()
    expect(page.get_by_role("link", name=re.compile("^Owned by Amara Osei"))).to_be_visible()
    expect(page.locator(".play-list > li")).to_have_count(number)
    check_page(page)
    page.get_by_role("link", name=re.compile("^Owned by Amara Osei")).click()
    expect(page.locator(".play-list > li").nth(number)).to_be_visible()


def test_the_search_of_the_site_narrows_people(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as(MEMBER)
    page.goto("/search/?q=alliance&kind=person")
    for name in ("Role area", "Mentor", "Division", "Function", "Country"):
        expect(page.locator("#facets summary", has_text=name).first).to_be_visible()
    check_page(page)
    total = int(page.locator("#kinds a[aria-current] span").first.inner_text())
    page.goto("/search/?q=alliance&kind=person&mentor=open&country=Switzerland")
    assert 0 < int(page.locator("#kinds a[aria-current] span").first.inner_text()) < total
    check_page(page)
