"""Two facilitators edit the rules of one programme: the second sees both, loses nothing, and decides."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.choices import Objective, ProgrammeState
from mentoring.days import current_day
from mentoring.models import Programme, Pulse
from mentoring.services.programmes import onboarding_programme
from mentoring.services.save_programme import ProgrammeChanged, fingerprint, save_programme
from mentoring.services.take_snapshots import facts_of
from people.models import User
from tests.mentoring.pair_factories import PairFactory
from tests.mentoring.test_programmes import RULES
from tests.mentoring.test_rounds import facilitator_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator() -> User:
    return facilitator_of()


@pytest.fixture
def programme(facilitator: User) -> Programme:
    return save_programme(actor=facilitator, values=RULES)


def opened(client: Client, programme: Programme) -> dict[str, Any]:
    """What the form would send if nothing were typed."""
    form = client.get(programme.get_absolute_url()).context["form"]
    return {name: "" if (value := form[name].value()) is None else value for name in form.fields}


def editor() -> Client:
    client = Client()
    client.force_login(facilitator_of())
    return client


def test_the_second_of_two_editors_is_told_sees_both_and_decides(programme: Programme) -> None:
    first, second = editor(), editor()
    one, other = opened(first, programme), opened(second, programme)
    at = programme.get_absolute_url()
    assert first.post(at, {**one, "floor": "420", "objective": Objective.FAIR}).status_code == 302
    page = second.post(at, {**other, "floor": "250", "term_weeks": "30"})
    assert page.status_code == 422
    programme.refresh_from_db()
    assert (programme.floor, programme.term_weeks, programme.objective) == (420, 26, Objective.FAIR)
    assert "Somebody changed this while you wrote" in page.text
    assert 'value="250"' in page.text
    assert 'value="30"' in page.text
    now = dict(page.context["now"])
    assert now["No pair below"] == "420"
    assert now["What counts most"] == programme.get_objective_display()
    assert "Name" not in now
    sent = {**other, "floor": "250", "term_weeks": "30", "seen": page.context["form"]["seen"].value()}
    assert second.post(at, sent).status_code == 302
    programme.refresh_from_db()
    assert (programme.floor, programme.term_weeks) == (250, 30)


def test_the_same_form_sent_twice_is_no_conflict(programme: Programme) -> None:
    client = editor()
    typed = {**opened(client, programme), "floor": "420"}
    assert client.post(programme.get_absolute_url(), typed).status_code == 302
    assert client.post(programme.get_absolute_url(), typed).status_code == 302


def test_a_state_that_is_over_is_said_to_have_been_changed(facilitator: User) -> None:
    draft = {**RULES, "name": "Summer", "state": ProgrammeState.DRAFT}
    made = save_programme(actor=facilitator, values=draft)
    client = editor()
    typed = {**opened(client, made), "floor": "250"}
    save_programme(actor=facilitator, values={**draft, "state": ProgrammeState.OPEN}, programme_id=made.pk)
    page = client.post(reverse("mentoring:programme", args=[made.pk]), typed)
    assert page.status_code == 422
    assert "Somebody changed this while you wrote" in page.text
    assert dict(page.context["now"])["State"] == "Open"
    made.refresh_from_db()
    assert made.floor == RULES["floor"]


def test_a_form_without_what_it_began_with_overwrites_nothing(programme: Programme) -> None:
    client = editor()
    typed = {**opened(client, programme), "floor": "420"}
    for seen in ("", "\x00"):
        assert client.post(programme.get_absolute_url(), {**typed, "seen": seen}).status_code == 422
    programme.refresh_from_db()
    assert programme.floor == RULES["floor"]


def test_the_service_refuses_whoever_began_before_the_last_save(
    facilitator: User, programme: Programme
) -> None:
    seen = fingerprint(programme)
    save_programme(actor=facilitator, values={**RULES, "floor": 420}, programme_id=programme.pk, seen=seen)
    with pytest.raises(ProgrammeChanged):
        save_programme(
            actor=facilitator, values={**RULES, "floor": 250}, programme_id=programme.pk, seen=seen
        )


def test_days_of_pulses_are_read_in_any_order_and_kept_in_theirs(programme: Programme) -> None:
    client = editor()
    typed = opened(client, programme)
    assert typed["pulse_days"] == "14, 30, 60, 90"
    at = programme.get_absolute_url()
    assert client.post(at, {**typed, "pulse_days": "45; 10 45"}).status_code == 302
    programme.refresh_from_db()
    assert programme.pulse_days == [10, 45]
    assert opened(client, programme)["pulse_days"] == "10, 45"


@pytest.mark.parametrize("days", ["", "ten", "14.5", "-3", "0", "729", "1,2,3,4,5,6,7", "²"])
def test_days_that_cannot_be_are_refused_and_what_was_typed_stays(programme: Programme, days: str) -> None:
    client = editor()
    page = client.post(programme.get_absolute_url(), {**opened(client, programme), "pulse_days": days})
    assert page.status_code == 422
    assert page.context["form"].errors["pulse_days"]
    assert page.context["form"]["pulse_days"].value() in (days, None)
    programme.refresh_from_db()
    assert programme.pulse_days == [14, 30, 60, 90]


def test_the_path_of_the_newly_appointed_keeps_a_pulse_that_it_waits_for() -> None:
    client, standing = editor(), onboarding_programme()
    typed = opened(client, standing)
    page = client.post(standing.get_absolute_url(), {**typed, "pulse_days": "7, 29"})
    assert "a step of the path waits for it" in page.text
    assert client.post(standing.get_absolute_url(), {**typed, "pulse_days": "7, 30"}).status_code == 302


def test_the_second_of_two_editors_sees_the_days_that_stand(programme: Programme) -> None:
    first, second = editor(), editor()
    one, other = opened(first, programme), opened(second, programme)
    at = programme.get_absolute_url()
    first.post(at, {**one, "pulse_days": "20"})
    page = second.post(at, {**other, "pulse_days": "10, 45"})
    assert page.status_code == 422
    assert dict(page.context["now"]) == {"Days of pulses": "20"}


def test_a_day_added_behind_a_pair_is_no_pulse_that_went_unanswered() -> None:
    pair = PairFactory.create(days=60)
    pair.programme.pulse_days = [14, 20, 25, 30]
    pair.programme.save()
    assert facts_of([pair], current_day())[0].unanswered == 0
    for day in (20, 30):
        for person in (pair.mentee, pair.mentor):
            Pulse.objects.create(mentorship=pair, person=person, day=day, asked=timezone.now())
    assert facts_of([pair], current_day())[0].unanswered == 2
