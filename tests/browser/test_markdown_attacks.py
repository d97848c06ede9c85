"""The whole collection of attacks, rendered and opened in Chromium: nothing executes.

The page is served without a content policy, on purpose: the cleaning alone must hold. A control page proves that the
browser would have noticed.
"""

from collections.abc import Callable, Iterator
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from playwright.sync_api import Browser, Dialog, Request

from core.markdown import render_many
from tests.core.hostile import attacks

pytestmark = pytest.mark.browser

FLAG = "window.executed = (window.executed || 0) + 1"
WATCH = """
window.executed = 0;
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => { window.executed += 1; };
"""
TOUCH = """
() => {
  for (const part of document.querySelectorAll("a, abbr, td, code, p")) {
    for (const kind of ["mouseover", "mouseenter", "focus", "pointerdown", "animationend", "toggle"]) {
      part.dispatchEvent(new Event(kind, {bubbles: true}));
    }
  }
  return document.querySelectorAll("a").length;
}
"""
A_PAGE = 800


class Server(ThreadingMixIn, WSGIServer):
    """A thread a connection: Chromium opens some that it asks nothing on, and one of them would hold up all others."""

    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    """Says nothing on the console, and waits for no request without end."""

    timeout = 10

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A loopback server: /N is part N of the rendered attacks, /control executes one."""
    rendered = [done.html for done in render_many(attacks())]
    parts = [rendered[start : start + A_PAGE] for start in range(0, len(rendered), A_PAGE)]
    pages = {
        f"/{number}": "".join(f"<div>{html}</div>" for html in part) for number, part in enumerate(parts)
    }
    pages["/control"] = f"<p>x</p><img src=x onerror='{FLAG}'>"
    pages["/count"] = str(len(parts))

    def serve(environ: dict[str, object], start_response: Callable[..., object]) -> list[bytes]:
        body = pages.get(str(environ["PATH_INFO"]), "")
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [f"<!doctype html><title>x</title>{body}".encode()]

    server = make_server("127.0.0.1", 0, serve, server_class=Server, handler_class=QuietHandler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=10)
    server.server_close()
    assert not thread.is_alive(), "The server of the attacks did not end."


def _executions(browser: Browser, url: str) -> tuple[int, int, list[str]]:
    """Executed scripts, links on the page, dialogs and requests to other hosts."""
    page = browser.new_page()
    surprises: list[str] = []

    def on_dialog(dialog: Dialog) -> None:
        surprises.append(dialog.type)
        dialog.dismiss()

    def on_request(request: Request) -> None:
        if not request.url.startswith("http://127.0.0.1"):
            surprises.append(request.url)

    page.on("dialog", on_dialog)
    page.on("request", on_request)
    page.add_init_script(WATCH)
    page.goto(url)
    links = page.evaluate(TOUCH)
    page.wait_for_load_state("networkidle")
    executed = page.evaluate("window.executed")
    page.close()
    return executed, links, surprises


def test_the_browser_would_notice(address: str, browser: Browser) -> None:
    executed, _links, _surprises = _executions(browser, f"{address}/control")
    assert executed == 1


@pytest.mark.parametrize("part", range(3))
def test_nothing_executes(address: str, browser: Browser, part: int) -> None:
    executed, links, surprises = _executions(browser, f"{address}/{part}")
    assert executed == 0
    assert surprises == []
    assert links > 0


def test_all_parts_are_opened(browser: Browser) -> None:
    """The parts above are as many as the collection needs."""
    assert 2 * A_PAGE < len(attacks()) <= 3 * A_PAGE
