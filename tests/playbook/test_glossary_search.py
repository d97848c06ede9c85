"""Terms in search: found by every name, first for it, and gone when they are gone."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from playbook.glossary_documents import TERM, term_document
from playbook.models import GlossaryTerm
from playbook.services.delete_term import delete_term
from playbook.services.save_term import save_term
from search import api as search_api
from search.documents import specs
from search.models import IndexEntry, SynonymGroup
from search.queries import SearchQuery
from tests.playbook.factories import make_person, make_play, make_term

pytestmark = pytest.mark.django_db


def found(text: str, reader: Any, **state: Any) -> list[str]:
    """The names of what a reader finds, in order."""
    return [str(hit.object) for hit in search_api.search(SearchQuery(text=text, **state), reader).hits]


@pytest.mark.parametrize("text", ["JSC", "jsc", "joint steering committee", "steerco", "Steering committees"])
def test_a_term_is_found_by_every_name_and_before_the_plays_that_use_it(text: str) -> None:
    make_term(abbreviation="JSC", also=["steerco"])
    make_play(
        "Prepare the meeting", purpose="The joint steering committee (JSC), or steerco, meets in spring."
    )
    assert found(text, make_person())[0] == "Joint Steering Committee (JSC)"


def test_a_short_form_finds_its_term_by_the_words_that_mean_the_same() -> None:
    SynonymGroup.objects.create(terms=["jsc", "joint steering committee"])
    make_term()
    results = search_api.search(SearchQuery(text="JSC"), make_person())
    assert [hit.kind for hit in results.hits] == ["term"]
    assert list(results.also_meant) == ["joint steering committee"]


def test_a_word_of_a_definition_does_not_put_terms_before_plays() -> None:
    make_term(definition="Quokka.", confuse="Not a quokka.")
    make_play("Quokka governance")
    assert len(found("quokka", make_person())) == 1


def test_the_document_holds_the_names() -> None:
    document = term_document(make_term(abbreviation="JSC", also=["steerco", "board"]))
    assert (document.title, document.text) == ("Joint Steering Committee (JSC)", "steerco, board")
    assert document.audience == "community"


def test_an_edit_is_found_at_once_and_a_deleted_term_is_not() -> None:
    term, reader = make_term("Quokka"), make_person()
    term.term = "Wallaby"
    save_term(term=term, actor=reader)
    assert (found("wallaby", reader), found("quokka", reader)) == (["Wallaby"], [])
    delete_term(term=term, actor=reader)
    assert found("wallaby", reader) == []
    assert not IndexEntry.objects.filter(kind="term").exists()


def test_the_rule_is_that_of_the_page() -> None:
    term, reader = make_term("Quokka"), make_person()
    for person in (reader, AnonymousUser()):
        shown = TERM.visible_to(TERM.queryset(), person)
        assert set(shown) == set(GlossaryTerm.objects.visible_to(person))
    assert found("quokka", AnonymousUser()) == []
    assert [hit.object for hit in search_api.suggest("quok", reader)] == [term]
    assert specs.get("term") is TERM


def test_a_hit_shows_what_the_term_means_and_opens_its_place(client: Client) -> None:
    make_term(abbreviation="JSC", also=["steerco"], definition="The <senior> body.")
    client.force_login(make_person())
    page = client.get("/search/?q=jsc&kind=term").content.decode()
    assert 'href="/playbook/glossary/#joint-steering-committee"' in page
    assert "The &lt;senior&gt; body." in page
    assert "Also: steerco" in page
    assert "Governance" in page
