"""The parser: the match rule, strict parts, stop words, synonyms; and it survives whatever is typed."""

import json
import sqlite3
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.engines.sqlite import SYNTAX
from search.parsing import MAX_WORDS, Alternative, ParsedQuery, parse_with, widened
from search.queries import MAX_TEXT
from search.synonyms import SynonymTable
from tests.shared_data import shared

SYNONYMS = SynonymTable()
SYNONYMS.add(["jsc", "joint steering committee", "steerco"], [], {})
SYNONYMS.add(["am", "alliance manager"], [], {"am": "morning"})
SYNONYMS.add(["bd", "business development"], [], {})
SYNONYMS.add(["cop", "community of practice"], [], {"cop": None})
SYNONYMS.add(["change of control", "coc"], [], {})
SYNONYMS.add(["nda filing"], ["new drug application"], {})


def parse(text: str) -> ParsedQuery:
    return parse_with(text, SYNONYMS)


def words(parsed: ParsedQuery) -> list[tuple[str, ...]]:
    """The typed words of each unit."""
    return [unit.alternatives[0].words for unit in parsed.units]


@pytest.mark.parametrize(
    ("text", "required"), [("a1", 1), ("a1 b1", 2), ("a1 b1 c1", 2), ("a1 b1 c1 d1 e1", 2), ("", 0)]
)
def test_match_rule(text: str, required: int) -> None:
    assert parse(text).required == required


def test_repeated_words_count_once() -> None:
    parsed = parse("budget Budget BUDGET plan")
    assert (words(parsed), parsed.required) == ([("budget",), ("plan",)], 2)
    assert [unit.weight for unit in parsed.units] == [3, 1]


def test_strict_parts() -> None:
    parsed = parse('plan "final say" -draft -"no go" "one"')
    assert parsed.phrases == (Alternative(("final", "say"), adjacent=True), Alternative(("one",)))
    assert parsed.excluded == (Alternative(("draft",)), Alternative(("no", "go"), adjacent=True))
    assert words(parsed) == [("plan",)]
    assert parsed.title_key == ""


def test_an_excluded_word_of_several_parts_is_a_phrase() -> None:
    assert parse("-wind-down").excluded == (Alternative(("wind", "down"), adjacent=True),)


@pytest.mark.parametrize("text", ['"open plan', "plan - draft", "plan-draft", "5-3", "\u2013plan", 'plan ""'])
def test_what_is_not_strict(text: str) -> None:
    parsed = parse(text)
    assert (parsed.phrases, parsed.excluded) == ((), ())
    assert parsed.units


def test_curly_quotation_marks_are_quotation_marks() -> None:
    assert parse("\u201cfinal say\u201d").phrases == parse('"final say"').phrases


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("the decision of it", [("decision",)]),
        ("IT governance", [("it",), ("governance",)]),
        ("IT GOVERNANCE", [("governance",)]),
        ("plan AND budget", [("plan",), ("budget",)]),
        ("WHO", [("who",)]),
        ("to be or not to be", [("to",), ("be",), ("or",), ("not",)]),
        ("A", [("a",)]),
    ],
)
def test_stop_words(text: str, left: list[tuple[str, ...]]) -> None:
    assert words(parse(text)) == left


def test_title_key_holds_stop_words() -> None:
    assert parse("The Partner's Decision?").title_key == "the partner decision"


def test_a_synonym_is_one_unit_in_both_directions() -> None:
    short, long = parse("jsc charter"), parse("Joint Steering Committees charter")
    assert short.required == long.required == len(short.units) == len(long.units) == 2
    assert Alternative(("joint", "steering", "committee"), adjacent=True) in short.units[0].alternatives
    assert long.units[0].alternatives[0] == Alternative(("joint", "steering", "committees"))
    assert Alternative(("jsc",), adjacent=True) in long.units[0].alternatives
    assert short.also_meant == ("joint steering committee", "steerco")
    assert long.also_meant == ("jsc", "steerco")


def test_part_of_a_form_is_not_the_form() -> None:
    assert parse("steering committee").also_meant == ()
    assert parse("jscs2").also_meant == ()


def test_the_longest_form_wins() -> None:
    table = SynonymTable()
    table.add(["launch", "start-up"], [], {})
    table.add(["launch meeting", "kick-off"], [], {})
    parsed = parse_with("launch meeting", table)
    assert parsed.also_meant == ("kick-off",)


