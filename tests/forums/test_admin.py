"""Boards and tags in the admin: who keeps them, and that every change goes through the services."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from core.audiences import COMMUNITY, PRACTITIONERS
from core.models import AuditEntry, Term, Vocabulary
from forums.choices import FollowKind, Level
from forums.models import Board, Follow, Tag, Topic
from forums.reading.tags import kept_tags
from forums.services.keep_tag import approve_tag, merge_tag, reject_tag
from people.models import User
from people.roles import Role
from people.services.ensure_roles import grant_admin_rights
from tests.forums.factories import BoardFactory, TagFactory, TopicFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
LISTS = ("forum_boards", "forum_tags")


def signed_in(client: Client, *roles: str, **fields: Any) -> User:
    grant_admin_rights()
    person: User = UserFactory(roles=roles, **fields)
    client.force_login(person)
    return person


def board_form(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Governance",
        "slug": "governance",
        "description": "Chairs.",
        "audience": COMMUNITY,
        "order": 3,
        **changes,
    }


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.MEMBER, (False, False)),
        (Role.CONTRIBUTOR, (False, False)),
        (Role.STEWARD, (False, True)),
        (Role.FACILITATOR, (True, True)),
        (Role.ADMINISTRATOR, (False, False)),
    ],
)
def test_who_keeps_boards_and_tags(client: Client, role: str, seen: tuple[bool, bool]) -> None:
    signed_in(client, role)
    answers = [client.get(reverse(f"{name}:index")).status_code == 200 for name in LISTS]
    assert tuple(answers) == seen


def test_a_facilitator_makes_and_changes_a_board(client: Client) -> None:
    person = signed_in(client, Role.FACILITATOR, is_practitioner=True)
    made = client.post(reverse("forum_boards:add"), board_form())
    assert made.status_code == 302
    board = Board.objects.get()
    topic = TopicFactory(board=board)
    address = reverse("forum_boards:edit", args=[board.pk])
    changed = board_form(title="Committees", slug="elsewhere", audience=PRACTITIONERS, closed="on")
    assert client.post(address, changed).status_code == 302
    board.refresh_from_db()
    assert (board.title, board.slug, board.closed) == ("Committees", "governance", True)
    assert Topic.objects.get(pk=topic.pk).audience == PRACTITIONERS
    rows = AuditEntry.objects.filter(actor=person, object_type="forums.board")
    wanted = {"forum.make_board", "forum.change_board", "forum.board_audience"}
    assert {row.action for row in AuditEntry.objects.filter(actor=person)} >= wanted, rows


@pytest.mark.parametrize("slug", ["ask", "saved", "flags", "posts", "messages", "answers"])
def test_a_board_never_has_the_address_of_a_page(client: Client, slug: str) -> None:
    signed_in(client, Role.FACILITATOR)
    page = client.post(reverse("forum_boards:add"), board_form(slug=slug))
    assert "A page of the forums has this address" in page.content.decode()
    assert not Board.objects.exists()


def test_nobody_shuts_themselves_out_and_boards_of_others_are_not_there(client: Client) -> None:
    signed_in(client, Role.FACILITATOR)
    page = client.post(reverse("forum_boards:add"), board_form(audience=PRACTITIONERS))
    assert "You do not belong to this audience" in page.content.decode()
    narrow, seen = BoardFactory(title="Quetzal board", audience=PRACTITIONERS), BoardFactory()
    assert "Quetzal" not in client.get(reverse("forum_boards:index")).content.decode()
    address = reverse("forum_boards:edit", args=[narrow.pk])
    assert client.post(address, board_form()).status_code == 404
    for name in ("edit", "history", "usage"):
        assert client.get(reverse(f"forum_boards:{name}", args=[narrow.pk])).status_code == 404
        assert client.get(reverse(f"forum_boards:{name}", args=[seen.pk])).status_code == 200
    narrow.refresh_from_db()
    assert narrow.audience == PRACTITIONERS


def test_a_steward_approves_joins_and_deletes_words(client: Client) -> None:
    signed_in(client, Role.STEWARD)
    good, twin, bad = (TagFactory(label=word, approved=False) for word in ("chairs", "chair men", "acme"))
    topic = TopicFactory()
    topic.tags.set([twin, bad])
    listed = client.get(reverse("forum_tags:index")).content.decode()
    assert all(word in listed for word in ("chairs", "chair men", "acme"))
    client.post(reverse("forum_tags:edit", args=[good.pk]), {"label": "chair", "into": ""})
    good.refresh_from_db()
    assert (good.label, good.approved) == ("chair", True)
    client.post(reverse("forum_tags:edit", args=[twin.pk]), {"label": "chair men", "into": good.pk})
    assert set(topic.tags.all()) == {good, bad}
    client.post(reverse("forum_tags:delete", args=[bad.pk]))
    assert set(topic.tags.all()) == {good}
    assert list(Tag.objects.all()) == [good]
    acts = list(AuditEntry.objects.filter(object_type__icontains="tag").values_list("action", flat=True))
    assert sorted(acts) == ["forum.approve_tag", "forum.merge_tag", "forum.reject_tag"]


def test_followers_go_with_a_tag_that_is_joined() -> None:
    steward, both, one = (UserFactory() for _ in range(3))
    tag, other = TagFactory(approved=False), TagFactory()
    for person, followed in ((both, tag), (both, other), (one, tag)):
        Follow.objects.create(user=person, kind=FollowKind.TAG, object_id=followed.pk, level=Level.WATCHING)
    gone = tag.pk
    merge_tag(actor=steward, tag_id=tag.pk, into_id=other.pk)
    assert set(Follow.objects.values_list("user", "object_id")) == {(both.pk, other.pk), (one.pk, other.pk)}
    assert not Follow.objects.filter(object_id=gone).exists()


def test_terms_of_the_vocabularies_are_not_kept_here(client: Client) -> None:
    term = Term.objects.create(
        vocabulary=Vocabulary.LIFECYCLE_PHASE, code="operate", label="Operate", order=1
    )
    tag = TagFactory(term=term)
    steward = signed_in(client, Role.STEWARD)
    assert tag.label not in client.get(reverse("forum_tags:index")).content.decode()
    assert client.get(reverse("forum_tags:edit", args=[tag.pk])).status_code == 404
    with pytest.raises(ValidationError):
        reject_tag(actor=steward, tag_id=tag.pk)
    with pytest.raises(ValidationError):
        approve_tag(actor=steward, tag_id=tag.pk, label="Else")


def test_a_tag_is_joined_with_another_approved_one_only() -> None:
    steward, tag, waiting = UserFactory(), TagFactory(approved=False), TagFactory(approved=False)
    for other in (tag, waiting):
        with pytest.raises(ValidationError):
            merge_tag(actor=steward, tag_id=tag.pk, into_id=other.pk)


def test_words_of_topics_that_a_steward_does_not_read_are_not_there(client: Client) -> None:
    steward = signed_in(client, Role.STEWARD)
    narrow = TopicFactory(board=BoardFactory(audience=PRACTITIONERS))
    hidden, both, old = TagFactory(label="quetzal", approved=False), TagFactory(approved=False), TagFactory()
    hidden.topics.add(narrow)
    both.topics.add(narrow, TopicFactory())
    old.topics.add(narrow)
    page = client.get(reverse("forum_tags:index")).content.decode()
    assert (both.label in page, hidden.label in page, old.label in page) == (True, False, False)
    assert client.get(reverse("forum_tags:edit", args=[hidden.pk])).status_code == 404
    assert client.post(reverse("forum_tags:delete", args=[hidden.pk])).status_code == 404
    assert old.label not in client.get(reverse("forum_tags:edit", args=[both.pk])).content.decode()
    assert list(kept_tags(steward).values_list("used", flat=True)) == [1]
