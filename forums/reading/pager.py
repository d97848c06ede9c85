"""Where a window of a topic lies among the others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pager:
    """Where the window lies, and where one may go; a number of 0 is a place one cannot go to."""

    first: int
    last: int
    total: int
    page: int
    pages: int
    earlier: int
    later: int
    first_unread: int
