"""The coordinator's pages of rounds: who sees which, what a draft becomes, what a swap warns of, nothing typed lost."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from mentoring.choices import Objective, RunState
from mentoring.models import Candidate, Exclusion, MatchRun, MentorProfile, Wish
from mentoring.reading.swaps import choices_of
from mentoring.services.discard_round import discard_round
from mentoring.services.draft_round import draft_round
from mentoring.services.publish_round import RoundChanged
from mentoring.services.send_request import send_request
from mentoring.services.swap_pair import swap_pair
from people.models import User
from tests.mentoring.market import make_mentee, make_mentor
from tests.mentoring.test_rounds import facilitator_of, pairs_of, sees, solved

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator() -> User:
    return facilitator_of()


@pytest.fixture
def coordinating(facilitator: User) -> Client:
    client = Client()
    client.force_login(facilitator)
    return client


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_a_discarded_draft_leaves_no_pair_and_tells_nobody(facilitator: User) -> None:
    make_mentor()
    mentee, _alone = make_mentee(), make_mentee("Yuki Ono")
    run = solved(facilitator)
    discard_round(actor=facilitator, run_id=run.pk, version=0)
    run.refresh_from_db()
    assert (run.state, run.stats.get("alone")) == (RunState.DISCARDED, None)
    assert not Candidate.objects.exists()
    assert AuditEntry.objects.get(action="mentoring.round_discard").object_id == str(run.pk)
    with pytest.raises(RoundChanged):
        discard_round(actor=facilitator, run_id=run.pk, version=0)
    asked = send_request(
        mentee=mentee, mentor_id=MentorProfile.objects.get(is_mentor=True).person_id, message=""
    )
    assert asked.candidate is not None
    assert asked.candidate.run is None


def test_a_stale_page_discards_nothing(coordinating: Client, facilitator: User) -> None:
    make_mentor()
    make_mentee()
    run = solved(facilitator)
    at = reverse("mentoring:discard", args=[run.pk])
    late = coordinating.post(at, {"version": "7"}, follow=True)
    assert "Somebody changed or published this round" in late.text
    done = coordinating.post(at, {"version": "0"}, follow=True)
    assert "Nobody was told" in done.text
    page = coordinating.get(run.get_absolute_url()).text
    assert "This draft was discarded" in page
    assert "Publish" not in page.split("<main")[1]
    other = Client()
    other.force_login(make_mentee())
    assert other.post(at, {"version": "0"}).status_code == 404


def test_the_list_of_rounds_asks_the_same_of_two_and_of_twelve(
    coordinating: Client, facilitator: User
) -> None:
    make_mentor()
    make_mentee()
    colleague = facilitator_of()
    solved(facilitator)
    solved(colleague)
    url = reverse("mentoring:rounds")
    few = queries(coordinating, url)
    for _number in range(5):
        solved(facilitator)
        solved(colleague)
    assert queries(coordinating, url) == few
    assert coordinating.get(url).text.count("Round ") >= 12


def test_the_page_of_a_round_asks_the_same_of_few_and_of_many(
    coordinating: Client, facilitator: User
) -> None:
    for _number in range(2):
        make_mentor()
        make_mentee()
    make_mentee()
    few = queries(coordinating, solved(facilitator).get_absolute_url())
    for _number in range(9):
        make_mentor()
        make_mentee()
        make_mentee()
    run = solved(facilitator)
    assert queries(coordinating, run.get_absolute_url()) == few
    at = reverse("mentoring:swap", args=[run.pk, run.candidates.earliest("pk").mentee_id])
    assert queries(coordinating, at) <= 30


def test_the_list_names_no_round_in_which_the_reader_has_a_part(facilitator: User) -> None:
    mentor, report = make_mentor(), make_mentee()
    above, beside = facilitator_of(), facilitator_of()
    report.profile.manager = above
    report.profile.save()
    mentor.groups.add(*facilitator.groups.all())
    run = solved(facilitator)
    seen = {}
    for reader in (facilitator, beside, above, User.objects.get(pk=mentor.pk)):
        client = Client()
        client.force_login(reader)
        page = client.get(reverse("mentoring:rounds"))
        seen[reader.pk] = run in page.context["runs"]
        assert seen[reader.pk] == sees(reader, run)
    assert list(seen.values()) == [True, True, False, False]


def test_who_was_left_alone_sees_no_round_either(facilitator: User) -> None:
    alone = make_mentee()
    alone.groups.add(*facilitator.groups.all())
    run = solved(facilitator)
    assert run.stats["alone"]
    assert not sees(User.objects.get(pk=alone.pk), run)


def test_a_form_that_is_not_valid_keeps_what_was_typed_and_the_earlier_rounds(
    coordinating: Client, facilitator: User
) -> None:
    run = solved(facilitator)
    typed = {"objective": Objective.FAIR, "floor": "4000", "seed": "winter"}
    page = coordinating.post(reverse("mentoring:draft"), typed)
    assert page.status_code == 422
    assert "Earlier rounds" in page.text
    assert run.get_absolute_url() in page.text
    assert 'value="4000"' in page.text
    assert 'value="winter"' in page.text
    assert f'value="{Objective.FAIR}" selected' in page.text
    assert MatchRun.objects.count() == 1


def test_solving_again_stays_on_the_round_with_its_ticks_where_the_form_is_not_valid(
    coordinating: Client, facilitator: User
) -> None:
    make_mentor()
    make_mentee()
    run = solved(facilitator)
    kept = run.candidates.get()
    typed = {"run": run.pk, "keep": kept.pk, "objective": Objective.FAIR, "floor": "-1", "seed": "winter"}
    page = coordinating.post(reverse("mentoring:draft"), typed)
    assert page.status_code == 422
    assert f'value="{kept.pk}" checked' in page.text
    assert f'value="{Objective.FAIR}" checked' in page.text
    assert 'value="winter"' in page.text
    again = coordinating.post(reverse("mentoring:draft"), {**typed, "floor": "0"})
    made = MatchRun.objects.latest("pk")
    assert again["Location"] == made.get_absolute_url()
    assert made.locked == [[kept.mentee_id, kept.mentor_id]]


def test_a_tick_of_a_pair_that_was_swapped_meanwhile_is_not_lost_without_a_word(
    coordinating: Client, facilitator: User
) -> None:
    for _number in range(3):
        make_mentor()
        make_mentee()
    run = solved(facilitator)
    one, other, third = run.candidates.order_by("pk")
    typed = {"run": run.pk, "keep": [one.pk, third.pk], "floor": "0", "seed": "winter"}
    swap_pair(actor=facilitator, run_id=run.pk, version=0, mentee_id=one.mentee_id, mentor_id=other.mentor_id)
    page = coordinating.post(reverse("mentoring:draft"), typed)
    assert page.status_code == 422
    assert "Somebody changed or published this round meanwhile" in page.text
    assert f'value="{third.pk}" checked' in page.text
    assert 'value="winter"' in page.text
    assert MatchRun.objects.count() == 1


def test_a_round_shows_its_figures_and_a_table_beside_the_chart(
    coordinating: Client, facilitator: User
) -> None:
    make_mentor(capacity=2, offers=["H3"])
    for _number in range(3):
        make_mentee(wants=["H3", "H2"])
    run = solved(facilitator)
    page = coordinating.get(run.get_absolute_url())
    figures = dict(page.context["figures"])
    total = sum(run.candidates.values_list("score", flat=True))
    assert figures["Paired"] == "2 of 3"
    assert figures["Without a mentor"] == "1"
    assert figures["Total fit"] == f"{total:,}, mean {total // 2}"
    assert figures["Load"] == "1 mentor, at most 2 each"
    assert [(one.wanted.value, one.offered.value) for one in page.context["supply"].lines] == [(3, 0), (3, 2)]
    assert 'role="img"' in page.text


def wish(run: MatchRun, mentee: int, mentor: int, rank: int = 1) -> None:
    Wish.objects.create(programme=run.programme, mentee_id=mentee, mentor_id=mentor, rank=rank)


def warnings(client: Client, run: MatchRun, mentee: int) -> str:
    page: Any = client.get(reverse("mentoring:swap", args=[run.pk, mentee]))
    return " ".join(page.text.split("<main")[1].split())


def test_a_swap_warns_of_floor_place_and_wish(coordinating: Client, facilitator: User) -> None:
    strong, weak = make_mentor("Amara Osei"), make_mentor("Lena Vogt", offers=[])
    mentee = make_mentee()
    run = solved(facilitator)
    assert pairs_of(run) == [(mentee.pk, strong.pk)]
    wish(run, mentee.pk, strong.pk)
    MatchRun.objects.filter(pk=run.pk).update(floor=run.candidates.get().score)
    page = warnings(coordinating, run, mentee.pk)
    assert "Ilse Koster falls below the floor of" in page
    assert "Ilse Koster loses the first wish, Amara Osei." in page
    assert "Takes the last free place of Lena Vogt." in page
    wish(run, mentee.pk, weak.pk, rank=2)
    assert "Fulfils the second wish of Ilse Koster." in warnings(coordinating, run, mentee.pk)


def test_a_trade_warns_of_what_it_does_to_the_other(coordinating: Client, facilitator: User) -> None:
    make_mentor("Amara Osei")
    make_mentor("Lena Vogt")
    one, other = make_mentee("Ilse Koster"), make_mentee("Samir Haddad")
    run = solved(facilitator)
    before = dict(pairs_of(run))
    wish(run, other.pk, before[other.pk])
    page = warnings(coordinating, run, one.pk)
    assert "No free place: trades mentors with Samir Haddad." in page
    assert "Samir Haddad loses the first wish" in page


def test_a_hard_filter_is_a_warning_without_a_word_why(coordinating: Client, facilitator: User) -> None:
    mentor, mentee = make_mentor(), make_mentee()
    make_mentor("Lena Vogt", profile={"languages": ["ja"]})
    run = solved(facilitator)
    assert not choices_of(run, mentee.pk, facilitator).blocked
    Exclusion.objects.create(owner=mentor, other=mentee, created=timezone.now())
    excluded = warnings(coordinating, run, mentee.pk)
    Exclusion.objects.all().delete()
    MentorProfile.objects.filter(person=mentor).update(capacity=0)
    full = warnings(coordinating, run, mentee.pk)
    assert "publishing would leave it out" in full
    assert 'no working language in common: <span class="num">1</span>' in full
    assert excluded.split("csrf")[0] == full.split("csrf")[0]


def test_a_mentor_with_fewer_places_than_mentees_is_a_warning_too(
    coordinating: Client, facilitator: User
) -> None:
    mentor = make_mentor(capacity=2)
    one, _other = make_mentee(), make_mentee("Samir Haddad")
    run = solved(facilitator)
    assert not choices_of(run, one.pk, facilitator).blocked
    MentorProfile.objects.filter(person=mentor).update(capacity=1)
    assert choices_of(run, one.pk, facilitator).blocked
    assert "publishing would leave it out" in warnings(coordinating, run, one.pk)


def test_a_draft_whose_people_have_moved_on_can_still_be_swapped(
    coordinating: Client, facilitator: User
) -> None:
    mentors = [make_mentor("Amara Osei"), make_mentor("Lena Vogt")]
    one, gone = make_mentee("Ilse Koster"), make_mentee("Samir Haddad")
    run = solved(facilitator)
    before = dict(pairs_of(run))
    MentorProfile.objects.filter(person=gone).update(is_mentee=False)
    (swap,) = choices_of(run, one.pk, facilitator).swaps
    assert (swap.mentor, swap.trades_with) == (before[gone.pk], None)
    MentorProfile.objects.filter(person=before[one.pk]).update(is_mentor=False)
    choices = choices_of(run, one.pk, facilitator)
    assert choices.blocked
    assert [two.mentor for two in choices.swaps] == [two.pk for two in mentors if two.pk != before[one.pk]]
    assert "publishing would leave it out" in warnings(coordinating, run, one.pk)


def test_a_closed_programme_solves_no_round(coordinating: Client, facilitator: User) -> None:
    make_mentor()
    make_mentee()
    run = solved(facilitator)
    assert "Solve again" in coordinating.get(run.get_absolute_url()).text
    run.programme.state = "closed"
    run.programme.save()
    page = coordinating.get(run.get_absolute_url()).text
    assert "Solve again" not in page
    assert 'name="keep"' not in page
    assert "Publish 1 pair" in page
    with pytest.raises(ValidationError):
        draft_round(actor=facilitator, programme=run.programme, objective=Objective.MOST)
