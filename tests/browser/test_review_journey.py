"""A lesson on its way, through the hands of several people: submitted, screened, validated, used, and in the playbook.

Every person works in a browser of their own. The lesson and its play step are this journey's own.
"""

import re
import secrets
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Portal

pytestmark = pytest.mark.browser
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
AUTHOR, SCREENER, PEER, READER = "mei_tanaka", "amara_osei", "ximena_robles", "lena_vogt"
SUBMIT = """
from lessons.choices import Outcome
from lessons.models import Lesson
from lessons.services.submit import submit_lesson
from core.models import Term
from people.models import User
lesson = Lesson(title={title!r}, outcome=Outcome.NEGATIVE, impact_days=41)
lesson.happened = "Our budget closed on 12 September, theirs on 3 October, so that nobody could say yes for 41 days."
lesson.whys = ["Nobody could say yes because our budget was closed.", "Nobody is asked to know the other calendar."]
lesson.recommendation = "The alliance lead asks both finance leads for their calendars in January, before each plan."
lesson.advice_who, lesson.advice_when = "The alliance lead", "in January, before each plan"
lesson.advice_does = "asks both finance leads for their calendars"
lesson.phase = Term.objects.get(vocabulary="lifecycle_phase", code="operate")
lesson.alliance_type = Term.objects.get(vocabulary="alliance_type", code="codev")
print("KEY", submit_lesson(lesson=lesson, author=User.objects.get(email={email!r})).key)
"""


@pytest.fixture
def submitted(portal: Portal) -> tuple[str, str]:
    """The key and the title of a lesson that was just submitted."""
    title = f"Two budgets and {secrets.token_hex(3)}"
    code = SUBMIT.format(title=title, email=f"{AUTHOR.replace('_', '.')}@demo.example")
    told = portal.manage("shell", "--verbosity", "0", "--command", code)
    found = re.search(r"KEY (\w+)", told)
    assert found, told
    return found[1], title


def test_submitted_screened_validated_used_and_in_the_playbook(
    open_as: OpenAs, check_page: Callable[[Page], None], submitted: tuple[str, str]
) -> None:
    key, title = submitted
    author, screener, peer, reader = (open_as(who) for who in (AUTHOR, SCREENER, PEER, READER))

    author.goto("/lessons/mine/")
    expect(author.get_by_text("Waits for a screener").first).to_be_visible()
    check_page(author)
    author.goto(f"/lessons/{key}/review/")
    expect(author.get_by_text("This is your own lesson: somebody else has to screen it.")).to_be_visible()
    expect(author.locator("#decision button")).to_have_count(0)
    answer = reader.goto(f"/lessons/{key}/")
    assert answer is not None
    assert answer.status == 404

    screener.goto("/lessons/worklist/")
    check_page(screener)
    screener.get_by_role("link", name=f"Screen: {title}").click()
    check_page(screener)
    screener.get_by_role("button", name="Return with these words").click()
    expect(screener.get_by_role("alert")).to_contain_text("Say what the author should change.")
    screener.get_by_label("Words for the author").fill("Clear, and ours to tell.")
    screener.get_by_role("button", name="Screen it").press("Enter")
    expect(screener.get_by_text("Screened. A second person validates it now.")).to_be_visible()

    screener.goto(f"/lessons/{key}/review/")
    expect(screener.get_by_text("You screened this lesson")).to_be_visible()
    expect(screener.get_by_role("button", name="Validate and publish")).to_have_count(0)

    peer.goto("/lessons/worklist/?kind=validate")
    peer.get_by_role("link", name=f"Validate: {title}").click()
    peer.get_by_role("button", name="Validate and publish").click()
    expect(peer.get_by_text("Validated and published.")).to_be_visible()

    reader.goto(f"/lessons/{key}/")
    reader.get_by_role("link", name="I used this").click()
    form = reader.locator("#use-form form")
    expect(form).to_be_visible()
    form.get_by_label("It worked after a change").check()
    form.get_by_label("In one or two lines").fill("We ask in November.")
    check_page(reader)
    form.get_by_role("button", name="Tell what came of it").click()
    expect(reader.locator("#use")).to_contain_text("We ask in November.")
    expect(reader.locator("#use")).to_contain_text("Adapted 1")
    reader.get_by_role("link", name="Seen again").click()
    reader.get_by_role("button", name="It happened again").click()
    expect(reader.locator("#use")).to_contain_text("Seen again once")
    reader.get_by_role("button", name="It helped me").click()
    expect(reader.locator("#use")).to_contain_text("helpful for 1 reader")
    check_page(reader)
    reader.goto("/lessons/?sort=used")
    expect(reader.locator(".lesson-list > li", has_text=title)).to_contain_text("Used once, worked 0")

    embed_in_a_step(screener, key, title, check_page)
    reader.goto(f"/lessons/{key}/")
    reader.locator("aside").get_by_role("link", name=re.compile("P26")).first.click()
    step = reader.locator(":target")
    expect(step.get_by_role("link", name=re.compile(f"Exists because of {key}"))).to_be_visible()
    step.get_by_role("link", name=re.compile(f"Exists because of {key}")).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)


