"""What the tests of the forums share with those of the composer: real threads on one database."""

from tests.composer.conftest import at_once

__all__ = ["at_once"]
