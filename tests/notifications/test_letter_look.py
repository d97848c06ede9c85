"""The look of letters: every element carries its own, none is unknown, none is left over, and nothing needs a style sheet."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from notifications.templatetags.letters import LOOKS

LETTERS = sorted((Path(settings.BASE_DIR) / "templates" / "email").glob("*.html"))
DECLARATION = re.compile(r"[a-z-]+:[^:;\"{}<>]+")


class Styles(HTMLParser):
    """What a mail program reads as the style of each element."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name == "style"]


@pytest.mark.parametrize("name", LOOKS)
def test_a_mail_program_reads_each_look_as_it_was_written(name: str) -> None:
    reader = Styles()
    reader.feed(Template("{% load letters %}<p {% look name %}>x</p>").render(Context({"name": name})))
    assert reader.found == [LOOKS[name]]
    assert all(DECLARATION.fullmatch(part) for part in LOOKS[name].split(";"))


def test_a_look_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="loud"):
        Template("{% load letters %}{% look 'loud' %}").render(Context())


def test_letters_use_every_look_and_no_other_style() -> None:
    source = "".join(letter.read_text(encoding="utf-8") for letter in LETTERS)
    assert set(re.findall(r"\{% look '([^']+)' %\}", source)) == set(LOOKS)
    assert not re.search(r"\sstyle=|\sclass=|<style|<link", source)
