"""A facilitator edits a step in Chromium: looks first, sees whom it reaches, saves; what is done keeps its words.

A second editor in another browser is told; a letter refuses a placeholder that nothing fills.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Portal
from tests.browser.own_people import Own, own_people, press_on, run, tab_to

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]
DONE, OPEN = "dora.done@own.example", "olaf.open@own.example"
FACILITATOR, OTHER = "amara_osei", "otto.other@own.example"
PEOPLE = (
    Own(DONE, "Dora Done"),
    Own(OPEN, "Olaf Open"),
    Own(OTHER, "Otto Other", roles=("member", "facilitator")),
)
STEP, NEW = "Draw your map of people on both sides", "Draw who decides on both sides"
BEGIN = f"""
from django.utils import timezone
from onboarding.choices import Source
from onboarding.services.appoint import Told, appoint
from onboarding.services.finish_step import finish_step
from people.models import User
for email in ({DONE!r}, {OPEN!r}):
    person = User.objects.get(email=email)
    appoint(person=person, told=Told(source=Source.NOMINATED, effective=timezone.localdate()))
finish_step(person_id=User.objects.get(email={DONE!r}).pk, code="S9", kind="act", object_id=1)
"""
PUT_BACK = f"""
from onboarding.models import Step, StepTemplate
from onboarding.services.edit_step import StepEdit, edit_step
from people.models import User
row = StepTemplate.objects.get(code="S9")
kept = {{name: getattr(row, name) for name in ("why", "text", "done_when", "short_day", "minutes", "is_required")}}
edit = StepEdit(title={STEP!r}, due_day=20, branches={{}}, **kept)
edit_step(actor=User.objects.get(email={OTHER!r}), step_id=row.pk, edit=edit, seen=row.version)
for row in StepTemplate.objects.filter(version__gt=1):
    Step.objects.filter(template=row).update(kept={{}})
StepTemplate.objects.filter(code="S9").update(title={STEP!r}, due_day=20, version=1, edited=None, edited_by=None)
"""


@pytest.fixture(scope="module", autouse=True)
def people(portal: Portal) -> Iterator[None]:
    """One who has done the step, one who has not, and a second facilitator; the step is put back at the end."""
    with own_people(portal, PEOPLE):
        run(portal, BEGIN)
        yield
        run(portal, PUT_BACK)


def open_step(page: Page) -> None:
    page.goto("/onboarding/facilitate/")
    page.get_by_role("link", name=STEP).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(STEP)


def test_an_edit_is_looked_at_first_and_leaves_what_is_done(open_as: OpenAs, check_page: CheckPage) -> None:
    page, slower = open_as(FACILITATOR), open_as(OTHER, width=390, scheme="dark")
    page.goto("/onboarding/")
    page.get_by_role("link", name="The path and its letters").click()
    check_page(page)
    open_step(page)
    open_step(slower)
    check_page(page)
    page.get_by_label("Title").fill(NEW)
    page.get_by_label("Day", exact=True).fill("25")
    press_on(page, page.get_by_role("button", name="Look at the change"))
    expect(page.get_by_role("heading", name="Look before you save")).to_be_visible()
    lead = page.locator(".page-head .lead")
    expect(lead).to_contain_text("open paths.")
    expect(lead).to_contain_text("as they are.")
    expect(page.get_by_role("heading", name=NEW)).to_be_visible()
    expect(page.get_by_role("heading", name="Dates that move")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Change the words again").click()
    expect(page.get_by_label("Title")).to_have_value(NEW)
    page.get_by_role("button", name="Look at the change").click()
    press_on(page, page.get_by_role("button", name="Save the change"))
    expect(page.get_by_role("link", name=NEW)).to_be_visible()

    slower.get_by_label("Title").fill("Draw your map today")
    slower.get_by_role("button", name="Look at the change").click()
    expect(slower.get_by_role("alert")).to_contain_text("Somebody changed this while you wrote")
    expect(slower.get_by_label("Title")).to_have_value("Draw your map today")
    expect(slower.get_by_role("region", name="What stands now")).to_contain_text(NEW)
    check_page(slower)

    done, to_do = open_as(DONE), open_as(OPEN, width=390)
    for reader, words in ((done, STEP), (to_do, NEW)):
        reader.goto("/onboarding/step/S9/")
        expect(reader.get_by_role("heading", level=1)).to_have_text(words)
        check_page(reader)


def test_a_letter_refuses_what_nothing_fills_and_loses_nothing(
    open_as: OpenAs, check_page: CheckPage
) -> None:
    page = open_as(FACILITATOR, width=390)
    page.goto("/onboarding/facilitate/letters/welcome/")
    page.get_by_label("Subject").fill("Welcome, {nickname}")
    press_on(page, page.get_by_role("button", name="Look at the letter"))
    expect(page.get_by_role("alert")).to_contain_text("Nothing fills {nickname}")
    expect(page.get_by_role("alert")).to_contain_text("{first_name}")
    expect(page.get_by_label("Subject")).to_have_value("Welcome, {nickname}")
    check_page(page)
    page.get_by_label("Subject").fill("Welcome, {first_name}")
    page.get_by_role("button", name="Look at the letter").click()
    expect(page.get_by_role("heading", name="Welcome, Nia")).to_be_visible()
    check_page(page)
    tab_to(page, page.get_by_role("link", name="Discard"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Letters", exact=True)).to_be_visible()


def test_others_find_no_editor(open_as: OpenAs) -> None:
    page = open_as(OPEN)
    page.goto("/onboarding/")
    expect(page.get_by_role("link", name="The path and its letters")).to_have_count(0)
    for url in ("/onboarding/facilitate/", "/onboarding/facilitate/steps/S9/"):
        answer = page.goto(url)
        assert answer is not None
        assert answer.status == 404
