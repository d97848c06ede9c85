"""The hello that is begun for a newcomer, and the reading that is marked line by line."""

import pytest
from django.conf import settings
from django.urls import reverse

from composer.api import read_draft
from core.facts import deliver_waiting
from core.services.load_vocabularies import load_vocabularies
from forums.models import Board, Topic
from onboarding.choices import Source, StepState
from onboarding.models import Step, StepEvidence
from onboarding.services.load_onboarding import load_onboarding
from onboarding.services.set_context import Described, set_context
from people.models import User
from tests.onboarding.appointing import client_of, tell
from tests.people.factories import UserFactory
from tests.playbook.factories import make_play

pytestmark = pytest.mark.django_db
KEY = "topic:new:introductions"


@pytest.fixture(autouse=True)
def written() -> None:
    load_vocabularies(content=settings.CONTENT_DIR)
    load_onboarding()
    Board.objects.create(slug="introductions", title="Introductions", audience="community")


@pytest.fixture
def newcomer() -> User:
    place = {"city": "Leiden", "time_zone": "Europe/Amsterdam", "languages": ["en", "nl"]}
    person = UserFactory.create(name="Nia Newcomer", profile=place)
    tell(person, source=Source.NOMINATED)
    return person


def handles(person: User, phase: str = "startup") -> None:
    told = [Described("Heron", "codev_cocom", phase)]
    set_context(person=person, alliances=told, takes_over_from="", share_of_time=60)


def begun(person: User, **ticked: str) -> dict[str, str]:
    answer = client_of(person).post(
        reverse("onboarding:hello"), {"brings": "Ten years in Quality.", **ticked}
    )
    assert answer.status_code == 302
    draft = read_draft(owner=person, key=KEY)
    assert draft is not None
    return dict(draft.fields)


def test_the_draft_says_name_and_kind_and_the_place_only_if_ticked(newcomer: User) -> None:
    handles(newcomer)
    plain, placed = begun(newcomer), begun(newcomer, with_place="on")
    for draft in (plain, placed):
        assert "Nia Newcomer" in draft["body"]
        assert "o-development" in draft["body"]
        assert "Ten years in Quality." in draft["body"]
        assert "Heron" not in str(draft)
        assert "{" not in draft["title"] + draft["body"]
    for words in ("Leiden", "Amsterdam"):
        assert words not in str(plain)
        assert words in str(placed)


def test_an_alliance_under_negotiation_is_not_in_the_draft(newcomer: User) -> None:
    handles(newcomer, phase="want_get")
    assert "o-development" not in begun(newcomer)["body"]


def test_the_composer_opens_with_the_draft_and_posting_ticks_the_step(newcomer: User) -> None:
    handles(newcomer)
    client = client_of(newcomer)
    url = client.post(reverse("onboarding:hello"), {"brings": "Ten years in Quality."}).url
    page = client.get(url)
    form = page.context["form"]
    assert "Ten years in Quality." in page.content.decode()
    assert "Nia Newcomer" in form.kept_words
    sent = {name: form[name].value() or "" for name in ("kind", "board", "title", "body")}
    assert client.post(url, {**sent, "tags": "", "kept": form.kept_words, "act": "post"}).status_code == 302
    deliver_waiting()
    assert Topic.objects.get().author_id == newcomer.pk
    assert read_draft(owner=newcomer, key=KEY) is None
    step = Step.objects.get(journey__person=newcomer, template__code="S3")
    assert step.state == StepState.DONE


def test_another_draft_stays_and_one_that_was_begun_is_offered(newcomer: User) -> None:
    client = client_of(newcomer)
    assert "Go on with it" not in client.get(reverse("onboarding:hello")).content.decode()
    begun(newcomer)
    assert "Go on with it" in client.get(reverse("onboarding:hello")).content.decode()
    assert "Ten years" not in client.get(reverse("forums:ask")).content.decode()
    assert client_of(UserFactory.create()).get(reverse("onboarding:hello")).status_code == 404


@pytest.fixture
def plays() -> list[str]:
    """Only two of the five of the list can be opened."""
    return [make_play(f"Play {code}", code=code).code for code in ("P07", "P09")]


def read(person: User, code: str, line: str = "I will ask first.") -> int:
    url = reverse("onboarding:read", args=[code])
    return client_of(person).post(url, {f"{code}-line": line}).status_code


def test_the_reading_ticks_itself_with_the_last_line(newcomer: User, plays: list[str]) -> None:
    handles(newcomer)
    step = Step.objects.get(journey__person=newcomer, template__code="S7")
    page = client_of(newcomer).get(step.get_absolute_url()).content.decode()
    assert "0 of 2 marked" in page
    assert read(newcomer, "P07", "") == 422
    assert read(newcomer, "P99") == 404
    assert read(newcomer, "P07") == 302
    assert read(newcomer, "P07", "I will ask twice.") == 302
    step.refresh_from_db()
    assert step.state == StepState.OPEN
    assert StepEvidence.objects.get(step=step).line == "I will ask twice."
    assert read(newcomer, "P09") == 302
    step.refresh_from_db()
    assert step.state == StepState.DONE
    page = client_of(newcomer).get(step.get_absolute_url()).content.decode()
    assert "I will ask twice." in page


def test_a_line_is_its_writers_alone(newcomer: User, plays: list[str]) -> None:
    handles(newcomer)
    assert read(newcomer, "P07") == 302
    assert read(UserFactory.create(), "P07") == 404
