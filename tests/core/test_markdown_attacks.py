"""No published attack string leaves the pipeline with a tag, an attribute or a link target that is not allowed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.markdown import render, render_many, source_to_text, to_text
from core.markdown.clean import bleach_clean, last_word
from tests.core.hostile import attacks, naughty_strings
from tests.core.markup import faults

SAMPLE = 8
FRAGMENTS = (
    "<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<a href='", "javascript:alert(1)",
    "[x](", "](", ")", "![", "<!--", "-->", "<style>", "</style>", "<math><mi>", "<![CDATA[", "]]>", "&#106;", "&colon;",
    "&amp;#58;", "```", "`", "\n", "\n\n", "    ", "|", "---", '"', "'", ">", "<", "\\", "//evil.test", "http://a@b/",
    "data:text/html,x", "vbscript:x", "\u00a0", "\u202e", "\x00", "<noscript><p title='</noscript>", "<template>", "text ",
)  # fmt: skip


def test_no_attack_survives_as_markdown() -> None:
    """Each string of the collection as a member's whole text."""
    sources = attacks()
    bad = {
        source[:80]: wrong
        for source, done in zip(sources, render_many(sources), strict=True)
        if (wrong := faults(done.html))
    }
    assert bad == {}
    assert len(sources) > 2_000


@pytest.mark.parametrize(
    "frame", ["[x]({})", "<a href='{}'>x</a>", '<b title="{}">x</b>', "| {} |\n|---|\n| {} |", "> - {}"]
)
def test_no_attack_survives_inside_other_markup(frame: str) -> None:
    """A sample of the collection where it would stand inside a link, an attribute, a table or a quote."""
    for attack in attacks()[::SAMPLE]:
        assert faults(render(frame.replace("{}", attack)).html) == []


def test_each_cleaner_alone_stops_every_attack_given_as_html() -> None:
    """Neither cleaner leans on the other, nor on Markdown having escaped something before."""
    for attack in attacks():
        assert faults(bleach_clean(attack)) == []
        assert faults(last_word(attack)) == []


def test_the_last_word_finds_nothing_left_to_do() -> None:
    """Both cleaners mean the same: what one let through, the other lets through unchanged."""
    for attack in attacks():
        once = last_word(bleach_clean(attack))
        assert last_word(once) == once.replace("\r\n", "\n").replace("\r", "\n")
        assert _words(to_text(bleach_clean(attack))) == _words(to_text(once))


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
@settings(max_examples=250)
def test_no_combination_of_fragments_survives(source: str) -> None:
    assert faults(render(source).html) == []


@given(st.text(max_size=400))
@settings(max_examples=150)
def test_any_text_is_rendered_without_an_error(source: str) -> None:
    assert faults(render(source).html) == []


@given(st.text(alphabet=st.characters(categories=("L", "N")), min_size=1, max_size=60))
@settings(max_examples=60)
def test_plain_words_come_through_unchanged(source: str) -> None:
    assert source_to_text(source) == source


def _words(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def test_naughty_strings_come_back_as_text() -> None:
    """In a code block nothing is markup, so every letter and digit must still be there."""
    for text in naughty_strings():
        shown = to_text(render(f"```\n{text}\n```").html)
        assert _words(shown) == _words(text), text


def test_naughty_strings_make_no_markup_of_their_own() -> None:
    for text in naughty_strings():
        assert faults(render(text).html) == []
