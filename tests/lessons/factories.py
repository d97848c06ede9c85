"""Makes lessons for tests, straight into the database: nothing is indexed unless a test asks for it."""

from datetime import date

import factory
from django.conf import settings
from factory.django import DjangoModelFactory

from core.models import Term, Vocabulary
from core.services.load_vocabularies import load_vocabularies
from lessons.choices import Outcome, Status
from lessons.models import Lesson, LessonSource


class LessonFactory(DjangoModelFactory[Lesson]):
    """One of our own lessons, published, for the community."""

    class Meta:
        model = Lesson

    code = factory.Sequence(lambda number: f"X{number}")
    title = factory.Sequence(lambda number: f"Lesson number {number}")
    summary = "Papers came late and the committee deferred."
    recommendation = "The alliance manager sends the papers five days before."
    happened = "The papers came late."
    outcome = Outcome.NEGATIVE
    recorded = date(2025, 3, 12)
    quality = 5
    status = Status.PUBLISHED


class SourceFactory(DjangoModelFactory[LessonSource]):
    """A collection of external lessons."""

    class Meta:
        model = LessonSource
        django_get_or_create = ("code",)

    code = "elsewhere"
    name = "Elsewhere"


class ExternalFactory(DjangoModelFactory[Lesson]):
    """An imported lesson, published, for the community."""

    class Meta:
        model = Lesson

    is_external = True
    source = factory.SubFactory(SourceFactory)
    external_key = factory.Sequence(lambda number: f"K{number}")
    title = factory.Sequence(lambda number: f"External lesson number {number}")
    text = "Valves were tested at the wrong temperature."
    recorded = date(2010, 5, 1)
    status = Status.PUBLISHED


def vocabularies() -> None:
    """Loads the controlled vocabularies."""
    load_vocabularies(content=settings.CONTENT_DIR)


def term(vocabulary: Vocabulary, code: str) -> Term:
    """One term; made where the vocabularies are not loaded."""
    return Term.objects.get_or_create(vocabulary=vocabulary, code=code, defaults={"label": code.title()})[0]
