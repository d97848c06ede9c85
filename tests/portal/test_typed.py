"""A form that cannot be taken gives back what was typed into it, to who sent it and nobody else."""

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from portal.typed import LEAST_CHARACTERS, MOST_BYTES, typed_words
from tests.people.factories import UserFactory

TEXT = "We paid twice.\n\n<script>alert(1)</script> & nobody noticed"
SHOWN = "We paid twice.\n\n&lt;script&gt;alert(1)&lt;/script&gt; &amp; nobody noticed"
FORM = {
    "title": "Who signs for both sides?",
    "body": TEXT,
    "board": "governance",
    "password": "my long pass word",
}


@pytest.mark.django_db
def test_whoever_is_signed_out_meanwhile_keeps_the_words_and_comes_back() -> None:
    answer = Client().post("/forums/ask/?board=governance", FORM)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert SHOWN in page
    assert FORM["title"] in page
    assert "my long pass word" not in page
    assert 'href="/accounts/login/?next=/forums/ask/%3Fboard%3Dgovernance"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("form", [{}, {"board": "governance", "post": "1"}])
def test_a_form_without_words_leads_to_sign_in(form: dict[str, str]) -> None:
    answer = Client().post("/forums/ask/", form)
    assert (answer.status_code, answer.content) == (302, b"")


@pytest.mark.django_db
@pytest.mark.parametrize(("mode", "status"), [("navigate", 403), ("cors", 302), ("no-cors", 302)])
def test_scripts_are_led_to_sign_in_as_before(mode: str, status: int) -> None:
    answer = Client().post("/compose/drafts/save/", FORM, headers={"Sec-Fetch-Mode": mode})
    assert answer.status_code == status


@pytest.mark.django_db
def test_a_form_that_ran_out_says_so_in_our_words_and_gives_back_what_was_typed() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    answer = client.post("/forums/ask/", FORM)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "This form ran out" in page
    assert SHOWN in page
    assert "my long pass word" not in page


@given(st.lists(st.text(max_size=60), max_size=4))
def test_every_text_is_given_back_whole(texts: list[str]) -> None:
    request = RequestFactory().post("/", {"body": texts})
    kept = typed_words(request)
    sent = [text.strip() for text in request.POST.getlist("body")]
    assert set(kept) <= set(sent)
    for text in set(sent) - set(kept):
        assert len(text) < LEAST_CHARACTERS or (text.isascii() and not any(sign.isspace() for sign in text))


def test_words_without_gaps_are_words() -> None:
    request = RequestFactory().post(
        "/", {"body": "会議の前夜に資料が届きました", "key": "3f2a9c1e-77aa-4b0e"}
    )
    assert typed_words(request) == ["会議の前夜に資料が届きました"]


def test_a_form_of_more_than_a_megabyte_is_not_read() -> None:
    request = RequestFactory().post("/", {"body": "long word " * 10, "padding": "x" * MOST_BYTES})
    assert typed_words(request) == []
