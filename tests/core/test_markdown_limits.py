"""Shapes that are too much: the reader gets the words, the writer a notice, the server goes on.

No test here looks at a clock. That a render ends is asserted by its ending, and that a child was stopped by its place
having been taken by another.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore

import pytest

from core.markdown import Notice, preview, render
from core.markdown.guard import MAX_BYTES, check
from core.markdown.pipeline import PREVIEWS_AT_ONCE
from core.markdown.pool import JOBS_A_CHILD, Pool
from tests.core.markup import faults

TOO_SLOW = "[a](b" * 9_000
UNITS = (
    "[", "[a", "[[", "![[]()", "[ a_", "[ (](", "[a](<b", "[a](b", "[link](x) ", "``` ", "`", "`a``b", "**a", "*a **b ", "a**b",
    "_a __b", "> ", "- ", "1. ", "&#", "&#x", "<", "<b>", "<x>", '<a href="', "<!--", "<?", "<![CDATA[", "</p>", "| ", "|-",
    "\\", "http://a.b/", "(http://a.b", "a@b.", "\t", " \n", "# ", "\n\n- ", "~~~\n", "<p>", "<li>", "<table>", "]", "](", "!["
)  # fmt: skip


@pytest.fixture
def pool() -> Iterator[Pool]:
    """A pool of one child, so that its replacement can be seen."""
    made = Pool(size=1)
    yield made
    made.close()


@pytest.mark.parametrize("unit", UNITS)
def test_a_repeated_shape_at_the_limit_ends_with_its_words_or_its_html(unit: str) -> None:
    """The published quadratic shapes and ours, each as long as a text may be."""
    done = render((unit * MAX_BYTES)[:MAX_BYTES])
    assert faults(done.html) == []
    assert render("*next*").html == "<p><em>next</em></p>"


@pytest.mark.parametrize(
    ("source", "notice"),
    [
        ("a" * MAX_BYTES, Notice.NONE),
        ("a" * (MAX_BYTES + 1), Notice.TOO_LONG),
        ("é" * (MAX_BYTES // 2 + 1), Notice.TOO_LONG),
        ("[" * 50, Notice.NONE),
        ("[" * 51, Notice.TOO_COMPLEX),
        ("[" * 51 + "]" * 51, Notice.TOO_COMPLEX),
        ("[a]" * 3_000, Notice.NONE),
        (("[" * 50 + "\n\n") * 40, Notice.NONE),
        (("[" * 50 + "\n\n") * 41, Notice.TOO_COMPLEX),
        ("```" + " " * 200 + "x", Notice.NONE),
        ("```" + " " * 201 + "x", Notice.TOO_COMPLEX),
        ("~~~x" + " " * 201, Notice.TOO_COMPLEX),
        (" " * 100 + "x", Notice.NONE),
        ("\t" * 51 + "x", Notice.TOO_COMPLEX),
        (">" * 50 + "x", Notice.NONE),
        ("> " * 51 + "x", Notice.TOO_COMPLEX),
        ("<b>" * 50, Notice.NONE),
        ("<b>" * 51, Notice.TOO_COMPLEX),
        ("<b>x</b>" * 500, Notice.NONE),
        ("List<String>" * 500, Notice.NONE),
    ],
)
def test_the_guard_draws_the_line_where_it_says(source: str, notice: Notice) -> None:
    assert check(source) is notice


def test_a_text_that_is_too_long_is_shown_as_it_was_typed() -> None:
    done = render("**a** <b>\n\nsecond\nline\n\n" + "x" * MAX_BYTES)
    assert done.plain
    assert done.html.startswith("<p>**a** &lt;b&gt;</p><p>second<br>line</p><p>xxx")


def test_more_links_than_a_page_needs_are_shown_as_text() -> None:
    assert render("[a](/b) " * 500).notice is Notice.NONE
    flood = render("[a](/b) " * 501)
    assert flood.notice is Notice.TOO_COMPLEX
    assert "<a" not in flood.html


def test_a_text_that_takes_too_long_is_shown_as_it_was_typed() -> None:
    done = render(TOO_SLOW)
    assert done.notice is Notice.TOO_SLOW
    assert done.html.startswith("<p>[a](b[a](b")


def test_a_child_that_was_killed_is_replaced(pool: Pool) -> None:
    assert pool.render("a") == "<p>a</p>"
    first = _pid(pool)
    assert pool.render(TOO_SLOW) is None
    assert pool.render("b") == "<p>b</p>"
    assert _pid(pool) != first


def test_a_killed_child_leaves_no_zombie(pool: Pool) -> None:
    pool.render("a")
    pid = _pid(pool)
    pool.render(TOO_SLOW)
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def test_the_cpu_limit_is_set_anew_for_each_job(pool: Pool) -> None:
    """Together these jobs use more than a second; a limit over the life of the child would kill it."""
    busy = "[ (](" * 1_200
    assert all(pool.render(busy) is not None for _round in range(6))
    assert _jobs(pool) == 6


def test_a_silent_child_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    impatient = Pool(size=1, wall_seconds=0.0)
    try:
        assert impatient.render("a") is None
        assert impatient._places.queue == [None]
    finally:
        impatient.close()


def test_a_child_retires_after_its_jobs(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.markdown.pool.JOBS_A_CHILD", 2)
    assert JOBS_A_CHILD > 2
    assert pool.render("a") == "<p>a</p>"
    first = _pid(pool)
    assert pool.render("b") == "<p>b</p>"
    assert pool._places.queue == [None]
    assert pool.render("c") == "<p>c</p>"
    assert _pid(pool) != first


def test_a_child_knows_nothing_of_the_environment(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "must-not-be-inherited")
    pool.render("a")
    with open(f"/proc/{_pid(pool)}/environ", encoding="utf-8") as environment:
        names = {entry.split("=")[0] for entry in environment.read().split("\0") if entry}
    assert names <= {"PATH", "PYTHONPATH", "LC_CTYPE"}


def test_a_forked_process_starts_without_children(pool: Pool) -> None:
    pool.render("a")
    first = _pid(pool)
    kept = pool._places
    pool.forget()
    assert pool.render("b") == "<p>b</p>"
    assert _pid(pool) != first
    for child in kept.queue:
        if child:
            child.stop()


def _pid(pool: Pool) -> int:
    child = pool._places.queue[0]
    assert child is not None
    return child.pid


def _jobs(pool: Pool) -> int:
    child = pool._places.queue[0]
    assert child is not None
    return child.jobs


class Watched(Pool):
    """A pool of one child that tells when somebody comes to it."""

    def __init__(self) -> None:
        self.came = Semaphore(0)
        super().__init__(size=1)

    def render(self, source: str) -> str | None:
        """As the pool does it."""
        self.came.release()
        return super().render(source)


def test_one_preview_too_many_gets_its_words_and_a_post_is_rendered_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The only child is taken, so as many previews as may wait do wait, and one more is answered at once."""
    watched = Watched()
    monkeypatch.setattr("core.markdown.pipeline.pool", watched)
    taken = watched._places.get()
    with ThreadPoolExecutor(PREVIEWS_AT_ONCE + 1) as threads:
        waiting = [threads.submit(preview, f"**{number}**") for number in range(PREVIEWS_AT_ONCE)]
        for _waiting in waiting:
            watched.came.acquire()
        late = preview("**one more** <b>")
        assert (late.notice, late.html) == (Notice.BUSY, "<p>**one more** &lt;b&gt;</p>")
        posted = threads.submit(render, "**posted**")
        watched._places.put(taken)
        assert {done.result().html for done in waiting} == {
            f"<p><strong>{number}</strong></p>" for number in range(PREVIEWS_AT_ONCE)
        }
        assert posted.result().notice is Notice.NONE
    assert preview("*free*").notice is Notice.NONE
    watched.close()
