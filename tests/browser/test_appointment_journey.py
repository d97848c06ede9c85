"""How somebody becomes an alliance manager here: by their own word, by personnel's file, by the company's sign-in.

In two browsers where two people meet: the manager's yes and no reach the newcomer, a file moves the days of a path.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import ROLE_CLAIM, OpenAs, Portal
from tests.browser.own_people import Own, answer_of, own_people, press_on, run, tab_to

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]
MO, NIA, NED = "mo.manager@own.example", "nia.newcomer@own.example", "ned.newcomer@own.example"
PIA, PER, HAL = "pia.named@own.example", "per.named@own.example", "hal.invited@own.example"
CLEO = "cleo.claimed@own.example"
FACILITATOR = "amara_osei"
JOIN_CLAIM = f"""
from django.contrib.auth.models import Group
from people.models import User
User.objects.get(email={CLEO!r}).groups.add(Group.objects.get_or_create(name={ROLE_CLAIM!r})[0])
"""
PEOPLE = (
    Own(MO, "Mo Manager"),
    Own(NIA, "Nia Newcomer", manager=MO),
    Own(NED, "Ned Newcomer", manager=MO),
    Own(PIA, "Pia Named"),
    Own(PER, "Per Named"),
    Own(CLEO, "Cleo Claimed"),
)
HEADER = "employee_id,email,name,effective,share_of_time"


@pytest.fixture(scope="module", autouse=True)
def people(portal: Portal) -> Iterator[None]:
    """A manager with two newcomers, and two whom personnel names. Each journey has its own."""
    with own_people(portal, PEOPLE):
        yield


def declare(page: Page) -> None:
    """Says by keyboard alone that one looks after alliances."""
    page.goto("/onboarding/declare/")
    tab_to(page, page.get_by_label("Share of time, in per cent"))
    page.keyboard.type("60")
    press_on(page, page.get_by_role("button", name="Open my path"))
    expect(page.get_by_role("heading", name="Your first 90 days", level=1)).to_be_visible()


def set_context(page: Page) -> None:
    """Answers the five questions by keyboard."""
    if not page.url.endswith("/onboarding/context/"):
        page.goto("/onboarding/context/")
    tab_to(page, page.get_by_label("Code name").first)
    page.keyboard.type("Siskin")
    for label, choice in (("Alliance type", "Co-development"), ("Phase", "Start-up")):
        tab_to(page, page.get_by_label(label).first)
        page.keyboard.type(choice)
    tab_to(page, page.get_by_label("Share of time, in per cent"))
    page.keyboard.press("Control+A")
    page.keyboard.type("60")
    press_on(page, page.get_by_label("I have read the community charter"), "Space")
    press_on(page, page.get_by_role("button", name="Set my path"))
    expect(page.get_by_role("article").first).to_be_visible()


def open_question(manager: Page, name: str) -> None:
    """The manager finds the question under the bell and opens it."""
    manager.goto("/notices/")
    manager.get_by_role("link", name=re.compile(f"Please confirm: does {name}")).first.focus()
    manager.keyboard.press("Enter")
    expect(manager.get_by_role("heading", level=1)).to_have_text(f"Does {name} look after alliances?")


def test_whoever_says_so_works_at_once_and_the_managers_yes_flips_the_flag(
    open_as: OpenAs, check_page: CheckPage
) -> None:
    newcomer, manager = open_as(NIA, width=390, scheme="dark"), open_as(MO)
    newcomer.goto("/onboarding/declare/")
    check_page(newcomer)
    declare(newcomer)
    expect(newcomer.get_by_text("not confirmed yet")).to_be_visible()
    check_page(newcomer)
    set_context(newcomer)
    check_page(newcomer)
    expect(newcomer.get_by_text("not confirmed yet")).to_be_visible()

    open_question(manager, "Nia Newcomer")
    check_page(manager)
    address = manager.url
    manager.get_by_role("button", name="Confirm the appointment").click()
    expect(manager.get_by_text("Confirmed. You see progress in numbers on your page.")).to_be_visible()
    check_page(manager)
    newcomer.reload()
    expect(newcomer.get_by_role("article").first).to_be_visible()
    expect(newcomer.get_by_text("not confirmed yet")).to_have_count(0)

    passed_on = open_as(NED)
    answer = passed_on.goto(address)
    assert answer is not None
    assert answer.status == 404


def test_a_no_ends_the_path_and_takes_its_request_back(
    open_as: OpenAs, check_page: CheckPage, portal: Portal
) -> None:
    newcomer, manager = open_as(NED), open_as(MO, width=390, scheme="dark")
    declare(newcomer)
    set_context(newcomer)
    newcomer.get_by_role("link", name=re.compile("^Ask ")).first.click()
    newcomer.get_by_label("Your message").fill("My first committee is in March.")
    newcomer.get_by_role("button", name="Send the request").click()
    name = newcomer.get_by_role("heading", level=1).inner_text().removeprefix("Your request to ")
    request = newcomer.url
    mentor = open_as(answer_of(portal, f"User.objects.get(name={name!r}).email"))
    mentor.goto(request)
    expect(mentor.get_by_role("button", name="Accept")).to_be_visible()

    open_question(manager, "Ned Newcomer")
    press_on(manager, manager.get_by_text("No, or not yet"))
    press_on(manager, manager.get_by_role("button", name="Do not confirm"))
    expect(manager.get_by_text("This field is required.").first).to_be_visible()
    check_page(manager)
    tab_to(manager, manager.get_by_label("Why not"))
    manager.keyboard.type("Not before spring; the deal is not signed.")
    press_on(manager, manager.get_by_role("button", name="Do not confirm"))
    expect(manager.get_by_text("Not confirmed. The path has ended")).to_be_visible()
    check_page(manager)

    newcomer.goto("/onboarding/")
    expect(newcomer.get_by_role("heading", name="You are on no path")).to_be_visible()
    newcomer.goto("/notices/")
    expect(
        newcomer.get_by_role("link", name=re.compile("Your appointment was not confirmed, and your path has"))
    ).to_be_visible()
    newcomer.goto(request)
    expect(newcomer.get_by_role("button", name="Take it back")).to_have_count(0)
    mentor.reload()
    expect(mentor.get_by_text("Nothing is left for you to do.")).to_be_visible()
    expect(mentor.get_by_role("button", name="Accept")).to_have_count(0)
    check_page(mentor)


def monday() -> date:
    """A Monday in a week or two, so that every due date is what the template says."""
    today = localdate()
    return today + timedelta(days=14 - today.weekday())


def send_file(page: Page, lines: list[str], button: str) -> dict[str, int]:
    """Chooses a file of these lines and sends it; gives what came of it by its words."""
    page.goto("/onboarding/facilitate/imports/")
    content = "\n".join([HEADER, *lines]).encode()
    file = FilePayload(name="personnel.csv", mimeType="text/csv", buffer=content)
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name=button).click()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    figures = page.locator("dl.strip > div").all()
    return {one.locator("dt").inner_text().lower(): int(one.locator("dd").inner_text()) for one in figures}


def due(page: Page, step: str) -> date:
    """The day on which a step of one's own path is due."""
    page.goto("/onboarding/")
    row = page.locator("ol.journey > li", has=page.get_by_role("link", name=step))
    return date.fromisoformat(row.locator("time").get_attribute("datetime") or "")


