"""The indexes in Elasticsearch: their names, analysis, fields, and the documents they hold.

One index a kind, named `<prefix>-<kind>-<stamp>`, and never addressed by that name: `<prefix>-<kind>` is for reading and
stands only on an index that passed its gate, so that a half-filled one is never searched; `-write` is where the outbox
writes, `-loading` the index a rebuild fills beside the live one. `dynamic` is false: a field that is not described here
is not searchable. The description's fingerprint is kept in `_meta`, so that a change of it is noticed.
Nothing here needs more than the free licence and the modules every distribution has (docs/decisions).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from search.analysis import CHARACTER_PATTERNS, MAX_WORD, prepared
from search.documents import Document, DocumentSpec

Body = dict[str, Any]

# Marks around what matched, in answers of the server. No text holds them: they are taken out of every document.
MARK_ON, MARK_OFF = "\ue000", "\ue001"
_WITHOUT_MARKS = {ord(MARK_ON): None, ord(MARK_OFF): None}

# Lucene's English stop words. They are left out of the main fields only; the exact ones keep them.
STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "for",
        "if",
        "in",
        "into",
        "is",
        "it",
        "no",
        "not",
        "of",
        "on",
        "or",
        "such",
        "that",
        "the",
        "their",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "was",
        "will",
        "with",
    ]
)
# The tokenizer keeps `3.5` and `a.b` together, search.analysis does not.
_JOINING_SIGNS = (r"(?<=[\p{L}\p{N}])[.,:;·](?=[\p{L}\p{N}])", " ")
LONGEST_PREFIX = 20
LONGEST_KEYWORD = 256
TITLE_KEY_LENGTH = 300
SERVING_SETTINGS: Mapping[str, Any] = {"auto_expand_replicas": "0-1", "refresh_interval": "1s"}
LOADING_SETTINGS: Mapping[str, Any] = {
    "auto_expand_replicas": False,
    "number_of_replicas": 0,
    "refresh_interval": "-1",
}


def read_alias(kind: str) -> str:
    """What is searched."""
    return f"{settings.SEARCH_INDEX_PREFIX}-{kind}"


def write_alias(kind: str) -> str:
    """Where changes are written."""
    return f"{read_alias(kind)}-write"


def loading_alias(kind: str) -> str:
    """The index a rebuild is filling, while it does."""
    return f"{read_alias(kind)}-loading"


def new_index_name(kind: str) -> str:
    """A name of its own for every generation; names sort by age."""
    return f"{read_alias(kind)}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"


def all_generations(kind: str) -> str:
    """The pattern of all indexes of a kind, live or not."""
    return f"{read_alias(kind)}-2*"


def analysis() -> Body:
    """Standard words without possessives, folded to lower-case ASCII, Porter2 stems."""
    patterns = (*CHARACTER_PATTERNS, _JOINING_SIGNS)
    char_filters = {
        f"pattern_{number}": {"type": "pattern_replace", "pattern": pattern, "replacement": replacement}
        for number, (pattern, replacement) in enumerate(patterns)
    }
    words = ["possessive", "lowercase", "asciifolding", "longest_word"]

    def analyzer(*filters: str) -> Body:
        return {
            "type": "custom",
            "char_filter": list(char_filters),
            "tokenizer": "standard",
            "filter": [*words, *filters],
        }

    return {
        "char_filter": char_filters,
        "filter": {
            "possessive": {"type": "stemmer", "language": "possessive_english"},
            "longest_word": {"type": "truncate", "length": MAX_WORD},
            "stop_words": {"type": "stop", "stopwords": sorted(STOP_WORDS)},
            "porter2": {"type": "snowball", "language": "English"},
            "beginnings": {"type": "edge_ngram", "min_gram": 1, "max_gram": LONGEST_PREFIX},
            "longest_prefix": {"type": "truncate", "length": LONGEST_PREFIX},
        },
        "analyzer": {
            "words": analyzer("stop_words", "porter2"),
            "exact": analyzer("porter2"),
            "beginnings": analyzer("beginnings"),
            "beginning_typed": analyzer("longest_prefix"),
        },
    }


def properties(facets: Sequence[str]) -> Body:
    """The fields. `exact` sub-fields keep stop words and places: for phrases, for words such as IT, and for marks."""
    keyword = {"type": "keyword", "ignore_above": LONGEST_KEYWORD}
    text = {"type": "text", "analyzer": "words", "index_options": "freqs"}
    exact = {"type": "text", "analyzer": "exact", "index_options": "offsets"}
    beginnings = {
        "type": "text",
        "analyzer": "beginnings",
        "search_analyzer": "beginning_typed",
        "index_options": "docs",
        "norms": False,
    }
    return {
        "kind": keyword,
        "object_id": {"type": "long"},
        "version": {"type": "long", "index": False},
        "digest": {"type": "keyword", "index": False},
        "visible": {"type": "boolean"},
        "deleted_at": {"type": "date"},
        "audience": keyword,
        "title": {**text, "fields": {"exact": exact, "beginnings": beginnings}},
        "title_key": {"type": "keyword", "ignore_above": TITLE_KEY_LENGTH},
        "text": {**text, "fields": {"exact": exact}},
        "date": {"type": "date"},
        "facets": {"properties": dict.fromkeys(sorted(facets), keyword)},
        "reuse": {"type": "integer"},
        "helpful": {"type": "integer"},
        "in_everything": {"type": "boolean"},
    }


def description(spec: DocumentSpec) -> Body:
    """Settings and mapping of a kind's index, as it is served."""
    fields = properties(spec.facets)
    fixed = {"analysis": analysis(), "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}}}
    fingerprint = digest_of({"settings": fixed, "fields": fields})
    return {
        "settings": {"number_of_shards": 1, **SERVING_SETTINGS, **fixed},
        "mappings": {"dynamic": False, "_meta": {"fingerprint": fingerprint}, "properties": fields},
    }


def fingerprint(spec: DocumentSpec) -> str:
    """What `_meta` of a current index says; another one means: rebuild."""
    return str(description(spec)["mappings"]["_meta"]["fingerprint"])


def source_of(document: Document) -> Body:
    """A document as it is stored."""
    title = document.title.translate(_WITHOUT_MARKS)
    source: Body = {
        "kind": document.kind,
        "object_id": document.object_id,
        "version": document.version,
        "visible": True,
        "audience": document.audience,
        "title": title,
        "title_key": prepared(title)[:TITLE_KEY_LENGTH],
        "text": document.text.translate(_WITHOUT_MARKS),
        "date": document.date.isoformat() if document.date else None,
        "facets": {name: sorted(codes) for name, codes in document.facets.items()},
        "reuse": document.reuse,
        "helpful": document.helpful,
        "in_everything": document.in_everything,
    }
    source["digest"] = digest_of(source)
    return source


def tombstone(kind: str, object_id: int, version: int) -> Body:
    """What stands where an object was, so that a late write of an older version is refused. Holds no text."""
    now = datetime.now(UTC).isoformat()
    return {"kind": kind, "object_id": object_id, "version": version, "visible": False, "deleted_at": now}


def digest_of(content: Body) -> str:
    """A short fingerprint of content, equal where all values are."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
