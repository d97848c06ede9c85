"""Versions of plays: one up for every change readers see, none for what they do not."""

import pytest
from django.test import Client
from django.utils import timezone

from core.models import AuditEntry, StoredFact
from playbook.models import PlayPage, PlayVersion, ToolUse
from tests.playbook.factories import make_person, make_play, make_terms, make_tool, publish, step

pytestmark = pytest.mark.django_db


def test_the_first_publish_is_version_one_without_a_note() -> None:
    play = make_play(change_note="Nobody knew it before")
    assert play.version == 1
    assert [(row.number, row.note) for row in play.versions.all()] == [(1, "")]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Do another thing"},
        {"purpose": "It helps more."},
        {"signs": "One sign"},
        {"steps": [step("Close the door", "close_the_door")]},
        {"pitfalls": [{"type": "pitfall", "value": {"title": "Haste", "text": "Slow down."}}]},
    ],
)
def test_a_change_readers_see_counts_one_up(changes: dict[str, object]) -> None:
    play = publish(make_play(), **changes)
    assert play.version == 2


def test_a_change_of_terms_and_links_counts() -> None:
    play, other = make_play(), make_play("Other")
    assert publish(play, habits=[make_terms()["H1"]]).version == 2
    assert publish(play, related=[other]).version == 3


@pytest.mark.parametrize("changes", [{}, {"change_note": "Nothing"}])
def test_publishing_the_same_words_again_makes_no_version(changes: dict[str, object]) -> None:
    play = publish(make_play(), **changes)
    assert play.version == 1
    assert play.versions.count() == 1


def test_verifying_or_handing_over_is_no_new_version() -> None:
    play = publish(make_play(), last_verified=timezone.localdate(), play_owner=make_person())
    assert play.version == 1


def test_an_old_revision_published_again_goes_on_counting() -> None:
    play = make_play()
    old = play.latest_revision
    publish(play, title="Do it differently")
    old.publish()
    assert PlayPage.objects.get(pk=play.pk).version == 3


def test_a_note_tells_of_its_version_only() -> None:
    play = publish(make_play(), title="Second", change_note="Shorter title")
    publish(play, title="Third", change_note="Shorter title")
    assert [row.note for row in play.versions.order_by("number")] == ["", "Shorter title", ""]


def test_a_version_leaves_a_trace_and_a_fact() -> None:
    play = publish(make_play(), title="Second")
    entries = AuditEntry.objects.filter(action="play.publish", object_id=str(play.pk)).order_by("pk")
    assert [entry.changes for entry in entries] == [{"version": ["0", "1"]}, {"version": ["1", "2"]}]
    facts = StoredFact.objects.filter(name="play_published").order_by("pk")
    assert [fact.payload for fact in facts] == [{"page_id": play.pk, "version": number} for number in (1, 2)]


def test_a_copy_starts_anew() -> None:
    play = publish(make_play(), title="Second")
    copy = play.copy(update_attrs={"slug": "a-copy"}, keep_live=False)
    assert copy.specific.version == 0
    assert copy.specific.code is None


def test_the_tools_of_a_live_play_are_kept_beside_it() -> None:
    first, second, third = make_tool("One"), make_tool("Two"), make_tool("Three")
    play = make_play(
        steps=[step(tools=[{"type": "item", "id": "a", "value": first.pk}])], more_tools=[second]
    )
    assert set(ToolUse.objects.values_list("tool_id", "step_key")) == {
        (first.pk, "open_the_door"),
        (second.pk, ""),
    }
    publish(play, steps=[step()], more_tools=[third])
    assert set(ToolUse.objects.values_list("tool_id", "step_key")) == {(third.pk, "")}


def test_changed_lately_lists_later_versions_newest_first_with_their_notes(client: Client) -> None:
    first, second = make_play("Alpha"), make_play("Beta")
    publish(first, title="Alpha again", change_note="Gate card added")
    publish(second, title="Beta again")
    client.force_login(make_person())
    page = client.get("/playbook/?view=changed").content.decode()
    assert page.index("Beta again") < page.index("Alpha again")
    assert "Gate card added" in page
    assert "Edited, without a note on what changed." in page
    assert PlayVersion.objects.count() == 4
    assert 'Changed lately<span class="n">2</span>' in page


def test_without_a_change_the_list_says_so(client: Client) -> None:
    make_play()
    client.force_login(make_person())
    page = client.get("/playbook/?view=changed").content.decode()
    assert "Nothing changed yet" in page