def test_a_file_is_looked_through_imported_once_and_moves_days(
    open_as: OpenAs, check_page: CheckPage, portal: Portal
) -> None:
    facilitator, newcomer = open_as(FACILITATOR), open_as(PIA, width=390, scheme="dark")
    first, later = monday(), monday() + timedelta(weeks=2)
    good = [f"E901,{PIA},Pia Named,{first},60", f"E902,{HAL},Hal Invited,{first},"]
    bad = [
        f"E903,{PER},Per Named,30.11.2026,",
        f",{PER},Per Named,{first},",
        f"E904,no address,N,{first},150",
    ]
    looked = send_file(facilitator, [good[0], *bad, good[1]], "Look through it")
    assert looked == {"lines": 5, "new": 1, "changed": 0, "unchanged": 0, "invited": 1, "faulty": 3}
    expect(facilitator.get_by_text("Looked through. Nothing was written.")).to_be_visible()
    faults = [" ".join(row.inner_text().split()) for row in facilitator.locator("tbody tr").all()]
    assert [int(fault.split()[0]) for fault in faults] == [3, 4, 5]
    assert "“30.11.2026” is no date" in faults[0]
    assert "The employee number is missing." in faults[1]
    assert "“no address” is no e-mail address." in faults[2]
    assert "“150” is no share of time" in faults[2]
    check_page(facilitator)
    newcomer.goto("/onboarding/")
    expect(newcomer.get_by_role("heading", name="You are on no path")).to_be_visible()

    assert send_file(facilitator, good, "Import it")["new"] == 1
    again = send_file(facilitator, good, "Import it")
    assert again == {"lines": 2, "new": 0, "changed": 0, "unchanged": 2, "invited": 0, "faulty": 0}
    reading = "Read two plays and three lessons, one line each"
    before = due(newcomer, reading)
    expect(newcomer.get_by_text("A first look: no date is running yet.")).to_be_visible()
    check_page(newcomer)
    moved = send_file(facilitator, [line.replace(str(first), str(later)) for line in good], "Import it")
    assert (moved["changed"], moved["new"]) == (1, 0)
    assert due(newcomer, reading) == before + timedelta(weeks=2)

    with own_people(portal, [Own(HAL, "Hal Invited")]):
        invited = open_as(HAL)
        assert due(invited, reading) == before + timedelta(weeks=2)
        check_page(invited)


def test_whom_the_sign_in_names_is_asked_and_led_to_three_mentors(
    open_as: OpenAs, check_page: CheckPage, portal: Portal
) -> None:
    run(portal, JOIN_CLAIM)
    page = open_as(CLEO, width=390, scheme="dark")
    page.goto("/")
    asked = page.get_by_role("region", name="Your role")
    expect(asked).to_contain_text("Your sign-in says that you look after alliances.")
    expect(page.get_by_role("link", name="Confirm your role and your alliances", exact=True)).to_be_visible()
    check_page(page)
    press_on(page, asked.get_by_role("button", name="Yes, set my path"))
    page.wait_for_url(re.compile("/onboarding/context/$"))
    set_context(page)
    cards = page.get_by_role("article")
    expect(cards).to_have_count(3)
    for card in cards.all():
        press_on(page, card.locator("summary"))
        expect(card.get_by_text("How it is counted")).to_be_visible()
        points = re.findall(r"(\d+) of \d+\n", card.inner_text() + "\n")
        total = re.search(r"Together (\d+) of 1,000", card.inner_text())
        assert total is not None
        assert sum(map(int, points)) == int(total[1])
    check_page(page)
    expect(page.get_by_text("not confirmed yet")).to_have_count(0)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(asked).to_have_count(0)
    colleague = open_as(FACILITATOR)
    colleague.goto("/")
    expect(colleague.get_by_role("heading", level=1)).to_be_visible()
    expect(colleague.get_by_role("region", name="Your role")).to_have_count(0)
