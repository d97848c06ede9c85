"""Plays and pages in search: what is indexed, when it goes, what a hit shows and who finds it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from core.audiences import PRACTITIONERS
from core.models import Term, Vocabulary
from playbook.models import PlaybookIndexPage, PlayPage, StandardPage
from playbook.search_documents import FACETS, PAGE, PLAY, page_document, play_document
from search import api as search_api
from search.documents import facets, specs
from search.models import IndexEntry
from search.queries import SearchQuery
from tests.playbook.factories import make_page, make_person, make_play, make_terms, publish, step

pytestmark = pytest.mark.django_db
MAKERS: dict[str, Callable[..., Any]] = {"play": make_play, "page": make_page}


def found(text: str, reader: Any, **state: Any) -> set[str]:
    """The titles a reader finds."""
    results = search_api.search(SearchQuery(text=text, **state), reader)
    return {hit.object.title for hit in results.hits}


def everywhere(word: str) -> PlayPage:
    """A play that carries `word` and a number in each of its fields."""
    texts: dict[str, Any] = {
        name: f"{word}{name}"
        for name in ("summary", "purpose", "when", "effort", "inputs", "outputs", "signs")
    }
    return make_play(
        f"{word}title",
        **texts,
        steps=[step(f"{word}step", text=f"{word}text", who=f"{word}who", timing=f"{word}timing")],
        pitfalls=[{"type": "pitfall", "value": {"title": f"{word}pitfall", "text": f"{word}why"}}],
        variants=[{"type": "variant", "value": {"case": f"{word}case", "text": f"{word}differs"}}],
    )


@pytest.mark.parametrize(
    "field",
    [
        "title",
        "summary",
        "purpose",
        "when",
        "effort",
        "inputs",
        "outputs",
        "signs",
        "step",
        "text",
        "who",
        "timing",
        "pitfall",
        "why",
        "case",
        "differs",
    ],
)
def test_every_word_of_a_play_is_in_its_document(field: str) -> None:
    document = play_document(everywhere("zebra"))
    assert f"zebra{field}" in f"{document.title}\n{document.text}"


def test_a_play_is_found_by_its_code() -> None:
    play = make_play("Handle with care", code="P88")
    make_play("Another one")
    assert found("P88", make_person()) == {play.title}


def test_facets_are_the_codes_of_all_terms() -> None:
    terms = make_terms()
    play = make_play(phases=("startup", "operate"), components=("PL", "AG"))
    play = publish(play, habits=[terms["H1"]], activities=[terms["PL1"]], role_areas=[terms["contract"]])
    document = play_document(play)
    assert {name: set(codes) for name, codes in document.facets.items()} == {
        "phase": {"startup", "operate"},
        "component": {"PL", "AG"},
        "activity": {"PL1"},
        "habit": {"H1"},
        "role_area": {"contract"},
    }


def test_a_play_is_as_new_as_its_last_check_and_else_as_its_publication() -> None:
    checked = play_document(make_play(last_verified=date(2026, 3, 1)))
    assert checked.date is not None
    assert checked.date.date() == date(2026, 3, 1)
    play = make_play("Unchecked")
    assert play_document(play).date == play.last_published_at


def test_a_page_is_plain_text_in_its_document() -> None:
    page = make_page(body="## Heading\n\n**bold** [words](https://example.com/) <b>tag</b>")
    document = page_document(page)
    assert "bold words" in document.text
    assert not {"#", "*", "<"} & set(document.text)


def test_the_facets_are_registered_with_the_words_of_their_terms() -> None:
    make_terms()
    for name, (_label, vocabulary, _field) in FACETS.items():
        assert dict(facets.get(name).labels()) == Term.objects.labels(vocabulary)
    assert specs.get("play") is PLAY
    assert specs.get("page") is PAGE


def test_facets_narrow_a_search() -> None:
    make_play("Quokka one", components=("PL",))
    make_play("Quokka two", components=("AG",))
    reader = make_person()
    assert found("quokka", reader) == {"Quokka one", "Quokka two"}
    assert found("quokka", reader, facets={"component": ("AG",)}) == {"Quokka two"}


def test_an_edit_is_found_at_once_and_the_old_words_are_not() -> None:
    play, reader = make_play("Quokka"), make_person()
    publish(play, title="Wallaby", summary="Hops.")
    assert found("wallaby", reader) == {"Wallaby"}
    assert found("quokka", reader) == set()


def test_a_draft_is_not_found() -> None:
    play, reader = make_play("Quokka"), make_person()
    play.title = "Wallaby"
    play.save_revision()
    make_play("Wallaby draft", publish=False)
    assert found("wallaby", reader) == set()


@pytest.mark.parametrize("kind", ["play", "page"])
def test_what_is_taken_off_or_deleted_leaves_the_index(kind: str) -> None:
    make = MAKERS[kind]
    first, second, reader = make("Quokka"), make("Quokka again"), make_person()
    first.unpublish()
    assert found("quokka", reader) == {"Quokka again"}
    second.delete()
    assert found("quokka", reader) == set()
    assert not IndexEntry.objects.filter(kind=kind).exists()


def test_narrowing_the_front_takes_every_play_from_a_member_at_once() -> None:
    make_play("Quokka"), make_play("Quokka two")
    member, practitioner = make_person(), make_person(is_practitioner=True)
    publish(PlaybookIndexPage.objects.get(), audience=PRACTITIONERS)
    assert found("quokka", member) == set()
    assert found("quokka", practitioner) == {"Quokka", "Quokka two"}
    assert set(IndexEntry.objects.filter(kind="play").values_list("audience", flat=True)) == {PRACTITIONERS}


def test_the_version_in_search_rises_and_survives_an_old_revision() -> None:
    play = make_play()
    old, before = play.latest_revision, play.search_version
    play = publish(play, title="Second")
    assert play.search_version > before
    old.publish()
    assert PlayPage.objects.get(pk=play.pk).search_version > play.search_version


@pytest.mark.parametrize("spec", [PLAY, PAGE], ids=["play", "page"])
def test_the_index_holds_live_pages_and_the_rule_is_that_of_the_site(spec: Any) -> None:
    make = MAKERS[spec.kind]
    shown, hidden = make("Open"), make("Narrow", audience=PRACTITIONERS)
    off = make("Off")
    off.unpublish()
    assert {row.pk for row in spec.queryset()} == {shown.pk, hidden.pk}
    member = make_person()
    assert set(spec.visible_to(spec.queryset(), member)) == set(spec.model.objects.visible_to(member))


def test_a_hit_shows_code_row_and_trust(client: Client) -> None:
    make_play("Quokka protocol", code="P88")
    make_page("Quokka page", body="Quokka words.")
    client.force_login(make_person())
    page = client.get("/search/?q=quokka").content.decode()
    assert "P88" in page
    assert "Label of PL" in page
    assert "Not yet verified" in page
    assert 'href="/pages/quokka-page/' in page
    assert 'href="/playbook/quokka-protocol-p88/' in page


def test_pages_without_a_kind_are_not_in_search() -> None:
    make_play()
    publish(PlaybookIndexPage.objects.get(), title="Quokka book")
    assert found("quokka", make_person()) == set()
    assert set(IndexEntry.objects.values_list("kind", flat=True)) == {"play"}


def test_every_vocabulary_of_a_facet_exists() -> None:
    assert {vocabulary for _label, vocabulary, _field in FACETS.values()} <= set(Vocabulary)
    assert all(hasattr(PlayPage, field) for _label, _vocabulary, field in FACETS.values())
    assert StandardPage.search_kind == PAGE.kind
