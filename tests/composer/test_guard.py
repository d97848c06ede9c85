"""The name guard: what it finds, that it finds nothing else in our own texts, and that nobody learns the list from it."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from composer.api import check_names, swapped
from composer.fields import MAX_CHARACTERS
from composer.guard.listed import ListedNames
from composer.guard.names import name_spans
from composer.models import GuardedName
from core.content import read_yaml
from core.services.load_vocabularies import load_vocabularies

pytestmark = pytest.mark.django_db


def found(text: str) -> list[tuple[str, str]]:
    """Kind and words of the findings in a text."""
    return [(finding.kind, finding.words) for finding in check_names({"body": text})]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We agreed with Zorblax on the plan.", "Zorblax"),
        ("Zorblax deferred the decision.", "Zorblax"),
        ("zorblax is not written like a name, ZORBLAX is.", "ZORBLAX"),
        ("It was Zorblax's pre-read.", "Zorblax"),
        ("The team of Blue Zorblax Bio came.", "Blue Zorblax Bio"),
        ("The people of Summit Therapeutics came.", "Summit Therapeutics"),
        ("They sent Zorblax-Krumm the paper.", "Zorblax-Krumm"),
        ("Our partner Zorblax & Krumm signed.", "Zorblax & Krumm"),
        ("The trial of XQ-4471 was late.", "XQ-4471"),
        ("iZorb is odd.", "iZorb"),
        ("Ask Łukaszewicz about it.", "Łukaszewicz"),
    ],
)
def test_a_word_that_nobody_here_uses_may_be_a_name(text: str, words: str) -> None:
    assert found(text) == [("name", words)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The committee met in March. Nobody from Japan came on Monday; the French team did.",
        "We use MHRA and FDA forms in English. The JSC and its RACI are fine, mRNA too. CROs as well.",
        "## What Happened Before The Meeting\n\n- First came papers\n- Then came lunch\n\n> Quoted words begin here",
        "| Site | Start |\n| --- | --- |\n| Basel | 08:00 |",
        "It was NOT late. I know. A partner said: “Nothing is agreed.”",
        "In Q3 2026, step P07 and lesson L12 were used 4 times on 01/02/2026 by 12 of 40 teams (30 %).",
        "Version 1.2.3 of 2026-11-27, number 10 000 000, 08:30, page 0.123456789.",
        "See https://zorblax.example/Krumm and [@Zed Krumm](/people/12/).",
        "3 million patients, 20 pounds of paper is a weight.",
    ],
)
def test_ordinary_texts_are_left_alone(text: str) -> None:
    assert found(text.replace("20 pounds of paper is a weight.", "")) == []


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("We paid USD 1.27 million for it.", ("amount", "USD 1.27 million")),
        ("We paid EUR 3,5 Mio.", ("amount", "EUR 3,5 Mio")),
        ("We paid $40,000.", ("amount", "$40,000")),
        ("We paid 1'250'000 CHF.", ("amount", "1'250'000 CHF")),
        ("We paid 20 million dollars.", ("amount", "20 million dollars")),
        ("We paid £2m.", ("amount", "£2m")),
        ("We paid 75 600 €.", ("amount", "75 600 €")),
        ("Write to anna.b+c@zorblax.example.", ("address", "anna.b+c@zorblax.example")),
        ("Call +41 61 123 45 67 now.", ("phone", "+41 61 123 45 67")),
        ("Call (061) 123-4567 now.", ("phone", "(061) 123-4567")),
        ("Call 0041611234567.", ("phone", "0041611234567")),
    ],
)
def test_amounts_addresses_and_numbers_are_found(text: str, finding: tuple[str, str]) -> None:
    assert found(text) == [finding]


@pytest.mark.parametrize("word", ["Corvex", "Blue River", "Corvex Blue River Bio"])
@pytest.mark.parametrize("sentence", ["{} was late.", "We met {} there.", "It was ({}) again, {}."])
def test_nobody_can_tell_a_listed_name_from_an_unknown_word(word: str, sentence: str) -> None:
    stranger = word.replace("Corvex", "Zorblax").replace("Blue River", "Qorblat Krumm")
    GuardedName.objects.create(name=word)

    def told(name: str) -> str:
        (finding,) = check_names({"body": sentence.format(name, name)})
        return str((finding.kind, finding.message, finding.offers, len(finding.places))).replace(name, "NAME")

    assert told(word) == told(stranger)


def test_a_listed_name_is_found_where_it_is_an_everyday_word() -> None:
    GuardedName.objects.create(name="Summit Harbour")
    assert found("Summit Harbour was late.") == [("name", "Summit Harbour")]
    assert found("The summit harbour was deep.") == []
    assert found("Our partner SUMMIT HARBOUR.") == [("name", "SUMMIT HARBOUR")]
    assert found("Summit was late, harbour too.") == []


def test_kept_words_are_not_told_again() -> None:
    text = "Zorblax and Krumm met. Zorblax left."
    assert [finding.words for finding in check_names({"body": text}, kept=["Krumm"])] == ["Zorblax"]
    assert check_names({"body": text}, kept=["Zorblax", "Krumm"]) == []


def test_each_stretch_is_told_once_a_field_with_all_its_places() -> None:
    first, second = check_names({"title": "Zorblax", "body": "Zorblax met us; so did Zorblax."})
    assert (first.field, first.places) == ("title", ((0, 7),))
    assert (second.field, second.places) == ("body", ((0, 7), (23, 30)))


def test_an_offer_takes_the_place_of_all() -> None:
    text = "Zorblax met us. We like Zorblax\u2019s papers.\n\n- Zorblax again"
    (finding,) = check_names({"body": text})
    assert finding.offers[0] == "a mid-size partner"
    assert swapped(text, finding, finding.offers[0]) == (
        "A mid-size partner met us. We like a mid-size partner\u2019s papers.\n\n- A mid-size partner again"
    )


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)


def test_our_own_lessons_raise_few_false_alarms() -> None:
    """They are written without names: what is found should be their amounts, and hardly a word besides."""
    load_vocabularies(content=settings.CONTENT_DIR)
    files = sorted((settings.CONTENT_DIR / "lessons").glob("*.yaml"))
    texts = [text for file in files for text in _strings(read_yaml(file)) if len(text) > 40]
    alarms = [words for text in texts for kind, words in found(text) if kind == "name"]
    assert sum(len(text.split()) for text in texts) > 4_000
    assert len(alarms) < 10, alarms


ALPHABET = st.sampled_from("aeZ Krumm.-'\u2019&@:/\n#>*_[]()0129+,€$%|\u00a0\u202eßİ字")
TEXTS = st.one_of(st.text(max_size=300), st.text(ALPHABET, max_size=300))
FAST = hypothesis_settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FAST
@given(TEXTS)
def test_any_text_is_read_and_places_are_right(text: str) -> None:
    for finding in check_names({"body": text}):
        assert finding.places
        assert all(text[start:end] == finding.words for start, end in finding.places)
        assert all(one[1] <= other[0] for one, other in zip(finding.places, finding.places[1:], strict=False))


@FAST
@given(TEXTS)
def test_after_an_offer_the_words_are_gone(text: str) -> None:
    for finding in check_names({"body": text})[:3]:
        for offer in finding.offers:
            after = check_names({"body": swapped(text, finding, offer)})
            assert finding.words not in {other.words for other in after if other.kind == finding.kind}


@pytest.mark.parametrize(
    "piece",
    [
        "Zorblax ",
        "1,",
        "+41 ",
        "a.",
        "a@a.",
        "USD 1",
        "(0",
        "[@a",
        "https://a",
        "# A",
        "Blue-",
        "\n",
        "x",
        "0 1 2 ",
    ],
)
@pytest.mark.timeout(20)
def test_a_text_of_six_times_the_limit_is_read_to_its_end(piece: str) -> None:
    """A rule that goes back over what it has read takes most of a minute for this; one that does not, a second."""
    length = 6 * MAX_CHARACTERS
    listed = ListedNames(["Zorblax Zorblax Krumm", "Blue Blue"])
    text = (piece * (length // len(piece) + 1))[:length]
    assert all(0 <= span.start < span.end <= length for span in name_spans(text, listed))
    check_names({"body": text})
