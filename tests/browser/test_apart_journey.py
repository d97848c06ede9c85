"""Who must not be paired: on no card, refused by any address in one sentence that tells nothing, and found by all alike.

Whoever is kept apart by a wall, an exclusion, the line or a language gets, to the byte, what they get from a mentor who is
merely full. The demo has one wall, one exclusion, and a newcomer whom few can talk to.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Portal
from tests.browser.own_people import number_of, press_on, run, tab_to
from tests.browser.page_checks import demo_email

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]
NEUTRAL = "This mentor is not available for this pairing at present."
FULL, FULL_NAME = "victor_nguyen", "Victor Nguyen"
APART = {
    "samir_haddad": (("rafael_duarte", "Rafael Duarte"), ("oliver_hargreaves", "Oliver Hargreaves")),
    "yuki_ono": (
        ("mei_tanaka", "Mei Tanaka"),
        ("denise_carter", "Denise Carter"),
        ("kenji_mori", "Kenji Mori"),
    ),
}
"""By a wall and the line; by an exclusion, a language, and the line."""
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|<time.*?</time>|\d\d:\d\d')
SET_FULL = (
    "from mentoring.models import MentorProfile; from mentoring.services.keep_status import keep_status;"
)
SET_FULL += (
    "MentorProfile.objects.filter(person__email={email!r}).update(takes_requests={takes}); keep_status()"
)


@pytest.fixture(scope="module", autouse=True)
def merely_full(portal: Portal) -> Iterator[None]:
    """One mentor takes nobody just now; everybody may know."""
    run(portal, SET_FULL.format(email=demo_email(FULL), takes=False))
    yield
    run(portal, SET_FULL.format(email=demo_email(FULL), takes=True))


def refused(page: Page, pk: int, name: str) -> str:
    """Asks somebody by the address behind the button of a person's page; the answer without their name."""
    page.goto(f"/mentoring/ask/person/{pk}/")
    page.get_by_label("Your message").fill("My first committee is in March.")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("alert")).to_contain_text(NEUTRAL)
    return told(page, pk, name)


def told(page: Page, pk: int, name: str) -> str:
    """What stands on a page, with the person and what changes from one look to the next taken out."""
    content = page.content()
    for words in (name, name.split()[0], f"/{pk}/"):
        content = content.replace(words, "•")
    return CHANGING.sub("", content)


@pytest.mark.parametrize("mentee", APART)
def test_who_is_kept_apart_is_on_no_card_and_refused_like_somebody_full(
    open_as: OpenAs, check_page: CheckPage, portal: Portal, mentee: str
) -> None:
    page = open_as(mentee)
    for address in ("/mentoring/choose/", "/onboarding/", "/mentoring/"):
        page.goto(address)
        shown = " ".join(page.locator("article.mentor").all_inner_texts())
        assert [name for _key, name in APART[mentee] if name in shown] == []
    full = refused(page, number_of(portal, demo_email(FULL)), FULL_NAME)
    check_page(page)
    for key, name in APART[mentee]:
        assert refused(page, number_of(portal, demo_email(key)), name) == full
    page.goto("/mentoring/")
    expect(page.get_by_role("heading", name="You have no mentor yet")).to_be_visible()


def test_a_refusal_by_keyboard_on_a_dark_phone_loses_nothing(
    open_as: OpenAs, check_page: CheckPage, portal: Portal
) -> None:
    page = open_as("yuki_ono", width=390, scheme="dark")
    page.goto(f"/people/{number_of(portal, demo_email('mei_tanaka'))}/")
    press_on(page, page.get_by_role("link", name="Ask Mei to mentor you"))
    tab_to(page, page.get_by_label("Your message"))
    page.keyboard.type("The minutes of Tern.")
    press_on(page, page.get_by_role("button", name="Send the request"))
    expect(page.get_by_role("alert")).to_contain_text(NEUTRAL)
    expect(page.get_by_label("Your message")).to_have_value("The minutes of Tern.")
    check_page(page)


def test_a_card_of_somebody_else_opens_nothing(open_as: OpenAs) -> None:
    owner, other = open_as("samir_haddad"), open_as("yuki_ono")
    owner.goto("/mentoring/choose/")
    links = owner.get_by_role("link", name=re.compile("^Ask |How it is counted"))
    for address in {str(link.get_attribute("href")) for link in links.all()}:
        answer = other.goto(address)
        assert answer is not None
        assert answer.status == 404


def test_the_directory_and_the_pages_of_mentors_are_the_same_for_all(open_as: OpenAs, portal: Portal) -> None:
    kept_apart, colleague = open_as("yuki_ono"), open_as("ilse_koster")
    for key, name in APART["yuki_ono"][:2]:
        pk = number_of(portal, demo_email(key))
        seen = []
        for page in (kept_apart, colleague):
            page.goto(f"/people/?q={name.replace(' ', '+')}")
            card = page.locator(".people-found article").filter(has_text=name).inner_html()
            page.goto(f"/people/{pk}/")
            seen.append(CHANGING.sub("", card + page.locator("article.profile").inner_html()))
        assert seen[0] == seen[1]


def test_an_exclusion_is_shown_to_its_owner_alone_and_a_wall_to_facilitators(
    open_as: OpenAs, check_page: CheckPage
) -> None:
    owner, facilitator, kept_apart = open_as("mei_tanaka"), open_as("amara_osei"), open_as("yuki_ono")
    owner.goto("/mentoring/exclusions/")
    expect(owner.get_by_role("link", name="Yuki Ono", exact=True)).to_be_visible()
    check_page(owner)
    for page in (facilitator, kept_apart):
        page.goto("/mentoring/exclusions/")
        assert "Yuki Ono" not in page.locator("main").inner_text()
        assert "Mei Tanaka" not in page.locator("main").inner_text()
    facilitator.goto("/mentoring/walls/")
    expect(facilitator.locator("main")).to_contain_text("Plover")
    check_page(facilitator)
    answer = kept_apart.goto("/mentoring/walls/")
    assert answer is not None
    assert answer.status == 404
