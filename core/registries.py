"""Registries: how an upper room reaches a lower page without being imported by it.

The lower room makes a `Registry`, the upper one fills it in `AppConfig.ready()`. Registering the same key twice is
a mistake of the programmer, except when the very same entry is registered again.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Entries by key, in the order of registration."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, Entry] = {}

    def register(self, key: str, entry: Entry) -> Entry:
        """Adds an entry; raises `ValueError` where another one has the key."""
        if self._entries.get(key, entry) != entry:
            raise ValueError(f"{self.name}: {key!r} is registered twice.")
        self._entries[key] = entry
        return entry

    def unregister(self, key: str) -> None:
        """Takes an entry out again, for tests."""
        self._entries.pop(key, None)

    def get(self, key: str) -> Entry:
        """The entry of a key; raises `KeyError` that names the registry."""
        try:
            return self._entries[key]
        except KeyError:
            raise KeyError(f"{self.name} knows no {key!r}.") from None

    def keys(self) -> list[str]:
        """The keys in order."""
        return list(self._entries)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)
