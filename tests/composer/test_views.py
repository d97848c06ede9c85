"""The pages of the composer: a draft is its owner's alone, and what is saved says so."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from composer.api import save_draft
from composer.data import DraftPlace
from composer.models import Draft, GuardedName
from composer.places import SignedPlace
from core.markdown import render
from people.models import User
from tests.people.factories import UserFactory

PLACE = DraftPlace(key="test:1", label="A reply", url="/lessons/")
JSON = {"accept": "application/json"}
SECRET = "waterfallword"


def token(owner: User, **more: Any) -> str:
    """What the page of somebody carries."""
    return SignedPlace(owner.pk, PLACE, **more).sign()


@pytest.fixture
def draft(writer: User) -> Draft:
    """A draft of the writer."""
    save_draft(owner=writer, key=PLACE.key, label="A reply", url=PLACE.url, fields={"body": SECRET})
    return Draft.objects.get()


def test_typing_is_saved_under_its_owner(writing: Client, writer: User) -> None:
    answer = writing.post(
        reverse("composer:save"),
        {
            "draft": token(writer, label_field="title"),
            "title": "Chair",
            "body": "a\r\nb",
            "tags": ["x", "y"],
            "act": "post",
            "kept": "Krumm",
            "seen": "Zorblax",
        },
    )
    assert re.fullmatch(r"Saved \d\d:\d\d, on every device", answer.json()["words"])
    kept = Draft.objects.get()
    assert (kept.owner, kept.key, kept.label, kept.url) == (writer, PLACE.key, "Chair", PLACE.url)
    assert kept.fields == {"title": "Chair", "body": "a\nb", "tags": "x\ny", "kept": "Krumm"}


def test_anothers_page_saves_nothing(reading: Client, writer: User, draft: Draft) -> None:
    answer = reading.post(reverse("composer:save"), {"draft": token(writer), "body": "changed"})
    assert answer.status_code == 409
    draft.refresh_from_db()
    assert draft.fields == {"body": SECRET}
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("forged", ["", "x", "a:b:c"])
def test_a_place_that_nobody_signed_saves_nothing(writing: Client, forged: str) -> None:
    assert writing.post(reverse("composer:save"), {"draft": forged, "body": "x"}).status_code == 409
    assert not Draft.objects.exists()


def test_what_is_too_long_is_told(writing: Client, writer: User) -> None:
    answer = writing.post(reverse("composer:save"), {"draft": token(writer), "body": "x" * 200_001})
    assert answer.status_code == 422
    assert "more than a draft can hold" in answer.json()["words"]


def test_nobody_else_sees_a_draft_anywhere(reading: Client, writing: Client, draft: Draft) -> None:
    assert SECRET in writing.get(reverse("composer:drafts")).content.decode()
    for name in ("drafts", "session"):
        answer = reading.get(reverse(f"composer:{name}"))
        assert SECRET not in answer.content.decode()
        assert "A reply" not in answer.content.decode()


def test_all_of_a_draft_can_be_read_though_its_place_is_gone(
    reading: Client, writing: Client, draft: Draft
) -> None:
    text = "Word for word. " * 40
    Draft.objects.filter(pk=draft.pk).update(fields={"body": text, "kept": "Acme Labs", "began": "0a1b"})
    address = reverse("composer:draft", args=[draft.pk])
    page = writing.get(address).content.decode()
    assert address in writing.get(reverse("composer:drafts")).content.decode()
    assert text.strip() in page
    assert "Acme Labs" not in page
    assert reading.get(address).status_code == 404


@pytest.mark.parametrize("name", ["discard", "restore"])
def test_nobody_else_touches_a_draft(reading: Client, writer: User, draft: Draft, name: str) -> None:
    address = reverse(f"composer:{name}")
    assert reading.post(address, {"key": draft.key}).status_code == 404
    assert reading.post(reverse("composer:discard"), {"draft": token(writer)}).status_code == 404
    assert (
        reading.post(reverse("composer:discard"), {"draft": token(writer)}, headers=JSON).status_code == 404
    )
    draft.refresh_from_db()
    assert draft.discarded is None


def test_throwing_away_and_taking_back_from_the_list(writing: Client, draft: Draft) -> None:
    listed = writing.post(reverse("composer:discard"), {"key": draft.key}, follow=True)
    assert listed.redirect_chain == [(reverse("composer:drafts"), 302)]
    html = listed.content.decode()
    assert "No drafts wait for you" in html
    assert "Thrown away in the last day" in html
    assert writing.post(reverse("composer:discard"), {"key": draft.key}).status_code == 404
    back = writing.post(reverse("composer:restore"), {"key": draft.key}, follow=True).content.decode()
    assert "Thrown away in the last day" not in back
    assert f'href="{PLACE.url}"' in back
    assert writing.post(reverse("composer:restore"), {"key": draft.key}).status_code == 404


def test_throwing_away_from_the_form(writing: Client, writer: User, draft: Draft) -> None:
    answer = writing.post(reverse("composer:discard"), {"draft": token(writer)})
    assert answer.headers["Location"] == PLACE.url
    assert (
        writing.post(reverse("composer:discard"), {"draft": token(writer)}, headers=JSON).status_code == 204
    )
    assert writing.post(reverse("composer:discard"), {"draft": token(writer)}).status_code == 302


def test_the_list_costs_the_same_for_one_and_for_many(writing: Client, writer: User, draft: Draft) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert writing.get(reverse("composer:drafts")).status_code == 200
        return len(queries)

    count()
    one = count()
    for number in range(30):
        save_draft(owner=writer, key=f"k{number}", label="Another", url="/", fields={"body": "x"})
    assert count() == one


def test_the_session_says_who_and_gives_a_token_that_works(writer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    told = client.get(reverse("composer:session")).json()
    assert told["owner"] == writer.pk
    sent = {"draft": token(writer), "body": "x"}
    assert client.post(reverse("composer:save"), sent).status_code == 403
    sent["csrfmiddlewaretoken"] = told["token"]
    assert client.post(reverse("composer:save"), sent).status_code == 200


@pytest.mark.parametrize("htmx", [True, False])
def test_a_preview_is_the_published_html(writing: Client, htmx: bool) -> None:
    source = "It **held**.\r\n\r\n- a\r\n- b <script>alert(1)</script>"
    headers = {"hx-request": "true"} if htmx else {}
    html = writing.post(
        reverse("composer:preview"), {"field": "body", "body": source}, headers=headers
    ).content.decode()
    assert render(source).html in html
    assert ("<html" in html) is not htmx


def test_an_empty_preview_says_so(writing: Client) -> None:
    for data in ({}, {"field": "body"}, {"field": "body", "body": " "}):
        assert "Nothing is written yet." in writing.post(reverse("composer:preview"), data).content.decode()


def test_findings_are_of_the_guarded_fields_and_never_the_list(writing: Client, writer: User) -> None:
    GuardedName.objects.create(name="Corvex")
    GuardedName.objects.create(name="Neverwritten")
    sent = {
        "draft": token(writer, guard_fields=("body",)),
        "body": "Corvex met Krumm.",
        "title": "Zorblax",
        "kept": "Krumm",
    }
    html = writing.post(reverse("composer:guard"), sent).content.decode()
    assert "“Corvex” may be a company name." in html
    assert 'name="kept" value="Krumm"' in html
    assert "Zorblax" not in html
    assert "Neverwritten" not in html
    assert "“" not in writing.post(reverse("composer:guard"), {**sent, "draft": "forged"}).content.decode()


def test_people_to_mention_are_colleagues_by_the_beginning_of_a_name(
    writing: Client, colleague: User
) -> None:
    UserFactory(name="Gone Kosterman", is_active=False)
    UserFactory(name="Zed [x](javascript:y) Kost*er")

    def find(text: str) -> list[dict[str, str]]:
        return list(writing.get(reverse("composer:mentions"), {"q": text}).json()["people"])

    found = find("kost")
    assert [person["name"] for person in found] == ["Ilse Koster", "Zed [x](javascript:y) Kost*er"]
    assert found[0]["value"] == f"[@Ilse Koster](/people/{colleague.pk}/)"
    assert found[1]["value"].startswith("[@Zed x(javascript:y) Koster](/people/")
    assert [person["name"] for person in find("ilse k")] == ["Ilse Koster"]
    assert find("oster") == find("") == find(" ") == []


def test_at_most_eight_people_in_one_query(writing: Client) -> None:
    for _number in range(12):
        UserFactory(name="Same Name")
    writing.get(reverse("composer:mentions"), {"q": "sam"})
    with CaptureQueriesContext(connection) as queries:
        answer = writing.get(reverse("composer:mentions"), {"q": "sam"})
    assert len(json.loads(answer.content)["people"]) == 8
    assert sum("people_user" in query["sql"] and "LIKE" in query["sql"].upper() for query in queries) == 1


@pytest.mark.parametrize("name", ["save", "discard", "restore", "preview", "guard"])
def test_looking_writes_nothing(writing: Client, name: str) -> None:
    assert writing.get(reverse(f"composer:{name}")).status_code == 405


def test_strangers_get_sign_in(client: Client, writer: User) -> None:
    for name in ("drafts", "session", "mentions"):
        assert client.get(reverse(f"composer:{name}")).headers["Location"].startswith("/accounts/login/")
    for name in ("save", "discard", "restore", "preview", "guard"):
        answer = client.post(reverse(f"composer:{name}"), {"draft": token(writer), "body": "x"})
        assert answer.headers["Location"].startswith("/accounts/login/")
    assert not Draft.objects.exists()
