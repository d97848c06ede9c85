"""Begins a service anew that lost a deadlock: of two transactions that wait for each other PostgreSQL ends one.

Only a call that opens its own transaction begins anew. Inside another the work belongs to that one, which fails as a whole
and is begun anew by whoever opened it. A bounded number of times: what loses three times in a row is an error.
"""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
ATTEMPTS = 3
LONGEST_WAIT = 0.2
"""Seconds, so that the same two do not meet again at once."""
LOST = frozenset({"40P01", "40001"})
"""Codes of PostgreSQL: deadlock detected, serialization failure."""


def again_after_deadlock(service: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Stands outside `transaction.atomic`."""

    @wraps(service)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        for _attempt in range(ATTEMPTS - 1):
            if connection.in_atomic_block:
                break
            try:
                return service(*args, **kwargs)
            except OperationalError as error:
                if not lost_a_deadlock(error):
                    raise
                time.sleep(random.uniform(0, LONGEST_WAIT))  # noqa: S311  # no secret
        return service(*args, **kwargs)

    return run


def lost_a_deadlock(error: OperationalError) -> bool:
    """Whether the database ended this transaction in favour of another."""
    return getattr(error.__cause__, "sqlstate", "") in LOST
