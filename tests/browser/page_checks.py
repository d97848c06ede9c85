"""What is wrong with a page as Chromium shows it: axe findings, sideways overflow, console errors, policy violations.

Used by the browser journeys and by `make look`, so that both mean the same by "clean". A `Watch` must be put on a page
before it is opened: console errors and violations are events that cannot be asked for afterwards.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright, sync_playwright

from scripts.needs import chromium_path

AXE_SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"
PEOPLE = Path(__file__).parents[2] / "content" / "people.yaml"
DEMO_PASSWORD = "demo-demo-demo-demo"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-sandbox",
]
LISTEN_FOR_VIOLATIONS = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.policyViolations.push(`${event.violatedDirective} blocked ${event.blockedURI} ${event.sample}`);
});
"""
RUN_AXE = """
async (tags) => {
  const late = new Promise((resolve, reject) => setTimeout(() => reject(new Error("axe had not ended after 60 s")), 60_000));
  const options = {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]};
  const report = await Promise.race([window.axe.run(document, options), late]);
  return report.violations.flatMap((rule) => rule.nodes.map(
    (node) => `${rule.id} (${rule.impact}): ${rule.help}: ${node.target.join(" ")}`));
}
"""
FIND_OVERFLOW = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(
    (part) => part.getBoundingClientRect().right > width + 1).slice(0, 5);
  const name = (part) => part.tagName.toLowerCase() + (part.classList.length ? "." + [...part.classList].join(".") : "");
  return [`${document.documentElement.scrollWidth} px wide in a window of ${width} px: ${wide.map(name).join(", ")}`];
}
"""


def launch(playwright: Playwright, *flags: str) -> Browser:
    """The system's Chromium without a window; Playwright's own download is never used."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=[*CHROMIUM_FLAGS, *flags])


_running: list[Playwright] = []


@contextmanager
def playwright() -> Iterator[Playwright]:
    """Playwright, which one thread can run only once: who comes second gets the first one's."""
    with ExitStack() as stack:
        if not _running:
            _running.append(stack.enter_context(sync_playwright()))
            stack.callback(_running.clear)
        yield _running[0]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that is closed at the end."""
    with playwright() as running:
        browser = launch(running)
        try:
            yield browser
        finally:
            browser.close()


def new_word() -> str:
    """A word that stands nowhere yet, in letters: the name guard takes many a figure for a number of a telephone."""
    return "".join(chr(ord("a") + int(digit, 16)) for digit in uuid4().hex[:12])


def demo_email(person: str) -> str:
    """The address of a demo person by the key of content/people.yaml; raises `KeyError` that names them all."""
    people = yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))["people"]
    known = {str(entry["key"]): str(entry["email"]) for entry in people}
    if person not in known:
        raise KeyError(f"There is no demo person {person!r}; there are {', '.join(sorted(known))}.")
    return known[person]


ABORTED = ("htmx:afterRequest", "htmx:sendAbort")
"""What htmx says of a request that the reader left behind with the page."""


class Watch:
    """Collects the errors of one page from before it is opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.add_init_script(LISTEN_FOR_VIOLATIONS)
        page.on("console", self._on_console)
        page.on("pageerror", self._on_page_error)

    def _on_console(self, message: ConsoleMessage) -> None:
        own_status = message.text.startswith("Failed to load resource") and (
            message.location.get("url") == self.page.url
        )
        if message.type == "error" and not own_status and not message.text.startswith(ABORTED):
            self.errors.append(f"console: {message.text}")

    def _on_page_error(self, error: Error) -> None:
        self.errors.append(f"script: {error}")

    def findings(self) -> list[str]:
        """Everything wrong with the page once it is loaded; forgets the errors it has told.

        A click that leads to another page may return before the page has changed: then the new one is asked.
        """
        self.page.wait_for_load_state()
        try:
            found = self._found()
        except Error:
            self.page.wait_for_load_state()
            found = self._found()
        self.errors.clear()
        return found

    def _found(self) -> list[str]:
        return [*self.errors, *self._violations(), *self._overflow(), *self._axe()]

    def _violations(self) -> list[str]:
        return [f"policy: {text}" for text in self._ask("() => window.policyViolations || []")]

    def _overflow(self) -> list[str]:
        return [f"overflow: {text}" for text in self._ask(FIND_OVERFLOW)]

    def _axe(self) -> list[str]:
        if not self.page.evaluate("() => Boolean(window.axe)"):
            self.page.evaluate(AXE_SOURCE.read_text(encoding="utf-8"))
        return [f"axe: {text}" for text in self._ask(RUN_AXE, AXE_TAGS)]

    def _ask(self, expression: str, argument: Any = None) -> list[str]:
        answer: list[str] = self.page.evaluate(expression, argument)
        return answer


def sign_in(page: Page, base_url: str, *, email: str, password: str) -> None:
    """Signs a person in by the form, as everybody does; raises where the portal refuses."""
    page.goto(f"{base_url}/accounts/login/")
    fill_sign_in(page, email=email, password=password)
    page.wait_for_load_state()
    if "/accounts/login/" in page.url:
        raise AssertionError(f"{email} was refused at sign-in.")


def fill_sign_in(page: Page, *, email: str, password: str) -> None:
    """Fills and sends the form; the page may offer demo people in forms of their own beside it."""
    form = page.locator("form:has(input[type=password])").first
    form.locator("input[name=login]").fill(email)
    form.locator("input[type=password]").fill(password)
    form.locator("button[type=submit]").first.click()
