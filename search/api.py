"""What other rooms may ask of search: to index an object again, to take it out, to search.

Every function that writes is called inside the transaction of the change it tells of. Every function that reads takes
the reader and shows nothing that the reader may not see now, whatever an index says.
"""

from search.services.alike import Likeness, alike
from search.services.find import search
from search.services.index import remove, touch, touch_many, touched_together
from search.services.outbox import TooManyNarrowings, pending_narrowings
from search.services.related import related
from search.services.suggest import suggest

__all__ = [
    "Likeness",
    "TooManyNarrowings",
    "alike",
    "pending_narrowings",
    "related",
    "remove",
    "search",
    "suggest",
    "touch",
    "touch_many",
    "touched_together",
]
