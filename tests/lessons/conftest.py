"""Starter content that the tests of a file share: loading it takes longer than all of their tests."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from lessons.services.starter import load_starter_citations, load_starter_lessons
from playbook.services.load_plays import load_starter_plays
from playbook.services.load_tools import load_starter_tools
from tests.lessons.factories import vocabularies


@pytest.fixture(scope="module")
def playbook(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Vocabularies, tools, plays and lessons with their links; each test still undoes what it changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        vocabularies()
        load_starter_tools()
        load_starter_plays(with_owners=False)
        load_starter_lessons()
        load_starter_citations()
        yield
        transaction.set_rollback(True)
