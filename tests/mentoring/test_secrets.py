"""What somebody gets whom a mentor has excluded, or whom a wall or an earlier pair keeps apart, is byte for byte what they
get when that mentor is merely full: cards, counts, direct requests, mails, pages, search.

The worlds are made one after the other with the same numbers, each rolled back; what differs by itself (tokens against
forgery, the second on a clock) is cut out. The public word "has a free place" is the same for every reader, so it is compared with
what a bystander sees.
"""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.models import Alliance, Membership
from mentoring.models import Exclusion, MatchRequest, MentorProfile, Mentorship, RematchRequest, Wall
from mentoring.services.keep_apart import exclude
from mentoring.services.keep_status import keep_status
from mentoring.services.programmes import onboarding_programme
from notifications.models import Notice
from people.models import User
from people.roles import Role
from tests.mentoring.market import make_mentee, make_mentor
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
NOISE = re.compile(rb'(csrfmiddlewaretoken" value|nonce|<time datetime)="[^"]+"')
Apart = Callable[[User, User], None]


class RollBack(Exception):
    """Ends a world."""


def full(mentor: User, _mentee: User) -> None:
    """Merely full."""
    MentorProfile.objects.filter(person=mentor).update(capacity=0)


def excluded(mentor: User, mentee: User) -> None:
    Exclusion.objects.create(owner=mentor, other=mentee, created=timezone.now())


def excluded_by_oneself(mentor: User, mentee: User) -> None:
    Exclusion.objects.create(owner=mentee, other=mentor, created=timezone.now())


def walled(mentor: User, mentee: User) -> None:
    low, high = sorted(one.pk for one in Alliance.objects.all())
    Wall.objects.create(first_id=low, second_id=high, created=timezone.now())


def no_fit_before(mentor: User, mentee: User) -> None:
    """Closed long ago; the pair itself is no secret, so it is moved to where the pages do not show it."""
    today = date(2026, 1, 1)
    pair = Mentorship.objects.create(
        programme=onboarding_programme(),
        mentee=mentee,
        mentor=mentor,
        state="closed",
        began=today,
        due_end=today,
    )
    RematchRequest.objects.create(mentorship=pair, person=mentor, created=timezone.now())


@pytest.fixture
def people() -> tuple[User, User, User]:
    """A mentor, a mentee and a bystander; both work in an alliance, others mentor too."""
    mentor, mentee = make_mentor(), make_mentee()
    for number in range(2):
        make_mentor(f"Mentor Number{number}", offers=["H3"])
    for person, name in ((mentor, "Plover"), (mentee, "Wren")):
        alliance = Alliance.objects.create(code_name=name)
        Membership.objects.create(
            alliance=alliance, person=person, duty="member", state="confirmed", asked=timezone.now()
        )
    return mentor, mentee, make_mentee("Samir Haddad")


def _cut(body: bytes) -> bytes:
    return NOISE.sub(b"", body)


def _world(apart: Apart, mentor: User, mentee: User, *, look: Callable[[Client], list[bytes]]) -> list[bytes]:
    """What `look` gets in a world in which the two are kept apart in this way."""
    seen: list[bytes] = []
    client = Client()
    try:
        with transaction.atomic():
            apart(mentor, mentee)
            client.force_login(mentee)
            seen = look(client)
            raise RollBack
    except RollBack:
        return seen


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
            _cut(choose.content),
            _cut(asked.content),
            str(asked.status_code).encode(),
            str(picked.status_code).encode(),
            repr(notices).encode(),
            repr(requests).encode(),
            repr([one.body for one in mail.outbox]).encode(),
        ]

    return look


@pytest.mark.parametrize("apart", [excluded, excluded_by_oneself, walled, no_fit_before])
def test_kept_apart_looks_like_full(people: tuple[User, User, User], apart: Apart) -> None:
    mentor, mentee, _bystander = people
    look = _market(mentor, mentee)
    expected = _world(full, mentor, mentee, look=look)
    assert b"not available for this pairing" in expected[1]
    assert b"no free place, or away at present: " in expected[0]
    assert _world(apart, mentor, mentee, look=look) == expected


@pytest.mark.parametrize("apart", [excluded, walled])
def test_the_mentor_stands_in_the_directory_as_before(people: tuple[User, User, User], apart: Apart) -> None:
    mentor, mentee, _bystander = people

    def look(client: Client) -> list[bytes]:
        pages = [
            reverse("people:person", args=[mentor.pk]),
            reverse("mentoring:ask_person", args=[mentor.pk]),
            f"{reverse('search:results')}?q=Amara",
        ]
        return [_cut(client.get(page).content) for page in pages]

    plain = _world(lambda _mentor, _mentee: None, mentor, mentee, look=look)
    assert _world(apart, mentor, mentee, look=look) == plain


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
