"""What a manager sees of their people's path: two counts and the talk, of their own people alone; and what leaving frees.

The newcomer writes lines, rates themselves and asks a mentor in one browser; none of it shows in the manager's.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Portal
from tests.browser.own_people import Own, number_of, own_people, press_on, run

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]
MONA, NOOR, NICO = "mona.manager@own.example", "noor.newcomer@own.example", "nico.newcomer@own.example"
OMAR, OLA = "omar.manager@own.example", "ola.other@own.example"
PEOPLE = (
    Own(MONA, "Mona Manager"),
    Own(NOOR, "Noor Newcomer", manager=MONA),
    Own(NICO, "Nico Newcomer", manager=MONA),
    Own(OMAR, "Omar Manager"),
    Own(OLA, "Ola Other", manager=OMAR),
)
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


@pytest.fixture(scope="module", autouse=True)
def people(portal: Portal) -> Iterator[None]:
    """Two managers; two of the one's people are on their thirteenth day, and one of the other's."""
    with own_people(portal, PEOPLE):
        run(portal, BEGIN.format(emails=[NOOR, NICO, OLA], first=NOOR))
        yield


def test_a_manager_sees_two_counts_of_their_own_people_and_holds_the_talk(
    open_as: OpenAs, check_page: CheckPage, portal: Portal
) -> None:
    newcomer, manager = open_as(NOOR), open_as(MONA, width=390, scheme="dark")
    newcomer.goto("/onboarding/")
    done = newcomer.locator("dl.strip dd").first.inner_text()
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
