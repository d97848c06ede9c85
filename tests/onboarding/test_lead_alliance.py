"""Several alliances: the lead has the highest tier and picks the branches, each other adds a line to steps it concerns."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliances.choices import Duty
from core.models import Term, Vocabulary
from core.services.load_vocabularies import load_vocabularies
from onboarding.branches import kinds_of
from onboarding.models import AllianceAssignment, Journey, StepBranch
from onboarding.services.load_onboarding import load_onboarding
from onboarding.services.set_context import Described, set_context
from people.models import User
from tests.alliances.factories import join, make_alliance

pytestmark = pytest.mark.django_db
HERON = ("Heron", "codev_cocom", "startup")
PLOVER = ("Plover", "outlic_dist", "operate")
WREN = ("Wren", "outlic_dist", "winddown")


@pytest.fixture
def written() -> None:
    """The path, and the words that alliances are told in."""
    load_vocabularies(content=settings.CONTENT_DIR)
    load_onboarding()


def told(person: User, *alliances: Described) -> list[str]:
    """The code names that the path is for, the lead first, once these were named in this order."""
    set_context(person=person, alliances=alliances, takes_over_from="", share_of_time=100)
    return [kind.code_name for kind in kinds_of(Journey.objects.get(person=person))]


@pytest.mark.parametrize(
    ("tiers", "order"),
    [
        (("T3", "T1", "T2"), ["Plover", "Heron", "Wren"]),
        (("T2", "T2", "T3"), ["Heron", "Plover", "Wren"]),
        (("", "T4", ""), ["Plover", "Heron", "Wren"]),
        (("", "", ""), ["Heron", "Plover", "Wren"]),
        (("T9", "T4", "T9"), ["Plover", "Heron", "Wren"]),
    ],
)
def test_the_highest_tier_leads_and_of_equal_ones_the_first_named(
    newcomer: User, tiers: tuple[str, ...], order: list[str]
) -> None:
    named = [Described(*one, tier) for one, tier in zip((HERON, PLOVER, WREN), tiers, strict=True)]
    assert told(newcomer, *named) == order


def test_a_confirmed_team_says_the_tier_that_the_person_left_out(newcomer: User) -> None:
    tier = Term.objects.get(vocabulary=Vocabulary.TIER, code="T1")
    join(make_alliance(code_name="Plover", tier=tier), newcomer, Duty.MEMBER)
    make_alliance(code_name="Wren", tier=tier)
    assert told(newcomer, Described(*HERON, "T2"), Described(*PLOVER), Described(*WREN))[0] == "Plover"


def test_who_names_nothing_is_led_by_the_highest_tier_and_then_the_newest_team(newcomer: User) -> None:
    tiers = {term.code: term for term in Term.objects.of(Vocabulary.TIER)}
    for name, tier, year in (("Old", "T2", 2020), ("New", "T2", 2025), ("Small", "T4", 2026)):
        started = datetime(year, 1, 1, tzinfo=UTC).date()
        join(make_alliance(code_name=name, tier=tiers[tier], started=started), newcomer, Duty.MANAGER)
    assert [kind.code_name for kind in kinds_of(Journey.objects.get(person=newcomer))] == [
        "New",
        "Old",
        "Small",
    ]


def step_page(client: Client, person: User, code: str) -> str:
    client.force_login(person)
    page = client.get(reverse("onboarding:step", args=[code]))
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def beginning(code: str, when: str) -> str:
    text = StepBranch.objects.get(step__code=code, when=when).text
    return " ".join(text.split())[:40]


def test_each_further_alliance_adds_its_line_once_and_says_for_whom(client: Client, newcomer: User) -> None:
    told(newcomer, Described(*HERON, "T1"), Described(*WREN, "T3"), Described("Crane", *WREN[1:]))
    page = step_page(client, newcomer, "S1")
    assert page.index(beginning("S1", "startup")) < page.index("And because of Wren")
    assert page.index("And because of Wren") < page.index(beginning("S1", "winddown"))
    assert page.count(beginning("S1", "winddown")) == 1
    assert "And because of Crane" not in page
    assert "And because of Heron" not in page


def test_a_step_with_nothing_for_the_others_says_nothing_of_them(client: Client, newcomer: User) -> None:
    told(newcomer, Described(*HERON, "T1"), Described("Same", *HERON[1:], "T2"))
    assert "And because of" not in step_page(client, newcomer, "S1")


def test_three_alliances_cost_no_more_queries_than_one(client: Client, newcomer: User) -> None:
    told(newcomer, Described(*HERON, "T1"))
    step_page(client, newcomer, "S1")
    with CaptureQueriesContext(connection) as one:
        step_page(client, newcomer, "S1")
    told(newcomer, Described(*HERON, "T1"), Described(*PLOVER), Described(*WREN))
    with CaptureQueriesContext(connection) as three:
        step_page(client, newcomer, "S1")
    assert len(three) == len(one)


def test_the_form_asks_for_the_tier_and_keeps_it(client: Client, newcomer: User) -> None:
    client.force_login(newcomer)
    url = reverse("onboarding:context")
    answers = {"share_of_time": "100", "charter": "on"}
    for number, (name, kind, phase) in enumerate((HERON, PLOVER)):
        answers |= {f"name_{number}": name, f"type_{number}": kind, f"phase_{number}": phase}
    assert client.post(url, {**answers, "tier_1": "T1"}).status_code == 302
    assert list(AllianceAssignment.objects.values_list("code_name", "tier", "is_lead")) == [
        ("Plover", "T1", True),
        ("Heron", "", False),
    ]
    form = client.get(url).context["form"]
    assert [form[f"tier_{number}"].value() for number in range(2)] == ["T1", ""]
    assert client.post(url, {**answers, "tier_1": "T7"}).status_code == 422
