"""Whether somebody took a self-check can be told from nothing that another reader gets: every address, byte for byte.

The thirty people of the demo stand twice, once as they are and once after a newcomer on the path has taken a check and the
worker has done all that follows; each is rolled back. What differs by itself (tokens against forgery) is cut out, the
clock stands still. The one thing a check does tell is what its person tells with it: a path that is completed.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from difflib import unified_diff
from typing import TypeVar

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.facts import deliver_waiting
from core.models import AuditEntry
from mentoring.api import run_mentoring_clock
from mentoring.models import Mentorship
from notifications.models import Notice
from onboarding.api import run_onboarding_clock
from onboarding.choices import StepState
from onboarding.models import Journey, Step
from people.api import competences, take_self_check
from people.models import SelfCheck, User
from people.roles import Role
from tests.mentoring.pair_factories import PairFactory
from tests.portal.world import PAGE_ARGUMENTS, WORDS, normalised, pattern_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.thorough, pytest.mark.world("starter")]
EXAMPLE = "Zanderfluss"
READERS = ("member", "manager", "mentor", "facilitator", "administrator")
PAIR_PAGES = ("pair", "agreement", "agreement_print", "goals", "pulse", "close", "case")
LISTS = (
    "/people/?q=koster",
    "/people/?type=codev",
    "/search/?q=koster",
    "/search/?q=&kind=person",
    f"/search/?q={EXAMPLE}",
    "/search/?q=self-check",
    "/search/suggest/?q=ko",
    "/admin/reports/site-history/",
)
ENTER_ADMIN = ("facilitator", "administrator")
NOISE = re.compile(rb'csrfmiddlewaretoken\\" value=\\"\w+|"token": "\w+"|draft=[0-9a-f]{32}')
Page = tuple[int, str, bytes]
Found = TypeVar("Found")


class RollBack(Exception):
    """Ends a world."""


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """The clock stands."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def newcomer() -> User:
    """Somebody on a path who has not checked themselves, with a manager and a mentor."""
    person = User.objects.get(email="ilse.koster@demo.example")
    Step.objects.filter(journey__person=person, template__code="S5").update(
        state=StepState.OPEN, done=None, ticks=[]
    )
    if not Mentorship.objects.filter(mentee=person).exists():
        mentors = User.objects.filter(profile__mentor_status="open").exclude(pk=person.profile.manager_id)
        PairFactory(mentee=person, mentor=mentors.order_by("pk")[0], days=20)
    return person


def reader_of(role: str, newcomer: User) -> User:
    """Another one than the newcomer."""
    if role == "manager":
        return User.objects.get(pk=newcomer.profile.manager_id)
    if role == "mentor":
        return Mentorship.objects.get(mentee=newcomer).mentor
    known = {newcomer.pk, newcomer.profile.manager_id, Mentorship.objects.get(mentee=newcomer).mentor_id}
    others = User.objects.exclude(pk__in=known).filter(is_active=True, groups__name=role)
    if role == Role.MEMBER:
        others = others.exclude(groups__name__in=[other.value for other in Role if other is not Role.MEMBER])
    found = others.order_by("pk").first()
    return found or User.objects.filter(groups__name=role).order_by("pk")[0]


def addresses(newcomer: User, *, with_admin: bool) -> list[str]:
    """Every pattern with the newcomer in it but those that sign out, and what the demo has beside."""
    samples = WORDS | {"person": str(newcomer.pk)} | dict.fromkeys(PAGE_ARGUMENTS, str(newcomer.pk))
    people = [reverse("people:person", args=[pk]) for pk in User.objects.values_list("pk", flat=True)]
    pair = Mentorship.objects.get(mentee=newcomer)
    pages = [reverse(f"mentoring:{name}", args=[pair.pk]) for name in PAIR_PAGES]
    found = {*pattern_addresses(samples).values(), *people, *pages, *LISTS}
    return sorted(
        one for one in found if "logout" not in one and (with_admin or not one.startswith("/admin/"))
    )


