"""A browser that hangs costs one journey, not those that follow."""

import pytest
from playwright.sync_api import Error

from tests.browser.chromium import Chromium

pytestmark = pytest.mark.browser


def test_a_page_that_never_ends_is_ended_and_the_next_journey_has_a_browser(chromium: Chromium) -> None:
    first = chromium.browser()
    page = first.new_page()
    with chromium.ended_after(2), pytest.raises(Error):
        page.evaluate("() => { for (;;); }")
    second = chromium.browser()
    assert second is not first
    fresh = second.new_page()
    fresh.set_content("<p>Here again</p>")
    assert fresh.text_content("p") == "Here again"
    chromium.close_all()
    assert second.contexts == []
    assert chromium.browser() is second
