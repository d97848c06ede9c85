"""The fixed pages and the blocks: made once, kept as edited, refused where they do not hold."""

from typing import Any

import pytest
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page, Site

from core.models import Term, Vocabulary
from playbook.addresses import address_of
from playbook.blocks.play import MAX_KEY, StepsBlock, key_of
from playbook.models import PagesIndexPage, PhasePage, PlaybookIndexPage
from playbook.services.ensure_tree import ROOT_TITLE, ensure_tree
from playbook.services.fingerprint import play_fingerprint, standard_fingerprint, without_ids
from tests.playbook.factories import make_front, make_page, make_play, make_terms, publish, step

pytestmark = pytest.mark.django_db


def test_the_tree_is_made_once() -> None:
    make_terms()
    first, second = ensure_tree(), ensure_tree()
    assert (first.playbook.pk, first.pages.pk) == (second.playbook.pk, second.pages.pk)
    assert PlaybookIndexPage.objects.count() == PagesIndexPage.objects.count() == 1
    assert PhasePage.objects.count() == Term.objects.of(Vocabulary.LIFECYCLE_PHASE).count()


def test_the_fronts_are_live_at_their_addresses() -> None:
    tree = ensure_tree()
    assert tree.playbook.get_absolute_url() == "/playbook/"
    assert tree.pages.get_absolute_url() == "/pages/"
    assert tree.playbook.live
    assert tree.playbook.effective_audience == "community"


def test_addresses_are_those_of_wagtail() -> None:
    for page in (make_play(), make_page(), make_front()):
        assert address_of(Page.objects.get(pk=page.pk)) == page.get_absolute_url() == page.get_url()


def test_an_ampersand_is_a_word_in_an_address() -> None:
    Term.objects.create(vocabulary=Vocabulary.LIFECYCLE_PHASE, code="want_get", label="Want & Get")
    ensure_tree()
    assert PhasePage.objects.get(phase__code="want_get").slug == "want-and-get"


def test_edited_fronts_and_phases_stay() -> None:
    make_front()
    phase = publish(PhasePage.objects.get(phase__code="startup"), title="Beginnings", lead="Ours.")
    publish(PlaybookIndexPage.objects.get(), title="Our book")
    ensure_tree()
    assert PlaybookIndexPage.objects.get().title == "Our book"
    assert PhasePage.objects.get(pk=phase.pk).title == "Beginnings"


def test_a_phase_added_later_gets_its_page() -> None:
    make_front()
    Term.objects.create(vocabulary=Vocabulary.LIFECYCLE_PHASE, code="later", label="Later")
    ensure_tree()
    assert PhasePage.objects.filter(phase__code="later", live=True).exists()


def test_the_root_page_bears_the_name_of_the_portal() -> None:
    ensure_tree()
    assert Site.objects.get(is_default_site=True).root_page.title == ROOT_TITLE


def test_a_site_is_made_where_somebody_removed_it() -> None:
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    Page.objects.filter(depth=1).update(numchild=0)
    tree = ensure_tree()
    assert Site.objects.get().root_page.pk == tree.playbook.get_parent().pk


def test_only_one_front_may_be_made() -> None:
    tree = ensure_tree()
    assert not PlaybookIndexPage.can_create_at(tree.playbook.get_parent())


def cleaned(*steps: dict[str, Any]) -> list[str]:
    """The keys of steps after cleaning."""
    block = StepsBlock()
    return [child.value["key"] for child in block.clean(block.to_python(list(steps)))]


def test_a_step_without_a_key_gets_one_and_others_keep_theirs() -> None:
    assert cleaned(step("Map it", key=""), step("Hold it", key="kept")) == ["map_it", "kept"]


def test_equal_keys_are_refused_at_the_later_step() -> None:
    with pytest.raises(StreamBlockValidationError) as refused:
        cleaned(step("One", "same"), step("Two", "same"), step("Three", "other"))
    assert list(refused.value.block_errors) == [1]


def test_a_draft_may_hold_steps_without_titles() -> None:
    block = StepsBlock()
    value = block.to_python([step("", key=""), step("", key="")])
    assert len(block.clean_deferred(value)) == 2


@pytest.mark.parametrize("title", ["A" * 200, "Ein Schlüssel", "1, 2, 3", "…"])
def test_keys_fit_their_field(title: str) -> None:
    key = key_of(title)
    assert len(key) <= MAX_KEY
    assert key == key.strip("_")
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")


def test_the_fingerprint_sees_words_and_not_ids() -> None:
    assert without_ids([{"id": "a", "value": {"id": "b", "x": [1, {"id": "c"}]}}]) == [
        {"value": {"x": [1, {}]}}
    ]
    play = make_play(steps=[step()])
    before = play_fingerprint(play)
    renamed = [{**step(), "id": "another-id"}]
    assert play_fingerprint(publish(play, steps=renamed)) == before
    assert play_fingerprint(publish(play, steps=[step("Else")])) != before


@pytest.mark.parametrize("change", [{"title": "Other"}, {"lead": "Other"}, {"body": "Other"}])
def test_the_fingerprint_of_a_page_is_of_all_its_words(change: dict[str, str]) -> None:
    page = make_page()
    before = standard_fingerprint(page)
    assert standard_fingerprint(publish(page)) == before
    assert standard_fingerprint(publish(page, **change)) != before
