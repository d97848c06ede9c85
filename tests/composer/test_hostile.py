"""Attack strings and naughty strings through field, preview, draft and page: nothing executes, nothing is changed."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from composer.api import check_names, mentioned_ids, read_draft, save_draft
from composer.data import DraftPlace
from composer.fields import ComposerField
from composer.places import SignedPlace
from people.models import User
from tests.composer.forms import ReplyForm, sent
from tests.core.hostile import attacks, naughty_strings, through_pages
from tests.core.markup import faults

PLACE = DraftPlace(key="test:hostile", label="A reply", url="/lessons/")
PROSE = re.compile(r'<div class="prose">(.*)</div>\s*</section>', re.S)


@pytest.mark.thorough
def test_every_attack_is_harmless_in_the_preview(writing: Client) -> None:
    judged = 0
    known = through_pages([text for text in attacks() if "\x00" not in text])
    for text in known:
        answer = writing.post(
            reverse("composer:preview"), {"field": "body", "body": text}, headers={"hx-request": "true"}
        )
        shown = PROSE.search(answer.content.decode())
        assert answer.status_code == 200
        if shown:
            judged += 1
            assert faults(shown.group(1)) == [], text
    assert judged > len(known) // 2


def test_naughty_strings_come_back_as_they_were_typed(writer: User) -> None:
    place = {"key": PLACE.key, "label": str(PLACE.label), "url": PLACE.url}
    for text in naughty_strings():
        if "\x00" in text or not text.strip():
            continue
        assert ComposerField().clean(text) == text
        save_draft(owner=writer, fields={"body": text}, **place)
        kept = read_draft(owner=writer, key=PLACE.key)
        assert kept is not None
        assert kept.fields["body"] == text
        form = sent(writer, ("body", text), act="preview")
        form.wants_posting()
        assert form["body"].value() == text
        assert html.unescape(
            re.sub(r"^<textarea[^>]*>\n?|</textarea>$", "", str(form["body"]).strip())
        ).strip("\r\n") == (text.strip("\r\n"))


@pytest.mark.thorough
def test_naughty_strings_in_every_other_place_answer(writing: Client, writer: User) -> None:
    for text in through_pages(naughty_strings()):
        token = SignedPlace(writer.pk, PLACE, guard_fields=("body",)).sign()
        data = {"draft": token, "body": text, "kept": text, "key": text, "field": text, "act": f"swap:{text}"}
        for name in ("save", "guard", "preview"):
            assert writing.post(reverse(f"composer:{name}"), data).status_code in (200, 422), (name, text)
        assert writing.post(reverse("composer:restore"), {"key": text}).status_code == 404
        if "\x00" not in text:
            assert writing.get(reverse("composer:mentions"), {"q": text}).status_code == 200


def test_a_hostile_draft_is_words_in_the_list(writing: Client, writer: User) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    save_draft(owner=writer, key="k", label=attack, url="/lessons/", fields={"body": attack * 3})
    page = writing.get(reverse("composer:drafts")).content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert html.escape(attack) in page


@pytest.mark.parametrize("act", ["swap:body:0:<b>", "keep:<script>alert(1)</script>"])
def test_hostile_acts_are_words(writer: User, act: str) -> None:
    form = sent(writer, ("body", "<b>Zorblax</b>"), ("kept", "<img src=x>"), act=act)
    form.wants_posting()
    from django.template.loader import render_to_string

    page = render_to_string("composer/guard.html", {"findings": form.findings, "kept": form.kept_words})
    assert "<img" not in page
    assert "<script" not in page


@pytest.mark.thorough
def test_attacks_break_neither_guard_nor_mentions(db: None) -> None:
    for text in attacks():
        check_names({"body": text})
        mentioned_ids(text)


def test_the_form_is_safe_with_attacks_in_it(writer: User) -> None:
    attack = '</textarea><script>alert(1)</script>"'
    assert "<script>" not in str(ReplyForm(owner=writer, place=PLACE, initial={"body": attack})["body"])
