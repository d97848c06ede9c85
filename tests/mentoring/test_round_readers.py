"""Whom a round reckoned with reads no page, list or count of it: nobody infers from it that they are kept apart."""

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.models import MatchRun, MentorProfile
from mentoring.services.draft_round import solve_round
from mentoring.services.programmes import onboarding_programme
from people.models import User
from tests.mentoring.apart import APART, Apart, cut, full, world
from tests.mentoring.market import make_mentee, make_mentor
from tests.mentoring.test_rounds import facilitator_of, pairs_of, sees, solved

pytestmark = pytest.mark.django_db
Three = tuple[User, User, User]


def as_facilitator(person: User) -> User:
    person.groups.add(*facilitator_of().groups.all())
    return User.objects.get(pk=person.pk)


def pages_of(reader: User, colleague: User) -> tuple[list[bytes], MatchRun]:
    """What the reader gets of a round that the colleague made, and of all that is done with it."""
    run = solved(colleague)
    client = Client()
    client.force_login(reader)
    swap = [run.pk, run.stats["alone"][0]["mentee"]] if run.stats["alone"] else [run.pk, 0]
    answers = [
        client.get(reverse("mentoring:rounds")),
        client.get(run.get_absolute_url()),
        client.get(reverse("mentoring:swap", args=swap)),
        client.post(reverse("mentoring:publish", args=[run.pk]), {"version": "0"}),
        client.post(reverse("mentoring:discard", args=[run.pk]), {"version": "0"}),
    ]
    codes = repr([one.status_code for one in answers]).encode()
    number = f"/rounds/{run.pk}/".encode()
    return [codes, *(cut(one.content).replace(number, b"/rounds/N/") for one in answers)], run


@pytest.mark.parametrize("apart", APART)
def test_a_facilitator_who_mentors_reads_the_same_whether_kept_apart_or_full(
    people: Three, apart: Apart
) -> None:
    """She is the only mentor with a place; the same mentee stays alone in both worlds."""
    mentor, mentee, _bystander = people
    MentorProfile.objects.filter(is_mentor=True).exclude(person=mentor).update(capacity=0)
    MentorProfile.objects.filter(is_mentee=True).exclude(person=mentee).delete()
    reader, colleague = as_facilitator(mentor), facilitator_of()
    onboarding_programme()  # a number of its own in no world

    def look(_client: Client) -> list[bytes]:
        seen, run = pages_of(reader, colleague)
        assert [one["mentee"] for one in run.stats["alone"]] == [mentee.pk]
        assert reader.pk in run.stats["people"]
        return seen

    expected = world(full, mentor, mentee, look=look)
    assert expected[0] == b"[200, 404, 404, 404, 404]"
    assert mentee.name.encode() not in b"".join(expected)
    assert world(apart, mentor, mentee, look=look) == expected


def test_who_reports_to_the_reader_has_a_part_too() -> None:
    above = facilitator_of()
    make_mentor(profile={"manager": above}, capacity=0)
    make_mentee()
    assert not sees(above, solved(facilitator_of()))


def test_a_facilitator_without_a_part_reads_every_count_as_it_is() -> None:
    make_mentor(capacity=2)
    make_mentor("Lena Vogt", profile={"languages": ["ja"]})
    for _number in range(3):
        make_mentee(wants=["H3"])
    run = solved(facilitator_of())
    seen = []
    for reader in (run.made_by, facilitator_of()):
        client = Client()
        client.force_login(reader)
        page = client.get(run.get_absolute_url())
        supply = [(one.wanted.value, one.offered.value) for one in page.context["supply"].lines]
        seen.append((page.context["figures"], page.context["alone"], supply))
    assert seen[0] == seen[1]
    assert run.stats["places"] == 3
    assert dict(seen[0][1][0].reasons)["no free place, or away at present"] == 1


def test_a_round_that_waits_shows_nothing_and_is_listed_until_it_is_solved() -> None:
    reader = as_facilitator(make_mentor())
    make_mentee()
    run = solved(facilitator_of())
    MatchRun.objects.filter(pk=run.pk).update(state="queued", stats={})
    run.candidates.all().delete()
    assert sees(reader, run)
    solve_round(run_id=run.pk)
    assert len(pairs_of(run)) == 1
    assert not sees(reader, run)


def test_a_round_from_before_its_people_were_kept_is_its_makers_alone() -> None:
    run = solved(facilitator_of())
    del run.stats["people"]
    run.save()
    assert run.made_by is not None
    assert sees(run.made_by, run)
    assert not sees(facilitator_of(), run)
