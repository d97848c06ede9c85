"""The effective audience of pages: kept along the tree, over revisions and moves, and told to search."""

from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.audiences import COMMUNITY, NOBODY, PRACTITIONERS, function_token
from playbook.models import PlaybookIndexPage, PlayPage, StandardPage
from playbook.models.mixins import UNSETTLED
from playbook.services.ensure_tree import ensure_tree
from playbook.services.settle_audience import settle_audience
from search import api as search_api
from tests.playbook.factories import make_front, make_page, make_person, make_play, phase_page, publish

pytestmark = pytest.mark.django_db
LEGAL, FINANCE = function_token("legal"), function_token("finance")


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, bool]]:
    """What search was told, as (kind, id, narrowing)."""
    told: list[tuple[str, int, bool]] = []

    def touch(instance: Any, *, kind: str, narrowing: bool = False) -> None:
        told.append((kind, instance.pk, narrowing))

    monkeypatch.setattr(search_api, "touch", touch)
    return told


def effective(page: Any) -> str:
    return str(type(page).objects.get(pk=page.pk).effective_audience)


def test_a_page_that_was_never_published_is_for_nobody() -> None:
    make_front()
    play = make_play(publish=False)
    assert play.effective_audience == UNSETTLED
    assert not play.is_readable_by(make_person())


@pytest.mark.parametrize(
    ("above", "own", "expected"),
    [
        (COMMUNITY, COMMUNITY, COMMUNITY),
        (COMMUNITY, PRACTITIONERS, PRACTITIONERS),
        (PRACTITIONERS, COMMUNITY, PRACTITIONERS),
        (PRACTITIONERS, PRACTITIONERS, PRACTITIONERS),
        (LEGAL, PRACTITIONERS, NOBODY),
        (LEGAL, FINANCE, NOBODY),
    ],
)
def test_the_narrowest_of_page_and_ancestors_decides(above: str, own: str, expected: str) -> None:
    play = make_play(audience=own)
    publish(PlaybookIndexPage.objects.get(), audience=above)
    assert effective(play) == expected


def test_narrowing_the_front_narrows_everything_below_and_flags_it(
    touched: list[tuple[str, int, bool]],
) -> None:
    first, second = make_play("One"), make_play("Two")
    touched.clear()
    publish(PlaybookIndexPage.objects.get(), audience=PRACTITIONERS)
    assert effective(first) == effective(second) == effective(phase_page("startup")) == PRACTITIONERS
    assert {("play", first.pk, True), ("play", second.pk, True)} <= set(touched)


def test_widening_is_told_without_the_flag(touched: list[tuple[str, int, bool]]) -> None:
    play = make_play(audience=PRACTITIONERS)
    touched.clear()
    publish(play, audience=COMMUNITY)
    assert effective(play) == COMMUNITY
    assert ("play", play.pk, True) not in touched
    assert ("play", play.pk, False) in touched


def test_settling_again_changes_nothing(touched: list[tuple[str, int, bool]]) -> None:
    make_play(audience=PRACTITIONERS)
    touched.clear()
    assert settle_audience(page=PlaybookIndexPage.objects.get()) == 0
    assert touched == []


def test_a_moved_page_takes_the_audience_of_its_new_place() -> None:
    page = make_page()
    tree = ensure_tree()
    publish(tree.playbook, audience=PRACTITIONERS)
    page.move(PlaybookIndexPage.objects.get(), pos="last-child")
    assert effective(page) == PRACTITIONERS


def test_an_old_revision_does_not_bring_back_an_old_audience_above_it() -> None:
    play = make_play()
    old = play.latest_revision
    publish(PlaybookIndexPage.objects.get(), audience=PRACTITIONERS)
    old.publish()
    assert effective(play) == PRACTITIONERS


def test_a_narrower_page_is_closed_before_its_audience_is_settled() -> None:
    play = make_play()
    PlayPage.objects.filter(pk=play.pk).update(audience=PRACTITIONERS)
    member = make_person()
    assert effective(play) == COMMUNITY
    assert not PlayPage.objects.visible_to(member).exists()


@pytest.mark.parametrize("audience", [COMMUNITY, PRACTITIONERS, LEGAL, NOBODY])
def test_the_predicate_and_the_queryset_agree(audience: str) -> None:
    play = make_play()
    PlayPage.objects.filter(pk=play.pk).update(audience=audience, effective_audience=audience)
    play = PlayPage.objects.get(pk=play.pk)
    for practises, function, active in product((True, False), ("", "legal"), (True, False)):
        reader = make_person(is_practitioner=practises, business_function=function, is_active=active)
        expected = active and (
            audience == COMMUNITY
            or (audience == PRACTITIONERS and practises)
            or (audience == LEGAL and function == "legal")
        )
        assert PlayPage.objects.visible_to(reader).filter(pk=play.pk).exists() is expected
        assert play.is_readable_by(reader) is expected


def test_a_draft_is_readable_by_nobody() -> None:
    play = make_play(publish=False)
    reader = make_person()
    assert not play.is_readable_by(reader)
    assert not PlayPage.objects.visible_to(reader).exists()


def test_an_audience_nobody_could_hold_is_refused_with_what_to_do() -> None:
    play = make_play(audience=PRACTITIONERS)
    publish(PlaybookIndexPage.objects.get(), audience=LEGAL)
    play = PlayPage.objects.get(pk=play.pk)
    with pytest.raises(ValidationError) as refused:
        play.full_clean()
    assert "Choose the same audience as the page above" in str(refused.value.message_dict["audience"])


def test_unpublishing_tells_search_at_once(touched: list[tuple[str, int, bool]]) -> None:
    play = make_play()
    touched.clear()
    play.unpublish()
    assert ("play", play.pk, True) in touched


def test_deleting_takes_the_page_out_of_search(monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[tuple[str, int]] = []
    monkeypatch.setattr(search_api, "remove", lambda **said: gone.append((said["kind"], said["object_id"])))
    play, page = make_play(), make_page()
    expected = [("play", play.pk), ("page", page.pk)]
    play.delete()
    StandardPage.objects.get(pk=page.pk).delete()
    assert gone == expected
