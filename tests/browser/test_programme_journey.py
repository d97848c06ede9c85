"""A facilitator makes a programme, a mentee ranks wishes for it, by mouse and keyboard, at both widths.

The programme is archived, the wishes are taken back and their mentee looks for nobody any more at the end, since all
journeys share one portal.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Portal
from tests.browser.own_people import run
from tests.browser.page_checks import demo_email

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]
NAME = "Cohort of the journey"


@pytest.fixture(autouse=True)
def looks_for_nobody(portal: Portal) -> Iterator[None]:
    """Ranking made the mentee one of the next round."""
    yield
    run(
        portal,
        f"""
from mentoring.models import MentorProfile
MentorProfile.objects.filter(person__email={demo_email("kenji_mori")!r}).update(is_mentee=False)
""",
    )


def test_from_a_programme_to_a_wish(open_as: OpenAs, check_page: CheckPage) -> None:
    facilitator = open_as("amara_osei")
    facilitator.goto("/mentoring/coordinate/rounds/")
    facilitator.get_by_role("link", name="Programmes").click()
    check_page(facilitator)
    facilitator.get_by_role("link", name="Add a programme").click()
    facilitator.get_by_label("Name").fill(NAME)
    facilitator.get_by_label("State").select_option(label="Open")
    facilitator.get_by_label("No pair below").fill("1200")
    facilitator.get_by_role("button", name="Save").click()
    expect(facilitator.get_by_role("alert")).to_contain_text("No pair below")
    expect(facilitator.get_by_label("Name")).to_have_value(NAME)
    check_page(facilitator)
    facilitator.get_by_label("No pair below").fill("300")
    facilitator.get_by_role("button", name="Save").click()
    expect(facilitator.get_by_role("row", name=NAME)).to_contain_text("300")

    mentee = open_as("kenji_mori", width=390)
    mentee.goto("/mentoring/")
    mentee.get_by_role("link", name=f"Rank your wishes {NAME}").click()
    expect(mentee.get_by_role("heading", name="Whom would you like as mentor?")).to_be_visible()
    check_page(mentee)
    first = mentee.get_by_label("First wish")
    first.select_option(label=first.locator("option").nth(1).inner_text())
    mentee.get_by_label("Second wish").select_option(label=first.locator("option").nth(1).inner_text())
    mentee.get_by_role("button", name="Keep my wishes").click()
    expect(mentee.get_by_role("alert")).to_contain_text("three different mentors")
    mentee.get_by_label("Second wish").select_option(label="Nobody")
    mentee.get_by_role("button", name="Keep my wishes").focus()
    mentee.keyboard.press("Enter")
    expect(mentee.get_by_text("Your wishes are kept.")).to_be_visible()
    mentee.get_by_label("First wish").select_option(label="Nobody")
    mentee.get_by_role("button", name="Keep my wishes").click()
    expect(mentee.get_by_text("Your wishes are kept.")).to_be_visible()

    for state in ("Closed", "Archived"):
        facilitator.goto("/mentoring/coordinate/programmes/")
        facilitator.get_by_role("link", name=NAME).click()
        facilitator.get_by_label("State").select_option(label=state)
        facilitator.get_by_role("button", name="Save").click()
        expect(facilitator).to_have_url(re.compile("/programmes/$"))
    mentee.goto("/mentoring/")
    expect(mentee.get_by_text(NAME)).to_have_count(0)


def test_members_find_no_programmes(open_as: OpenAs) -> None:
    page = open_as("ilse_koster")
    answer = page.goto("/mentoring/coordinate/programmes/")
    assert answer is not None
    assert answer.status == 404
