"""Counters of this process, for tests, health pages and an exporter. They only rise and name nobody."""

from collections import Counter
from threading import Lock


class Metric:
    """One counter with one label."""

    def __init__(self, name: str, help_text: str) -> None:
        self.name = name
        self.help_text = help_text
        self._counts: Counter[str] = Counter()
        self._lock = Lock()

    def add(self, label: str, amount: int = 1) -> None:
        """Counts."""
        with self._lock:
            self._counts[label] += amount

    def counts(self) -> dict[str, int]:
        """Label to count, as of now."""
        with self._lock:
            return dict(self._counts)

    def total(self) -> int:
        """The sum over all labels."""
        return sum(self.counts().values())


search_recheck_dropped = Metric(
    "search_recheck_dropped", "Hits that an index offered and the database refused, by kind."
)
search_fallbacks = Metric("search_fallbacks", "Searches answered by the database instead of Elasticsearch.")