def test_short_forms_only_in_capitals() -> None:
    assert parse("BD").also_meant == ("business development",)
    assert parse("bd").also_meant == ()
    assert parse("Bd").also_meant == ()


def test_ambiguous_forms_give_meanings_only() -> None:
    parsed = parse("AM role")
    assert parsed.possible_meanings == ("alliance manager", "morning")
    assert parsed.also_meant == ()
    assert words(parsed) == [("am",), ("role",)]
    assert parse("I am here").possible_meanings == ()
    assert parse("cop").possible_meanings == ("community of practice",)


def test_a_long_form_does_not_expand_to_an_ambiguous_short_one() -> None:
    parsed = parse("alliance manager")
    assert parsed.also_meant == ()
    assert words(parsed) == [("alliance",), ("manager",)]


def test_forms_with_stop_words() -> None:
    parsed = parse("change of control")
    assert parsed.units[0].alternatives == (
        Alternative(("change", "control")),
        Alternative(("coc",), adjacent=True),
    )
    assert Alternative(("change", "of", "control"), adjacent=True) in parse("COC").units[0].alternatives


def test_one_way() -> None:
    assert parse("nda filing").also_meant == ("new drug application",)
    assert parse("new drug application").also_meant == ()


def test_synonyms_do_not_reach_over_or_into_phrases() -> None:
    assert parse('joint "steering" committee').also_meant == ()
    assert parse('"jsc"').also_meant == ()


def test_widened_asks_for_less_and_stays_strict() -> None:
    parsed = parse('one two "three four" -five')
    wider = widened(parsed)
    assert (wider.required, wider.phrases, wider.excluded) == (1, parsed.phrases, parsed.excluded)
    assert widened(parse("one")) == parse("one")


def test_bounds() -> None:
    parsed = parse(" ".join(f"w{number}" for number in range(1000)))
    assert len(parsed.text) <= MAX_TEXT
    assert len(parsed.units) == MAX_WORDS
    assert len(parse("x" * 10_000).text) == MAX_TEXT


@given(st.text(max_size=600) | st.text(alphabet="\" -*()\\\x00'&/50abJSC\u201c\ud800", max_size=120))
@example('"' * 500)
@example("-" * 500)
@example("\x00\ud800")
@example('-""- ""')
def test_nothing_typed_raises_and_only_words_reach_the_engines(text: str) -> None:
    parsed = parse(text)
    assert len(parsed.text) <= MAX_TEXT
    assert 0 <= parsed.required <= len(parsed.units) <= MAX_WORDS
    parts = [alternative for unit in parsed.units for alternative in unit.alternatives]
    for alternative in (*parts, *parsed.phrases, *parsed.excluded):
        assert alternative.words
        assert all(word.isalnum() for word in alternative.words)
    assert parse(parsed.text) == parsed


@given(st.integers(min_value=0, max_value=12), st.sets(st.integers(min_value=0, max_value=11)))
def test_two_of_many_is_what_the_expression_says(count: int, present: set[int]) -> None:
    """What FTS5 makes of the halved expression equals counting."""
    names = [f"w{number}" for number in range(count)]
    parsed = parse_with(" ".join(names), SynonymTable())
    expression = SYNTAX.rule(parsed)
    found = [name for number, name in enumerate(names) if number in present]
    assert fts5_finds(expression, found) == (len(found) >= parsed.required)


def fts5_finds(expression: str, text: list[str]) -> bool:
    """Whether SQLite finds a text by an expression; no expression finds everything."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE texts USING fts5(text)")
        database.execute("INSERT INTO texts VALUES (?)", [" ".join(text)])
        query = "SELECT 1 FROM texts WHERE ?1 = '' OR rowid IN (SELECT rowid FROM texts WHERE texts MATCH ?1)"
        return database.execute(query, [expression]).fetchone() is not None


def test_published_strings_parse() -> None:
    folder = shared("hostile")
    payloads = (folder / "xss-payloads.txt").read_text(encoding="utf-8").splitlines()
    naughty = json.loads((folder / "naughty-strings.json").read_text(encoding="utf-8"))
    texts = [*payloads, *naughty, *(f"{payload} {payload[::-1]}" for payload in payloads)]
    assert len(texts) > 4000
    for text in texts:
        assert all(word.isalnum() for word in parse(text).words)
