"""The four ways of being kept apart, and being merely full, as worlds that are rolled back; what differs by itself is cut."""

import re
from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.test import Client
from django.utils import timezone

from alliances.models import Alliance
from mentoring.models import Exclusion, MentorProfile, Mentorship, RematchRequest, Wall
from mentoring.services.programmes import onboarding_programme
from people.models import User

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


def cut(body: bytes) -> bytes:
    return NOISE.sub(b"", body)


def world(apart: Apart, mentor: User, mentee: User, *, look: Callable[[Client], list[bytes]]) -> list[bytes]:
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


APART: list[Apart] = [excluded, excluded_by_oneself, walled, no_fit_before]
