"""What somebody gets whom a mentor has excluded, or whom a wall or an earlier pair keeps apart, is byte for byte what they
get when that mentor is merely full: cards, counts, direct requests, mails, pages, search.

The worlds are made one after the other with the same numbers, each rolled back; what differs by itself (tokens against
forgery, the second on a clock) is cut out. The public word "has a free place" is the same for every reader, so it is compared with
what a bystander sees.
"""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.models import Exclusion, MatchRequest
from mentoring.services.keep_apart import exclude
from mentoring.services.keep_status import keep_status
from notifications.models import Notice
from people.models import User
from people.roles import Role
from tests.mentoring.apart import APART, Apart, cut, excluded, full, walled, world
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def _market(mentor: User, mentee: User) -> Callable[[Client], list[bytes]]:
    def look(client: Client) -> list[bytes]:
        choose = client.get(reverse("mentoring:choose"))
        asked = client.post(
            reverse("mentoring:ask_person", args=[mentor.pk]), {"message": "My first committee."}
        )
        picked = client.post(reverse("mentoring:pick"))
        notices = list(Notice.objects.order_by("pk").values_list("recipient", "verb"))
        requests = list(MatchRequest.objects.order_by("pk").values_list("mentee", "mentor", "choices"))
        return [
            cut(choose.content),
            cut(asked.content),
            str(asked.status_code).encode(),
            str(picked.status_code).encode(),
            repr(notices).encode(),
            repr(requests).encode(),
            repr([one.body for one in mail.outbox]).encode(),
        ]

    return look


@pytest.mark.parametrize("apart", APART)
def test_kept_apart_looks_like_full(people: tuple[User, User, User], apart: Apart) -> None:
    mentor, mentee, _bystander = people
    look = _market(mentor, mentee)
    expected = world(full, mentor, mentee, look=look)
    assert b"not available for this pairing" in expected[1]
    assert b"no free place, or away at present: " in expected[0]
    assert world(apart, mentor, mentee, look=look) == expected


@pytest.mark.parametrize("apart", [excluded, walled])
def test_the_mentor_stands_in_the_directory_as_before(people: tuple[User, User, User], apart: Apart) -> None:
    mentor, mentee, _bystander = people

    def look(client: Client) -> list[bytes]:
        pages = [
            reverse("people:person", args=[mentor.pk]),
            reverse("mentoring:ask_person", args=[mentor.pk]),
            f"{reverse('search:results')}?q=Amara",
        ]
        return [cut(client.get(page).content) for page in pages]

    plain = world(lambda _mentor, _mentee: None, mentor, mentee, look=look)
    assert world(apart, mentor, mentee, look=look) == plain


def test_exclusions_stand_in_no_trail_with_their_names(people: tuple[User, User, User]) -> None:
    from core.models import AuditEntry

    mentor, mentee, _bystander = people
    exclude(owner=mentor, other=mentee)
    entry = AuditEntry.objects.get(action="mentoring.exclude")
    assert (entry.object_id, entry.changes) == ("", {"other": None})


def test_a_facilitator_reads_of_no_exclusion(people: tuple[User, User, User]) -> None:
    mentor, mentee, _bystander = people
    Exclusion.objects.create(owner=mentor, other=mentee, created=timezone.now())
    client = Client()
    client.force_login(UserFactory(roles=(Role.MEMBER, Role.FACILITATOR)))
    for name in ("home", "exclusions", "walls", "coordinate"):
        page = client.get(reverse(f"mentoring:{name}")).text.split("<main")[1]
        assert mentor.name not in page
        assert mentee.name not in page


def test_status_follows_public_facts_only(people: tuple[User, User, User]) -> None:
    mentor, mentee, _bystander = people
    exclude(owner=mentor, other=mentee)
    assert keep_status() == 0
    assert User.objects.get(pk=mentor.pk).profile.mentor_status == "open"
