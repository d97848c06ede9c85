"""Makes running pairs for tests, straight into the database: nothing is told, reckoned or audited."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from mentoring.choices import PairState, ProgrammeKind, ProgrammeState, SessionState
from mentoring.models import MentorProfile, Mentorship, Note, Programme, Session
from people.models import User
from tests.people.factories import UserFactory

SPEAKS = {"languages": ["en"]}


class ProgrammeFactory(DjangoModelFactory[Programme]):
    """The programme of newcomers."""

    class Meta:
        model = Programme
        django_get_or_create = ("name",)

    name = "First ninety days of the tests"
    kind = ProgrammeKind.ONBOARDING
    state = ProgrammeState.OPEN


class PairFactory(DjangoModelFactory[Mentorship]):
    """A running pair that began today; `days=30` lets it have begun earlier."""

    class Meta:
        model = Mentorship

    class Params:
        days = 0

    programme = factory.SubFactory(ProgrammeFactory)
    mentee = factory.SubFactory(UserFactory, name="Ilse Koster", profile=SPEAKS)
    mentor = factory.SubFactory(UserFactory, name="Amara Osei", profile=SPEAKS)
    state = PairState.ACTIVE
    began = factory.LazyAttribute(lambda made: timezone.localdate() - timedelta(days=made.days))
    due_end = factory.LazyAttribute(lambda made: made.began + timedelta(weeks=26))

    @classmethod
    def _create(cls, model_class: type[Mentorship], *args: Any, **kwargs: Any) -> Mentorship:
        pair: Mentorship = super()._create(model_class, *args, **kwargs)
        MentorProfile.objects.get_or_create(person=pair.mentor, defaults={"is_mentor": True, "capacity": 2})
        MentorProfile.objects.get_or_create(person=pair.mentee, defaults={"is_mentee": True})
        return pair


def make_mentor(name: str) -> User:
    """A trained mentor with a free place, who shares a language and hours with the mentees of `PairFactory`."""
    mentor = UserFactory(name=name, profile=SPEAKS)
    MentorProfile.objects.create(person=mentor, is_mentor=True, capacity=1, trained_on=timezone.localdate())
    return mentor


class TalkFactory(DjangoModelFactory[Session]):
    """A booked talk in a week; `days=-3` was three days ago."""

    class Meta:
        model = Session

    class Params:
        days = 7

    mentorship = factory.SubFactory(PairFactory)
    host = factory.SelfAttribute("mentorship.mentor")
    proposed_by = factory.SelfAttribute("mentorship.mentee")
    state = SessionState.BOOKED
    start = factory.LazyAttribute(lambda made: timezone.now() + timedelta(days=made.days))
    changed = factory.LazyFunction(timezone.now)


class NoteFactory(DjangoModelFactory[Note]):
    """A note of the mentee for herself, shown as plain paragraphs."""

    class Meta:
        model = Note

    mentorship = factory.SubFactory(PairFactory)
    author = factory.SelfAttribute("mentorship.mentee")
    body = "Ask about the budget calendar."
    created = factory.LazyFunction(timezone.now)
