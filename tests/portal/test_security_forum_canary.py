"""The canary of the forum: words planted in a topic of a board that is then narrowed are seen by nobody outside.

They stand in the title, in every post, in a tag, and in the board itself. Every role walks every address and searches for
each of them; then the topic is taken out, and what is shown to others must not change.
"""

import pytest

from forums.models import Topic
from forums.services.change_board_audience import change_board_audience
from forums.services.edit_post import edit_post
from forums.services.tags import find_or_make_tags
from tests.people.factories import UserFactory
from tests.portal.planting import Planted, word
from tests.portal.test_security_canary import LISTS, OUTSIDERS, leaked, searches, telling
from tests.portal.world import World, found_world, object_addresses, pattern_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.world("small")]
FORUM_LISTS = tuple(
    f"/forums/{board}?tab={tab}" for board in ("", "governance/") for tab in ("all", "unread", "unsolved")
)


@pytest.fixture
def world() -> World:
    """The small portal."""
    return found_world()


@pytest.fixture
def planted(world: World) -> Planted:
    """A word in every text of a topic, indexed by the services, its board narrowed at last."""
    topic = Topic.objects.select_related("board").get(board__slug="governance")
    facilitator = world.people["facilitator"]
    words = {"title": word("topic.title"), "board": word("topic.board"), "tag": word("topic.tag")}
    for post in topic.posts.order_by("number"):
        words[f"post {post.number}"] = word(f"topic.post.{post.number}")
        title = f"{words['title']} chairs the committee?" if post.opens else None
        edit_post(editor=facilitator, post_id=post.pk, body=f"A {words[f'post {post.number}']}.", title=title)
    topic.tags.add(*find_or_make_tags([words["tag"]], approved=True))
    topic.board.description = words["board"]
    topic.board.save()
    change_board_audience(board_id=topic.board_id, audience="practitioners", actor=None)
    topic.refresh_from_db()
    return Planted("topic", topic, words, {}, topic.get_absolute_url())


def test_nobody_outside_sees_a_word_of_a_narrowed_board(world: World, planted: Planted) -> None:
    insider = world.client("stranger")
    insider.force_login(UserFactory(is_practitioner=True))
    page = insider.get(planted.address).content.decode()
    assert sum(value in page for value in planted.words.values()) == len(planted.words) - 1
    assert planted.address in insider.get(f"/search/?q={planted.words['post 2']}").content.decode()
    pages = sorted({*pattern_addresses(world.samples).values(), *object_addresses(), *FORUM_LISTS})
    for role in OUTSIDERS:
        readable = [page for page in pages if not page.startswith("/admin/")]
        client = world.client(role)
        assert leaked(client, [*readable, *searches(planted)], planted) == {}, role
        assert client.get(planted.address).status_code in (302, 404)


def test_with_and_without_it_the_forum_looks_the_same(world: World, planted: Planted) -> None:
    urls = [
        *LISTS,
        *FORUM_LISTS[:3],
        "/search/?q=committee&kind=topic",
        f"/search/?q={planted.words['post 1']}",
    ]
    assert telling(world.client("member"), urls, planted) == set()