def embed_in_a_step(keeper: Page, key: str, title: str, check_page: Callable[[Page], None]) -> None:
    """P26 has no owner, so a facilitator answers for it."""
    keeper.goto("/lessons/worklist/?kind=route")
    keeper.get_by_role("link", name=f"Choose a play: {title}").click()
    check_page(keeper)
    option = keeper.get_by_label("Which play should change?").locator("option", has_text="P26").first
    keeper.get_by_label("Which play should change?").select_option(value=option.get_attribute("value"))
    keeper.get_by_role("button", name="Send it to the owner").click()
    expect(keeper.get_by_text("Waiting for the owner")).to_be_visible()
    keeper.goto("/lessons/worklist/?kind=embed")
    keeper.get_by_role("link", name=f"Decide: {title}").click()
    check_page(keeper)
    keeper.get_by_role("radio").nth(1).check()
    keeper.get_by_role("button", name="Take it up in this step").click()
    expect(keeper.get_by_text("Your answer stands with the lesson.")).to_be_visible()


def test_returned_answered_and_read_again_with_what_changed(
    open_as: OpenAs, check_page: Callable[[Page], None], submitted: tuple[str, str]
) -> None:
    key, title = submitted
    screener, author = open_as(SCREENER, javascript=False), open_as(AUTHOR, javascript=False)
    screener.goto(f"/lessons/{key}/review/")
    screener.get_by_label("Words for the author").fill("Say what the lead asks for.")
    screener.get_by_role("button", name="Return with these words").click()
    author.goto("/lessons/mine/")
    expect(author.get_by_text("Say what the lead asks for.")).to_be_visible()
    author.get_by_role("link", name=f"Answer and submit again: {title}").click()
    author.locator("textarea[name=happened]").fill(
        "Our budget closed on 12 September, theirs on 3 October, and for 41 working days nobody could say yes."
    )
    author.get_by_role("button", name="Submit again").click()
    screener.goto(f"/lessons/{key}/review/")
    expect(screener.get_by_role("heading", name="What changed since the last review")).to_be_visible()
    assert "working" in " ".join(screener.locator("ins").all_inner_texts())


def test_by_keyboard_alone(open_as: OpenAs, submitted: tuple[str, str]) -> None:
    key, _title = submitted
    page = open_as(SCREENER)
    page.goto(f"/lessons/{key}/review/")
    page.get_by_role("link", name="To your decision").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Read by keyboard.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Screen it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Screened. A second person validates it now.")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_states_are_clean(
    open_as: OpenAs, check_page: Callable[[Page], None], submitted: tuple[str, str], width: int, scheme: str
) -> None:
    key, _title = submitted
    page = open_as(SCREENER, width=width, scheme=scheme)
    for path in (
        "/lessons/worklist/",
        f"/lessons/{key}/review/",
        "/lessons/mine/",
        "/lessons/L07/",
        "/lessons/L07/use/",
        "/lessons/L07/not-helpful/",
        "/lessons/L07/route/",
        "/lessons/L07/keep/",
    ):
        page.goto(path)
        check_page(page)
