"""The contract: whatever is typed or stored, search answers, and no text becomes mark-up, on every engine."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from search.api import suggest
from search.results import Segment
from tests.contracts.conftest import EMPLOYEE, Shelf

SPECIAL = (
    "*", "\\", '"', '""', "'", "-", "--", "-*", "(", ")", "()", "AND", "OR", "NOT", "NEAR(a b)", "a*", "title:a", "^a", "a:*",
    "a & b", "a | !b", "a <-> b", "%s", "%(x)s", "{}", "\x00", "a\x00b", "\ud800", "\ue000a\ue001", "é" * 400, "x" * 10_000,
    '"' * 10_000, "-a " * 4_000, " OR ".join(["a"] * 1_000), "1e5", "0x1F", "1.5e-7", "a@b.example", "http://a/b?c=d",
    "\u202eabc", "½ ¾", "😀", "\ufeff", "ﬁ", "中文", "日本語 テキスト", "ß", "İ", "%", "_", "\t\n\r",
)  # fmt: skip


def joined(segments: Sequence[Segment]) -> str:
    return "".join(segment.text for segment in segments)


@pytest.mark.parametrize("text", SPECIAL, ids=range(len(SPECIAL)))
def test_special_signs_are_only_text(shelf: Shelf, text: str) -> None:
    shelf.add("Charter", "a charter")
    assert shelf.search(text).total <= 1
    assert shelf.search(f"charter {text}").total <= 1
    assert len(suggest(text, EMPLOYEE)) <= 1


def test_published_attack_strings_as_queries(shelf: Shelf, hostile_dir: Path) -> None:
    shelf.add("Charter", "script alert javascript img src onerror svg")
    payloads = (hostile_dir / "xss-payloads.txt").read_text(encoding="utf-8").splitlines()
    naughty = json.loads((hostile_dir / "naughty-strings.json").read_text(encoding="utf-8"))
    assert len(payloads) > 2000
    assert len(naughty) == 515
    for text in (*payloads, *naughty):
        results = shelf.search(text)
        assert results.total == len(results.hits) <= 1


def test_stored_attack_strings_come_back_as_text(shelf: Shelf, hostile_dir: Path) -> None:
    payloads = (hostile_dir / "xss-payloads.txt").read_text(encoding="utf-8").splitlines()[::40]
    shelf.fill(
        [{"title": f"canary {payload}"[:200], "text": f"{payload} canary {payload}"} for payload in payloads]
    )
    results = shelf.search("canary")
    assert results.total == len(payloads)
    for hit in results.hits:
        assert joined(hit.title) == hit.object.title
        inner = joined(hit.snippet).strip("… ")
        assert inner in hit.object.text
        assert "canary" in [segment.text for segment in (*hit.title, *hit.snippet) if segment.marked]


def test_marks_in_stored_text_do_not_mark(shelf: Shelf) -> None:
    shelf.add("Charter", "\ue000charter\ue001 and \ue000other\ue001 words")
    (hit,) = shelf.search("charter").hits
    marked = [segment.text for segment in hit.snippet if segment.marked]
    assert [text.strip("\ue000\ue001") for text in marked] == ["charter"]


def test_inflections_and_synonym_phrases_are_marked(shelf: Shelf) -> None:
    text = "The partners escalated. Escalation is slow; nothing else is."
    shelf.add("Escalating early", text)
    (hit,) = shelf.search("escalate partner").hits
    marked = [segment.text for segment in hit.snippet if segment.marked]
    assert {"partners", "escalated", "Escalation"} <= set(marked)
    assert "Escalating" in [segment.text for segment in hit.title if segment.marked]
    assert joined(hit.snippet) == text


def test_a_long_text_is_cut_around_what_was_found(shelf: Shelf) -> None:
    shelf.add("Long", "filler words here " * 300 + "the deadlock stands here " + "more filler words " * 300)
    (hit,) = shelf.search("deadlock").hits
    assert "deadlock" in [segment.text for segment in hit.snippet if segment.marked]
    assert len(joined(hit.snippet)) < 400
