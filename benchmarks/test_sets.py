"""Test collections under SHARED_DATA_DIR: documents, queries, and what is right.

CACM: 3 204 abstracts with judged queries. NASA: a lesson's title must find its own body, which is indexed without it.
"""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from search.analysis import STOP_WORDS, words_of

KIND = "benchmark"


@dataclass(frozen=True)
class Text:
    """One document."""

    key: str
    title: str
    body: str


@dataclass(frozen=True)
class Collection:
    """Documents, queries by id, and the relevant documents by query id."""

    name: str
    texts: tuple[Text, ...]
    queries: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]


def cacm(folder: Path) -> Collection:
    """The CACM collection; queries without judgements are left out, as in the published runs."""
    relevant: dict[str, set[str]] = {}
    for line in (folder / "cacm" / "qrels.cacm.txt").read_text(encoding="utf-8").splitlines():
        query, _run, key, grade = line.split()
        if int(grade) > 0:
            relevant.setdefault(query, set()).add(key)
    texts = tuple(
        Text(row["id"], row["title"], row["text"]) for row in _json_lines(folder / "cacm" / "docs.jsonl")
    )
    queries = {
        row["id"]: _bag_of_words(row["text"]) for row in _json_lines(folder / "cacm" / "queries.jsonl")
    }
    judged = {query: text for query, text in queries.items() if query in relevant}
    return Collection("cacm", texts, judged, {query: frozenset(keys) for query, keys in relevant.items()})


def nasa(folder: Path) -> Collection:
    """NASA's lessons without their titles; each title that shares a word with its own lesson is a query for it.

    One title in sixteen shares none: no search by words finds these, and `nasa_all` counts them too.
    """
    every = nasa_all(folder)
    bodies = {text.key: set(words_of(text.body)) for text in every.texts}
    asked = {
        key: title for key, title in every.queries.items() if bodies[key] & set(words_of(title)) - STOP_WORDS
    }
    return Collection("nasa", every.texts, asked, {key: every.relevant[key] for key in asked})


def nasa_all(folder: Path) -> Collection:
    """NASA's lessons without their titles; each title is a query for its own lesson."""
    with (folder / "lessons-nasa" / "lessons.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = tuple(Text(row["LessonId"], "", f"{row['Abstract']}\n{row['Lesson']}") for row in rows)
    queries = {row["LessonId"]: row["Title"] for row in rows if row["Title"].strip()}
    return Collection("nasa-all", texts, queries, {key: frozenset({key}) for key in queries})


def _bag_of_words(text: str) -> str:
    """A query of a collection knows no query language: quotation marks and dashes in it are not strict parts."""
    return text.replace('"', " ").replace(" -", " ")


def _json_lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
