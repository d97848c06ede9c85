"""The worst text there is, as long as a field allows, looked at by many at once: the portal answers others meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Event
from urllib.parse import urlencode, urlsplit

import pytest

from core.markdown.guard import MAX_BYTES
from tests.browser.conftest import OpenAs, Portal

pytestmark = pytest.mark.browser
WRITERS = 12
SHAPES = ("[a](b", "[ (](", "**a", "<b>x</b>")
"""The third and fourth are rendered; the first is ended by its clock; the guard refuses the second."""
PATIENCE = 60.0
FEWEST_ANSWERS = 3


def test_the_portal_answers_while_many_look_at_the_worst_text(open_as: OpenAs, portal: Portal) -> None:
    page = open_as()
    page.goto("/styleguide/composer/")
    token = page.locator("#trial [name=csrfmiddlewaretoken]").first.input_value()
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())
    headers = {
        "Cookie": cookies,
        "Referer": portal.url,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    done = Event()

    def asked(address: str, fields: dict[str, str] | None = None) -> int:
        line = HTTPConnection(urlsplit(portal.url).netloc, timeout=PATIENCE)
        line.request("POST" if fields else "GET", address, urlencode(fields or {}), headers)
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer.status

    def looked_at(number: int) -> int:
        shape = SHAPES[number % len(SHAPES)]
        text = (shape * MAX_BYTES)[:MAX_BYTES]
        return asked("/compose/preview/", {"csrfmiddlewaretoken": token, "field": "body", "body": text})

    def read_meanwhile() -> int:
        answers = 0
        while not done.is_set():
            answers += asked("/forums/") == 200 and not done.is_set()
        return answers

    with ThreadPoolExecutor(WRITERS + 1) as threads:
        reader = threads.submit(read_meanwhile)
        looks = list(threads.map(looked_at, range(WRITERS)))
        done.set()
        assert looks == [200] * WRITERS
        assert reader.result() >= FEWEST_ANSWERS
    page.goto("/styleguide/composer/")
    page.locator("#trial [name=body]").fill("It *still* works.")
    page.locator("#trial").get_by_role("button", name="Preview").click()
    page.locator("#trial .preview em").wait_for()
    page.locator("#trial [name=body]").fill("")