def seen_by(reader: User, newcomer: User, *, with_admin: bool = False) -> Callable[[], dict[str, Page]]:
    """What the reader gets at every address."""

    def look() -> dict[str, Page]:
        client = Client(raise_request_exception=False)
        client.force_login(reader)
        found: dict[str, Page] = {}
        for address in addresses(newcomer, with_admin=with_admin):
            answer = client.get(address)
            body = b"" if answer.streaming else NOISE.sub(b"", normalised(answer.content))
            found[address] = (answer.status_code, answer.headers.get("Location", ""), body)
        return found

    return look


def told(newcomer: User) -> Callable[[], list[str]]:
    """Mails and notices to others, and the trail."""

    def look() -> list[str]:
        letters = [(one.to, one.subject, one.body) for one in mail.outbox if newcomer.email not in one.to]
        notices = Notice.objects.exclude(recipient=newcomer).order_by("pk").values_list("recipient", "verb")
        trail = AuditEntry.objects.order_by("pk").values_list("action", "object_type", "object_id", "changes")
        return [repr(row) for row in (*letters, *notices, *trail)]

    return look


def world(newcomer: User, look: Callable[[], Found], *, checked: bool, days: int = 0) -> Found:
    """What `look` gets in a world with or without a check, some days later."""
    found: list[Found] = []
    mail.outbox.clear()
    cache.clear()
    numbers = next_numbers()
    try:
        with transaction.atomic():
            if checked:
                check(newcomer)
            later = timezone.now() + timedelta(days=days)
            while deliver_waiting():
                pass
            run_onboarding_clock(later)
            run_mentoring_clock(later)
            found.append(look())
            raise RollBack
    except RollBack:
        give_back(numbers)
        return found[0]


def next_numbers() -> list[tuple[str, int | None]]:
    """How far PostgreSQL has counted; a rollback gives nothing back there, and SQLite counts from its rows."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences")
        return list(cursor.fetchall())


def give_back(numbers: list[tuple[str, int | None]]) -> None:
    """Counts on from there, so that what is made in the next world has the same numbers."""
    with connection.cursor() as cursor:
        for name, last in numbers:
            cursor.execute("SELECT setval(%s::regclass, %s, %s)", [name, last or 1, last is not None])


def check(person: User) -> None:
    """As low as can be, with an example that stands nowhere else."""
    codes = [one.code for one in competences()]
    take_self_check(
        person=person, levels=dict.fromkeys(codes, 1), examples={codes[0]: EXAMPLE}, picks=codes[:2]
    )


@pytest.mark.parametrize("role", READERS)
def test_every_address_is_the_same_for_another_reader(newcomer: User, role: str) -> None:
    reader = reader_of(role, newcomer)
    assert reader != newcomer
    look = seen_by(reader, newcomer, with_admin=role in ENTER_ADMIN)
    without, after = (world(newcomer, look, checked=checked) for checked in (False, True))
    assert sum(status == 200 for status, _place, _body in without.values()) > 80
    assert [address for address in without if without[address] != after[address]] == []


def test_the_person_does_see_it(newcomer: User) -> None:
    """Else the walk above would prove nothing."""
    look = seen_by(newcomer, newcomer)
    without, after = (world(newcomer, look, checked=checked) for checked in (False, True))
    differing = {address for address in without if without[address] != after[address]}
    assert {"/people/check/", "/onboarding/"} <= differing
    assert SelfCheck.objects.count() == 0


@pytest.mark.parametrize("days", [0, 5, 30])
def test_no_mail_notice_or_row_of_the_trail_tells_others(newcomer: User, days: int) -> None:
    look = told(newcomer)
    without, after = (world(newcomer, look, checked=checked, days=days) for checked in (False, True))
    assert list(unified_diff(without, after, lineterm="", n=0)) == []


def test_the_step_is_done_for_its_person(newcomer: User) -> None:
    check(newcomer)
    deliver_waiting()
    steps = Journey.objects.get(person=newcomer).steps
    assert steps.get(template__code="S5").state == StepState.DONE
