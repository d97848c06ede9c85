"""From the hello to the end of a path in Chromium: a draft with the place only if ticked, reading line by line, the closing,
then and now with the badge, and a path that had fallen asleep."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Portal
from tests.browser.own_people import Own, own_people, press_on, run, tab_to

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]
HANA, ELI, SAM = "hana.hello@own.example", "eli.end@own.example", "sam.silent@own.example"
PLACE = (("languages", ("en",)), ("time_zone", "Europe/Amsterdam"), ("city", "Leiden"))
PEOPLE = (Own(HANA, "Hana Hello", profile=PLACE), Own(ELI, "Eli End"), Own(SAM, "Sam Silent"))
DONE = "section[aria-labelledby=done] .note.ok"
SECONDS = 60_000
"""So long may the worker take to hear of a post."""
BEGIN = f"""
from datetime import timedelta
from django.utils import timezone
from onboarding.choices import Source
from onboarding.models import Journey, Step
from onboarding.services.appoint import Told, appoint
from onboarding.services.finish_step import finish_step
from onboarding.services.set_context import Described, set_context
from people.api import competences
from people.models import SelfCheck, User
today = timezone.localdate()
for email in ({HANA!r}, {ELI!r}, {SAM!r}):
    person = User.objects.get(email=email)
    appoint(person=person, told=Told(source=Source.NOMINATED, effective=today))
    set_context(person=person, alliances=[Described("Siskin", "codev", "startup")], takes_over_from="", share_of_time=60)
eli = User.objects.get(email={ELI!r})
Journey.objects.filter(person=eli).update(day_zero=today - timedelta(days=85))
codes = [one.code for one in competences()]
first = timezone.now() - timedelta(days=82)
SelfCheck.objects.create(person=eli, taken=first, levels=dict.fromkeys(codes, 1), examples={{}}, picks=codes[:2])
for code in Step.objects.filter(journey__person=eli).exclude(template__code="S14").values_list("template__code", flat=True):
    finish_step(person_id=eli.pk, code=code, kind="act", object_id=1)
Journey.objects.filter(person__email={SAM!r}).update(last_act=timezone.now() - timedelta(days=61))
from onboarding.services.lapse import lapse_silent
lapse_silent(timezone.now())
"""


@pytest.fixture(scope="module", autouse=True)
def people(portal: Portal) -> Iterator[None]:
    """One at the beginning, one at the end, and one who has been silent."""
    with own_people(portal, PEOPLE):
        run(portal, BEGIN)
        yield


def test_the_hello_is_begun_for_me_and_ticks_itself(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as(HANA)
    page.goto("/onboarding/step/S3/")
    page.get_by_role("link", name="Do it now").click()
    check_page(page)
    tab_to(page, page.get_by_label("What you did before, and bring"))
    page.keyboard.type("Ten years in Quality.")
    press_on(page, page.get_by_role("button", name="Open my draft"))
    text = page.get_by_label("Text", exact=True)
    expect(text).to_have_value(re.compile("Hana Hello"))
    expect(text).to_have_value(re.compile("o-development"))
    expect(text).not_to_have_value(re.compile("Leiden|Amsterdam|Siskin"))

    page.goto("/onboarding/hello/")
    page.get_by_label("Say where I am and when I work").check()
    page.get_by_role("button", name="Open my draft").click()
    expect(text).to_have_value(re.compile("I work in Leiden"))
    check_page(page)
    text.fill("Good day, I was an auditor before, and look forward to your questions.")
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url(re.compile(r"/forums/introductions/\d+/"))
    for _attempt in range(SECONDS // 500):
        page.goto("/onboarding/step/S3/")
        if page.locator(DONE).count():
            break
        page.wait_for_timeout(500)
    expect(page.locator(DONE)).to_contain_text("Done")


def test_five_lines_tick_the_reading(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as(HANA, width=390, scheme="dark")
    page.goto("/onboarding/step/S7/")
    expect(page.get_by_text("0 of 5 marked")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name=re.compile("Mark as read")).first.click()
    expect(page.get_by_role("alert")).to_contain_text("Write in one line")
    check_page(page)
    for number in range(5):
        line = page.get_by_label(re.compile("What I will use")).nth(number)
        line.fill(f"I will ask first, {number}.")
        press_on(page, line)
        expect(page.get_by_text(f"{number + 1} of 5 marked")).to_be_visible()
    expect(page.locator(DONE)).to_contain_text("Done")
    expect(page.get_by_label(re.compile("What I will use")).first).to_have_value("I will ask first, 0.")


def test_the_closing_shows_then_and_now_and_the_badge(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as(ELI)
    page.goto("/onboarding/")
    page.get_by_role(
        "link", name="Close the 90 days, look at the change, decide how to go on", exact=True
    ).click()
    check_page(page)
    page.get_by_label("What came of it").fill("I ask for the decision before the meeting.")
    page.get_by_role("button", name="Keep what came of it").click()
    expect(page.get_by_role("alert")).to_contain_text("How do the two of you go on?")
    expect(page.get_by_label("What came of it")).to_have_value("I ask for the decision before the meeting.")
    page.get_by_label("I had no mentor").check()
    page.get_by_role("button", name="Keep what came of it").click()
    page.get_by_role("link", name="Take it now").click()
    for group in page.locator("form fieldset:has(input[value='2'])").all():
        group.locator("input[type=radio][value='2']").check()
    for box in page.locator("input[name=picks]").all()[:2]:
        box.check()
    page.get_by_role("button", name="Keep my check").click()
    for _attempt in range(SECONDS // 500):
        page.goto("/onboarding/")
        if page.get_by_role("heading", name="Then and now").count():
            break
        page.wait_for_timeout(500)
    expect(page.get_by_role("heading", name="Then and now")).to_be_visible()
    expect(page.get_by_text("I ask for the decision before the meeting.")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="See it on your page").click()
    badge = page.get_by_text("First 90 days completed")
    for _attempt in range(SECONDS // 500):
        if badge.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(badge).to_be_visible()
    phone = open_as(ELI, width=390, scheme="dark")
    phone.goto("/onboarding/")
    check_page(phone)


def test_a_path_that_slept_is_taken_up_by_one_button(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as(SAM, width=390)
    page.goto("/notices/")
    press_on(page, page.get_by_role("link", name=re.compile("We have put your path to sleep")).first)
    expect(page.get_by_role("heading", name="Go on where you stopped")).to_be_visible()
    check_page(page)
    press_on(page, page.get_by_role("button", name="Take it up again"))
    expect(page.get_by_role("button", name="Pause the path")).to_be_visible()
