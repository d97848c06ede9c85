"""Keeping order: a colleague flags a post as confidential, it is gone for another reader, a facilitator decides by keyboard.

Also what writing has besides: files without scripts, the history of a post, and a message to whoever asked without a name.
"""

import re
import secrets
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Portal

pytestmark = pytest.mark.browser
ASKER, WRITER, READER, FACILITATOR = "ilse_koster", "mei_tanaka", "lena_vogt", "amara_osei"
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
ASK = """
from forums.models import Board
from forums.services.edit_post import edit_post
from forums.services.post_reply import post_reply
from forums.services.post_topic import post_topic
from people.models import User
asker, writer = (User.objects.get(email=email) for email in {emails!r})
board = Board.objects.filter(audience="community", closed=False).first()
topic = post_topic(author=asker, board_id=board.pk, kind="question", title={title!r}, body="Three zones.", unnamed={unnamed})
post = post_reply(author=writer, topic_id=topic.pk, body={body!r} + " We tried it in two of the three zones, for a year.")
edit_post(editor=writer, post_id=post.pk, body={body!r} + " " + "We tried it in all of the zones, and for two years. " * 3)
print("TOPIC", topic.get_absolute_url(), post.pk)
"""


def ask(portal: Portal, *, unnamed: bool = False) -> tuple[str, int, str]:
    """Address of a new topic, the number of its reply, and a word that stands in the reply alone."""
    word = f"quetzal{secrets.token_hex(3)}"
    emails = [f"{who.replace('_', '.')}@demo.example" for who in (ASKER, WRITER)]
    title = f"Who chairs in the first year, {secrets.token_hex(3)}?"
    code = ASK.format(emails=emails, title=title, body=f"Ask {word} to chair.", unnamed=unnamed)
    told = portal.manage("shell", "--verbosity", "0", "--command", code)
    found = re.search(r"TOPIC (\S+) (\d+)", told)
    assert found, told
    return found[1], int(found[2]), word


def test_flagged_gone_decided_and_told(
    open_as: OpenAs, check_page: Callable[[Page], None], portal: Portal
) -> None:
    address, post, word = ask(portal)
    reader, flagger, facilitator = (open_as(who) for who in (READER, ASKER, FACILITATOR))
    reader.goto(f"{address}?from=1")
    expect(reader.get_by_text(word)).to_be_visible()

    flagger.goto(f"/forums/posts/{post}/flag/")
    check_page(flagger)
    flagger.get_by_label(re.compile("^Confidential")).check()
    flagger.get_by_label("In a few words").fill("It names somebody.")
    flagger.get_by_role("button", name="Flag it").click()
    expect(flagger.get_by_text("The post is hidden, and a facilitator looks at it now.")).to_be_visible()

    reader.goto(f"{address}?from=1")
    expect(reader.get_by_text(word)).to_have_count(0)
    expect(reader.get_by_text("Post 2 was taken down.")).to_be_visible()
    answer = reader.goto(f"/forums/posts/{post}/history/")
    assert answer is not None
    assert answer.status == 404

    facilitator.goto("/forums/flags/")
    expect(facilitator.get_by_text(word).first).to_be_visible()
    check_page(facilitator)
    title = facilitator.locator(".flagged", has_text=word)
    title.get_by_role("link", name=re.compile("^Decide")).focus()
    facilitator.keyboard.press("Enter")
    facilitator.wait_for_url(f"**/posts/{post}/decide/")
    check_page(facilitator)
    facilitator.get_by_label("Take it down").focus()
    facilitator.keyboard.press("Space")
    facilitator.keyboard.press("Tab")
    facilitator.keyboard.type("A person is named.")
    facilitator.keyboard.press("Tab")
    facilitator.keyboard.press("Enter")
    expect(facilitator.get_by_text("Decided. Whoever flagged it is told.")).to_be_visible()

    portal.manage("worker", "--once")
    flagger.goto("/notices/")
    expect(flagger.get_by_text("The facilitators decided on a post").first).to_be_visible()
    reader.goto(f"{address}?from=1")
    expect(reader.get_by_text(word)).to_have_count(0)


def test_a_file_without_scripts_and_the_history(
    open_as: OpenAs, check_page: Callable[[Page], None], portal: Portal
) -> None:
    address, post, _word = ask(portal)
    writer = open_as(READER, javascript=False)
    writer.goto(f"{address}?from=1")
    writer.get_by_role("textbox", name="Your reply").fill("The minutes are below.")
    file = {"name": "minutes.txt", "mimeType": "text/plain", "buffer": b"Two chairs."}
    writer.locator("input[type=file]").set_input_files(file)
    writer.get_by_role("button", name="Attach").click()
    expect(writer.get_by_role("link", name="minutes.txt")).to_be_visible()
    expect(writer.get_by_role("textbox", name="Your reply")).to_have_value("The minutes are below.")
    writer.get_by_role("button", name="Post reply").click()
    expect(writer.locator(".post .attachments").get_by_role("link", name="minutes.txt")).to_be_visible()

    reader = open_as(ASKER)
    reader.goto(f"{address}?from=1")
    check_page(reader)
    reader.locator(f"a.edited[href$='/posts/{post}/history/']").click()
    expect(reader.locator("del").nth(1)).to_be_visible()
    expect(reader.locator("ins").nth(1)).to_be_visible()
    check_page(reader)


def test_a_message_to_whoever_asked(
    open_as: OpenAs, check_page: Callable[[Page], None], portal: Portal
) -> None:
    address, _post, _word = ask(portal, unnamed=True)
    facilitator, asker = open_as(FACILITATOR), open_as(ASKER)
    facilitator.goto(f"{address}?from=1")
    facilitator.get_by_role("link", name="Write to whoever asked").click()
    check_page(facilitator)
    facilitator.get_by_label("Your message").fill("Ring me when you can.")
    facilitator.get_by_role("button", name="Pass it on").click()
    expect(
        facilitator.get_by_text(
            "Passed on. Whoever asked is told, unless they switched off notices of moderation."
        )
    ).to_be_visible()
    expect(facilitator.get_by_text("Ilse")).to_have_count(0)
    asker.goto(f"{address}?from=1")
    asker.get_by_role("link", name="Read the message").click()
    expect(asker.get_by_text("Ring me when you can.")).to_be_visible()
    check_page(asker)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_of_keeping_order_at_every_size(
    open_as: OpenAs, check_page: Callable[[Page], None], portal: Portal, width: int, scheme: str
) -> None:
    address, post, _word = ask(portal, unnamed=True)
    number = re.search(r"/(\d+)/$", address)
    assert number
    facilitator = open_as(FACILITATOR, width=width, scheme=scheme)
    of_post = [f"/forums/posts/{post}/{page}/" for page in ("flag", "history", "delete")]
    of_topic = [f"/forums/topics/{number[1]}/{page}/" for page in ("move", "relay", "who")]
    for url in ("/forums/flags/", *of_post, *of_topic, address):
        facilitator.goto(url)
        check_page(facilitator)
