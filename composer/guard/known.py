"""Which words are nobody's name: ordinary English, and what the company and its trade say with a capital letter.

The files are read once a process. Words that people keep in the portal (vocabularies, glossary) come from `known_words`,
which upper rooms fill, and are asked for again every ten minutes.
"""

import gzip
import re
import time
from collections.abc import Callable, Iterable
from functools import lru_cache

from django.conf import settings

from core.content import read_yaml
from core.models import Term
from core.registries import Registry

WORD = re.compile(r"[^\W_]+")
KEPT_SECONDS = 600
WordSource = Callable[[], Iterable[str]]

known_words: Registry[WordSource] = Registry("known words")


def words_of(text: str) -> list[str]:
    """The words of a text, folded, as the guard compares them."""
    return [word.casefold() for word in WORD.findall(text)]


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Words of everyday English, American and British."""
    packed = (settings.CONTENT_DIR / "english_words.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("utf-8").split())


@lru_cache(maxsize=1)
def company_suffixes() -> frozenset[str]:
    """Words that follow a company's name, such as Therapeutics or GmbH."""
    return frozenset(_content()["company_suffixes"])


def capitalised_words() -> frozenset[str]:
    """Words that may stand with a capital letter anywhere."""
    return _from_content() | _from_portal(int(time.monotonic() // KEPT_SECONDS))


@lru_cache(maxsize=1)
def _content() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = read_yaml(settings.CONTENT_DIR / "known_names.yaml")
    return {
        name: [word for entry in entries for word in words_of(str(entry))] for name, entries in lists.items()
    }


@lru_cache(maxsize=1)
def _from_content() -> frozenset[str]:
    return frozenset(word for words in _content().values() for word in words)


@lru_cache(maxsize=1)
def _from_portal(moment: int) -> frozenset[str]:
    texts = list(Term.objects.values_list("label", flat=True))
    for source in known_words:
        texts.extend(source())
    return frozenset(word for text in texts for word in words_of(text))
