"""What the tests of mentoring share with those of the composer: real threads on one database."""

from tests.composer.conftest import at_once

__all__ = ["at_once"]
