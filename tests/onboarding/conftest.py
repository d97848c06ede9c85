"""What the tests of onboarding share: the steps and letters as they are loaded, and somebody at the beginning of the path."""

import pytest

from onboarding.services.load_onboarding import load_onboarding
from people.models import User
from tests.onboarding.appointing import begun_on_monday


@pytest.fixture
def written() -> None:
    """The path as facilitators find it."""
    load_onboarding()


@pytest.fixture
def newcomer(written: None) -> User:
    """Somebody whose day 0 is `appointing.MONDAY`."""
    return begun_on_monday()
