"""The starter content, loaded once for all tests of a module that read it."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from core.services.load_vocabularies import load_vocabularies
from people.services.load_people import load_people
from playbook.services.load_pages import load_starter_pages
from playbook.services.load_plays import load_starter_plays
from playbook.services.load_tools import load_starter_tools


@pytest.fixture(scope="module")
def starter(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Vocabularies, people, tools, plays and pages; gone again after the last test of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_vocabularies(content=settings.CONTENT_DIR)
        load_people()
        load_starter_tools()
        load_starter_plays()
        load_starter_pages()
        yield
        transaction.set_rollback(True)
