"""Search words in the admin: what editors type counts at once, is checked in words, and what is counted is not written."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from people.roles import Role
from people.services.ensure_roles import grant_admin_rights
from search.lint import MAX_TERMS, distinct, lint_group
from search.models import SynonymGroup, ZeroResultTerm
from search.parsing import parse
from tests.people.factories import UserFactory

ADMIN = "wagtailsnippets_search"
EDITORS = {Role.FACILITATOR, Role.ADMINISTRATOR}
FORM = {"terms": "JSC\n\n  joint steering committee ", "means": "", "ambiguous": "{}", "active": "on"}


def address(model: str, name: str, *arguments: object) -> str:
    return reverse(f"{ADMIN}_{model}:{name}", args=arguments)


@pytest.fixture
def editor(db: None) -> Client:
    """Somebody who looks after the search."""
    return signed_in(Role.FACILITATOR)


def signed_in(role: Role) -> Client:
    grant_admin_rights()
    client = Client()
    client.force_login(UserFactory(roles=(role,)))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_who_looks_after_search_words(role: Role) -> None:
    client = signed_in(role)
    assert (client.get(address("synonymgroup", "list")).status_code == 200) == (role in EDITORS)
    client.post(address("synonymgroup", "add"), FORM)
    assert SynonymGroup.objects.exists() == (role in EDITORS)


def test_lines_become_a_group_that_counts_at_once(editor: Client) -> None:
    assert "joint steering committee" not in str(parse("JSC agenda").also_meant)
    assert editor.post(address("synonymgroup", "add"), FORM).status_code == 302
    group = SynonymGroup.objects.get()
    assert (group.terms, group.means, group.edited) == (["JSC", "joint steering committee"], [], True)
    assert "joint steering committee" in str(parse("JSC agenda").also_meant)


def test_a_loaded_group_that_is_saved_here_counts_as_edited(editor: Client) -> None:
    group = SynonymGroup.objects.create(terms=["NDA", "confidentiality agreement"], origin="file:1")
    page = editor.get(address("synonymgroup", "edit", group.pk)).content.decode()
    assert "NDA\nconfidentiality agreement" in page
    editor.post(address("synonymgroup", "edit", group.pk), FORM | {"terms": "NDA\nsecrecy agreement"})
    group.refresh_from_db()
    assert (group.terms, group.origin, group.edited) == (["NDA", "secrecy agreement"], "file:1", True)


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ("JSC", "A single term needs something it means."),
        ("JSC\njsc", "The same term stands here twice."),
        ("JSC\n---", "A term needs a letter or a digit."),
        ("JSC\nTaken", "Another group has “Taken” already."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(editor: Client, terms: str, sentence: str) -> None:
    SynonymGroup.objects.create(terms=["taken", "occupied"])
    answer = editor.post(address("synonymgroup", "add"), FORM | {"terms": terms})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert terms in answer.content.decode()
    assert SynonymGroup.objects.count() == 1


def test_a_group_that_is_off_holds_no_word(editor: Client) -> None:
    SynonymGroup.objects.create(terms=["JSC", "steerco"], active=False)
    assert editor.post(address("synonymgroup", "add"), FORM).status_code == 302


def test_searches_without_results_are_read_and_deleted_never_written(editor: Client) -> None:
    term = ZeroResultTerm.objects.create(term="golden share", count=7, last_seen=date(2026, 3, 1))
    page = editor.get(address("zeroresultterm", "list")).content.decode()
    assert "golden share" in page
    assert f"/{term.pk}/" in page
    editor.post(address("zeroresultterm", "edit", term.pk), {"term": "silver share"})
    term.refresh_from_db()
    assert term.term == "golden share"
    editor.post(address("zeroresultterm", "add"), {"term": "bronze share"})
    assert ZeroResultTerm.objects.count() == 1
    editor.post(address("zeroresultterm", "delete", term.pk))
    assert not ZeroResultTerm.objects.exists()


TERMS = st.lists(st.text(alphabet="abc -A", max_size=6), max_size=MAX_TERMS + 3)


@given(TERMS)
def test_distinct_terms_keep_their_order_and_are_never_the_same_to_a_search(terms: list[str]) -> None:
    kept = distinct(terms)
    assert distinct(kept) == kept
    places = iter(terms)
    assert all(term in places for term in kept), "in the order they came"
    assert "The same term stands here twice." not in lint_group(kept, ["other"], {})


@given(
    st.recursive(st.none() | st.integers() | st.text(max_size=4), lambda part: st.lists(part, max_size=3)),
    st.none() | st.text() | st.lists(st.text() | st.integers(), max_size=3),
    st.none() | st.lists(st.text()) | st.dictionaries(st.text(max_size=3), st.none() | st.integers()),
)
def test_the_check_answers_any_shape_in_words(terms: object, means: object, ambiguous: object) -> None:
    problems = lint_group(terms, means, ambiguous)
    assert all(problem.endswith(".") for problem in problems)
    if not isinstance(terms, list) or not isinstance(means, list) or not isinstance(ambiguous, dict):
        assert problems
