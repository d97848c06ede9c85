"""What members may write, and what becomes of it."""

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from core.markdown import CONFIG_HASH, Notice, render, render_many, source_to_text, to_text
from core.markdown.policy import allowed_attribute, allowed_href


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("two\nlines", "<p>two<br>\nlines</p>"),
        ("**b** and *i*", "<p><strong>b</strong> and <em>i</em></p>"),
        ("# Title", "<h2>Title</h2>"),
        ("### Part", "<h3>Part</h3>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("```python\nx = 1\n```", '<pre><code class="language-python">x = 1\n</code></pre>'),
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
        ("<u>seen</u>", "<p>seen</p>"),
        ("before <!-- hidden --> after", "<p>before  after</p>"),
        ("![chart](https://a.test/x.png)", "<p></p>"),
        ("", ""),
    ],
)
def test_markdown_becomes_html(source: str, expected: str) -> None:
    assert render(source).html == expected


def test_a_table_keeps_its_alignment_without_a_style() -> None:
    html = render("| a | b |\n|:--|--:|\n| 1 | 2 |").html
    assert '<td align="left">1</td>' in html
    assert '<td align="right">2</td>' in html
    assert "style" not in html


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("[x](https://a.test/p?q=1#z)", '<a href="https://a.test/p?q=1#z" rel="nofollow noopener">x</a>'),
        ("[x](/lessons/)", '<a href="/lessons/" rel="nofollow noopener">x</a>'),
        ("[x](#step)", '<a href="#step" rel="nofollow noopener">x</a>'),
        ("[x](mailto:a@b.test)", '<a href="mailto:a@b.test" rel="nofollow noopener">x</a>'),
        (
            "see https://a.test/b now",
            '<a href="https://a.test/b" rel="nofollow noopener">https://a.test/b</a>',
        ),
    ],
)
def test_links_keep_their_target_and_vouch_for_nothing(source: str, link: str) -> None:
    assert link in render(source).html


@pytest.mark.parametrize(
    "source",
    ["report.md and T01.yaml", "a@b.test", "`https://a.test`", "```\nhttps://a.test\n```", "ftp://a.test"],
)
def test_only_a_written_out_web_address_becomes_a_link(source: str) -> None:
    assert "<a" not in render(source).html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#10;script:alert(1)", "&#106;avascript:alert(1)",
        "data:text/html,x", "vbscript:x", "//evil.test", "/\\evil.test", "\\\\evil.test", "https:evil.test",
        "https://user:pass@evil.test/", "https://good.test@evil.test/", "https://a.test\u00a0b", "/a b", "/a\u202eb",
        "mailto:", "mailto://x", "relative", "", "file:///etc/passwd", "https://", "http://a.test:123456/", "&#47;&#47;evil.test",
    ],
)  # fmt: skip
def test_targets_that_are_refused(target: str) -> None:
    assert not allowed_href(target)


@pytest.mark.parametrize(
    "target",
    [
        "https://a.test",
        "http://a.test:8080/x",
        "HTTPS://A.TEST/?q=%20",
        "https://[::1]/x",
        "/",
        "/search/?q=a&kind=play",
        "#",
    ],
)
def test_targets_that_are_allowed(target: str) -> None:
    assert allowed_href(target)


@pytest.mark.parametrize(
    ("tag", "name", "value", "allowed"),
    [
        ("td", "align", "center", True),
        ("td", "align", "justify", False),
        ("ol", "start", "7", True),
        ("ol", "start", "-7", False),
        ("code", "class", "language-c++", True),
        ("code", "class", "btn", False),
        ("code", "class", "language-" + "x" * 21, False),
        ("p", "class", "language-c", False),
        ("a", "onclick", "x", False),
        ("a", "style", "x", False),
        ("abbr", "title", "Joint steering committee", True),
    ],
)
def test_attributes(tag: str, name: str, value: str, allowed: bool) -> None:
    assert allowed_attribute(tag, name, value) is allowed


def test_many_are_rendered_in_order() -> None:
    texts = [f"*{number}*" for number in range(20)]
    assert [done.html for done in render_many(texts)] == [f"<p><em>{number}</em></p>" for number in range(20)]


def test_a_result_carries_the_stamp_of_its_rules() -> None:
    done = render("x")
    assert (done.config_hash, done.plain, done.notice) == (CONFIG_HASH, False, Notice.NONE)
    assert len(CONFIG_HASH) == 12


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\x07b", "a\ud800b".encode("utf-8", "surrogatepass").decode("utf-8", "replace")]
)
def test_control_characters_do_not_come_through(text: str) -> None:
    html = render(text).html
    assert html.startswith("<p>a")
    assert not any(ord(sign) < 32 and sign != "\n" for sign in html)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**Pre-read** the\n\nnight", "Pre-read the\nnight"),
        ("- one\n- two", "one\ntwo"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a\nb\n1\n2"),
        ("5 < 6 & 7", "5 < 6 & 7"),
        ("[name](https://a.test)", "name"),
        ("&lt;script&gt;", "<script>"),
    ],
)
def test_text_is_words_without_marks(source: str, text: str) -> None:
    assert source_to_text(source) == text


def test_text_of_broken_html_is_still_text() -> None:
    assert to_text("<p>a<b>c</p><td>d") == "ac\nd"


def test_the_component_shows_the_html_and_cleans_it_once_more() -> None:
    """A row that somebody changed behind the pipeline shows no script either."""
    shown = render_to_string(
        "components/prose.html", {"html": "<p>a</p><img src=x onerror=alert(1)><script>1</script>"}
    )
    assert '<div class="prose"><p>a</p></div>' in shown
    assert "onerror" not in shown


def test_the_component_shows_why_a_text_is_plain() -> None:
    shown = render_to_string("components/prose.html", {"html": "<p>a</p>", "notice": Notice.TOO_LONG.message})
    assert "longer than 50 kB" in shown


def test_the_filter_takes_nothing_as_nothing() -> None:
    assert Template("{% load prose %}[{{ html|prose }}]").render(Context({"html": None})) == "[]"
