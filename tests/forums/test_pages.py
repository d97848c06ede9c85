"""The pages of the forums as a reader gets them: what they show, where they lead, what they keep to themselves."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from composer.api import drafts_of
from core.audiences import PRACTITIONERS
from core.models import Vocabulary
from forums.choices import FlagReason
from forums.models import Board, Bookmark, Follow, HelpfulVote, Post, ReadMark, Topic
from forums.presentation import audience_words
from forums.services.flag import flag_post
from people.models import User
from people.roles import Role
from tests.forums.factories import BoardFactory, PostFactory, TagFactory, TopicFactory
from tests.lessons.factories import term
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
TITLE = "How do you split the chair?"


@pytest.fixture
def reader() -> User:
    return UserFactory(name="Lena Vogt")


@pytest.fixture
def visit(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


@pytest.fixture
def board() -> Board:
    return BoardFactory(slug="governance", title="Governance")


@pytest.fixture
def topic(board: Board) -> Topic:
    """A question with forty replies by one colleague."""
    return TopicFactory(
        board=board,
        title=TITLE,
        author=UserFactory(name="Ilse Koster"),
        replies=40,
        replies__author=UserFactory(name="Mei Tanaka"),
    )


def text_of(visit: Client, address: str, status: int = 200) -> str:
    response = visit.get(address)
    assert response.status_code == status, response
    return response.content.decode()


def numbers(html: str) -> list[int]:
    """The numbers of the posts on a page, in their order."""
    return [int(number) for number in re.findall(r'id="post-(\d+)"', html)]


def test_the_front_page_counts_boards_and_lists_all_topics(visit: Client, topic: Topic) -> None:
    hidden = TopicFactory(board=BoardFactory(audience=PRACTITIONERS, title="Only for some"))
    html = text_of(visit, reverse("forums:index"))
    assert "1 topic" in html
    assert "1 new" in html
    assert TITLE in html
    assert hidden.title not in html
    assert "Only for some" not in html


def test_a_board_that_is_not_for_the_reader_is_missing(visit: Client) -> None:
    topic = TopicFactory(board=BoardFactory(audience=PRACTITIONERS))
    for address in (topic.board.get_absolute_url(), topic.get_absolute_url()):
        assert visit.get(address).status_code == 404
    assert visit.get(topic.posts.get().get_absolute_url()).status_code == 404


@pytest.mark.parametrize("tab", ["all", "unread", "unanswered", "unsolved", "mine"])
def test_every_tab_shows_what_it_says(visit: Client, reader: User, board: Board, tab: str) -> None:
    old = timezone.now() - timedelta(days=30)
    titles = {
        "mine": TopicFactory(board=board, author=reader, created=old, kind="discussion").title,
        "unanswered": TopicFactory(board=board, created=old).title,
        "unread": TopicFactory(board=board, kind="discussion").title,
    }
    solved = TopicFactory(board=board, created=old, replies=1)
    solved.accepted = solved.posts.get(number=2)
    solved.save()
    html = text_of(visit, f"{board.get_absolute_url()}?tab={tab}")
    expected = {
        "all": {*titles.values(), solved.title},
        "unsolved": {titles["unanswered"]},
    }.get(tab, {titles.get(tab, "")})
    shown = {title for title in (*titles.values(), solved.title) if title in html}
    assert shown == expected


def test_an_unknown_tab_is_missing(visit: Client, board: Board) -> None:
    assert visit.get(f"{board.get_absolute_url()}?tab=best").status_code == 404


def test_what_is_pinned_stands_first(visit: Client, board: Board) -> None:
    pinned = TopicFactory(board=board, pinned=True, created=timezone.now() - timedelta(days=90))
    newer = TopicFactory(board=board)
    html = text_of(visit, board.get_absolute_url())
    assert html.index(pinned.title) < html.index(newer.title)
    assert html.count(pinned.title) == 1


def test_a_topic_in_windows_of_its_numbers(visit: Client, topic: Topic) -> None:
    assert numbers(text_of(visit, topic.get_absolute_url())) == list(range(1, 26))
    assert numbers(text_of(visit, f"{topic.get_absolute_url()}?from=26")) == list(range(26, 42))
    assert numbers(text_of(visit, f"{topic.get_absolute_url()}?from=30")) == list(range(26, 42))
    assert numbers(text_of(visit, f"{topic.get_absolute_url()}?from=9999999")) == list(range(26, 42))
    assert numbers(text_of(visit, f"{topic.get_absolute_url()}?from=no")) == list(range(1, 26))


def test_reading_is_noted_and_goes_on_at_the_first_unread(visit: Client, reader: User, topic: Topic) -> None:
    visit.get(topic.get_absolute_url())
    mark = ReadMark.objects.get(user=reader)
    assert (mark.number, mark.opened) == (25, 1)
    response = visit.get(topic.get_absolute_url())
    assert response["Location"] == f"{topic.get_absolute_url()}?from=26#post-26"
    html = text_of(visit, f"{topic.get_absolute_url()}?from=26")
    assert html.index("New since you were here") < html.index('id="post-26"')
    mark.refresh_from_db()
    assert mark.number == 41
    assert visit.get(topic.get_absolute_url()).status_code == 200
    assert "New since you were here" not in text_of(visit, f"{topic.get_absolute_url()}?from=26")


def test_a_look_ahead_of_head_requests_notes_nothing(visit: Client, topic: Topic) -> None:
    visit.head(topic.get_absolute_url())
    assert not ReadMark.objects.exists()


def test_the_wrong_board_leads_to_the_right_one(visit: Client, topic: Topic) -> None:
    response = visit.get(reverse("forums:topic", args=["elsewhere", topic.pk]))
    assert response["Location"] == topic.get_absolute_url()


def test_the_accepted_answer_stands_under_the_question_once(visit: Client, topic: Topic) -> None:
    topic.accepted = topic.posts.get(number=30)
    topic.save()
    html = text_of(visit, topic.get_absolute_url())
    assert numbers(html)[:3] == [1, 30, 2]
    assert "Accepted answer" in html
    later = text_of(visit, f"{topic.get_absolute_url()}?from=26")
    assert numbers(later) == list(range(26, 42))
    assert later.count("Accepted answer by") == 1


def test_what_was_taken_down_keeps_its_number_and_shows_no_word(visit: Client, topic: Topic) -> None:
    for number, state in ((3, "hidden"), (4, "deleted")):
        topic.posts.filter(number=number).update(**{state: timezone.now()}, body=f"secret {number}")
    html = text_of(visit, topic.get_absolute_url())
    assert numbers(html) == list(range(1, 26))
    assert "secret" not in html
    assert html.count("was taken down") == 2
    visit.force_login(UserFactory(roles=(Role.FACILITATOR,)))
    html = text_of(visit, topic.get_absolute_url())
    assert "secret 3" in html
    assert "secret 4" in html


def test_a_post_leads_to_its_place(visit: Client, topic: Topic) -> None:
    post = topic.posts.get(number=33)
    assert visit.get(post.get_absolute_url())["Location"] == f"{topic.get_absolute_url()}?from=33#post-33"


def test_a_day_leads_to_its_first_post(visit: Client, topic: Topic) -> None:
    later = timezone.now() + timedelta(days=3)
    topic.posts.filter(number__gte=31).update(created=later)
    day = timezone.localtime(later).date().isoformat()
    assert visit.get(f"{topic.get_absolute_url()}?on={day}")["Location"].endswith("?from=31#post-31")
    for wrong in ("2026-13-40", "yesterday"):
        assert visit.get(f"{topic.get_absolute_url()}?on={wrong}").status_code == 404


@pytest.mark.parametrize(
    ("day", "zone"), [("0001-01-01", "Asia/Tokyo"), ("9999-12-31", "America/Los_Angeles")]
)
def test_a_day_at_the_edge_of_the_calendar_is_no_fault(
    client: Client, topic: Topic, day: str, zone: str
) -> None:
    client.force_login(UserFactory(profile={"time_zone": zone}))
    assert client.get(f"{topic.get_absolute_url()}?on={day}").status_code in (302, 404)


def test_asking_without_javascript(visit: Client, board: Board) -> None:
    address = f"{reverse('forums:ask')}?board=governance&title=What+is+a+quorum&kind=question"
    html = text_of(visit, address)
    assert 'value="What is a quorum"' in html
    typed = {
        "kind": "question",
        "board": board.pk,
        "title": "What is a quorum?",
        "body": "Half, or more?",
        "tags": "quorum",
    }
    preview = visit.post(reverse("forums:ask"), {**typed, "act": "preview"})
    assert preview.status_code == 200
    assert not Topic.objects.exists()
    response = visit.post(reverse("forums:ask"), {**typed, "act": "post"})
    topic = Topic.objects.get()
    assert response["Location"] == topic.get_absolute_url()
    again = visit.post(reverse("forums:ask"), {**typed, "act": "post"})
    assert again["Location"] == topic.get_absolute_url()
    assert Topic.objects.count() == 1


def test_what_is_refused_keeps_what_was_typed(visit: Client, board: Board) -> None:
    response = visit.post(
        reverse("forums:ask"), {"kind": "question", "board": board.pk, "title": "Short", "body": "  kept  \n"}
    )
    assert response.status_code == 422
    html = response.content.decode()
    assert "at least 10 characters" in html
    assert "  kept  \n" in html


def test_replying_quoting_and_replying_twice(visit: Client, reader: User, topic: Topic) -> None:
    html = text_of(visit, f"{topic.get_absolute_url()}?from=1&quote=2")
    parent = topic.posts.get(number=2)
    assert f"&gt; {parent.body}" in html
    assert f'name="parent" value="{parent.pk}"' in html
    typed = {"body": f"> {parent.body}\n\nSo do we.", "parent": parent.pk}
    for _time in range(2):
        response = visit.post(topic.get_absolute_url(), typed)
        reply = Post.objects.get(topic=topic, number=42)
        assert response["Location"] == reply.get_absolute_url()
    assert (reply.author, reply.parent) == (reader, parent)
    assert Post.objects.filter(topic=topic).count() == 42


def test_a_locked_topic_shows_no_form_and_takes_no_reply_but_keeps_its_words(
    visit: Client, reader: User, topic: Topic
) -> None:
    Topic.objects.update(locked=timezone.now())
    assert 'name="body"' not in text_of(visit, topic.get_absolute_url())
    answer = visit.post(topic.get_absolute_url(), {"body": "One more."})
    assert answer.status_code == 422
    assert "This topic is closed" in answer.content.decode()
    assert "One more." in answer.content.decode()
    assert topic.posts.count() == 41
    assert [draft.fields["body"] for draft in drafts_of(reader)] == ["One more."]


def test_small_acts_lead_back_and_never_away(visit: Client, reader: User, topic: Topic) -> None:
    post = topic.posts.get(number=2)
    back = f"{topic.get_absolute_url()}?from=2#post-2"
    assert visit.post(reverse("forums:helpful", args=[post.pk]), {"next": back})["Location"] == back
    assert visit.post(reverse("forums:bookmark", args=[post.pk]), {"next": "//evil.example/"})[
        "Location"
    ] == reverse("forums:index")
    assert HelpfulVote.objects.filter(user=reader, post=post).exists()
    assert Bookmark.objects.filter(user=reader, post=post).exists()
    assert topic.title in text_of(visit, reverse("forums:saved"))
    assert visit.post(reverse("forums:accept", args=[post.pk])).status_code == 404
    follow = {"kind": "board", "object": topic.board_id, "level": "watching"}
    assert visit.post(reverse("forums:follow"), follow).status_code == 302
    assert Follow.objects.get(user=reader).level == "watching"
    for wrong in ({"level": "loudly"}, {"kind": "person"}, {"object": "9" * 25}, {"object": "x"}):
        assert visit.post(reverse("forums:follow"), follow | wrong).status_code == 404


def test_saved_posts_that_may_not_be_seen_any_more_are_not_listed(
    visit: Client, reader: User, topic: Topic
) -> None:
    Bookmark.objects.create(user=reader, post=topic.posts.get(number=2))
    topic.posts.filter(number=2).update(hidden=timezone.now())
    assert topic.title not in text_of(visit, reverse("forums:saved"))


def test_accepting_from_the_page(visit: Client, topic: Topic) -> None:
    visit.force_login(topic.author)
    post = topic.posts.get(number=5)
    assert "This is the answer" in text_of(visit, topic.get_absolute_url())
    visit.post(reverse("forums:accept", args=[post.pk]), {"next": topic.get_absolute_url()})
    topic.refresh_from_db()
    assert topic.accepted == post


def test_marking_all_read_and_taking_it_back(visit: Client, reader: User, board: Board, topic: Topic) -> None:
    ReadMark.objects.create(user=reader, topic=topic, number=3, opened=2)
    fresh = TopicFactory(board=board)
    assert "2 new" in text_of(visit, reverse("forums:index"))
    visit.post(reverse("forums:read_all"), {"board": "governance"})
    marks = dict(ReadMark.objects.values_list("topic", "number"))
    assert marks == {topic.pk: 41, fresh.pk: 1}
    html = text_of(visit, reverse("forums:index"))
    assert "2 topics marked as read" in html
    assert "marked as read" not in text_of(visit, reverse("forums:index"))
    visit.post(reverse("forums:read_all"), {"undo": "1"})
    assert dict(ReadMark.objects.values_list("topic", "number")) == {topic.pk: 3}


def test_who_sees_it_follows_the_board_and_tells_of_no_board_one_may_not_see(
    visit: Client, board: Board
) -> None:
    own = BoardFactory(slug="practice", audience=PRACTITIONERS)
    address = reverse("forums:who_sees")
    unknown = text_of(visit, f"{address}?board=")
    assert text_of(visit, f"{address}?board={board.pk}") == escape(audience_words(board.audience)) != unknown
    for hidden in (str(own.pk), "0", "x", "9" * 40):
        assert visit.get(address, {"board": hidden}).content.decode() == unknown
    visit.force_login(UserFactory(is_practitioner=True))
    assert text_of(visit, f"{address}?board={own.pk}") == escape(audience_words(PRACTITIONERS))


def began(html: str) -> str:
    """What the form says its editor began with."""
    found = re.search(r'name="began" value="([0-9a-f]+)"', html)
    assert found
    return found.group(1)


def test_editing_and_the_second_of_two(visit: Client, topic: Topic) -> None:
    visit.force_login(topic.author)
    post = topic.posts.get(number=1)
    address = reverse("forums:edit", args=[post.pk])
    html = text_of(visit, address)
    seen = began(html)
    response = visit.post(address, {"title": "A better title for it", "body": "Ours.", "began": seen})
    assert response["Location"] == post.get_absolute_url()
    late = visit.post(address, {"title": "A better title for it", "body": "Mine.", "began": seen})
    assert late.status_code == 422
    html = late.content.decode()
    assert "Mine." in html
    assert "Ours." in html
    joined = {"title": "A better title for it", "body": "Ours. Mine.", "began": began(html)}
    assert visit.post(address, joined)["Location"] == post.get_absolute_url()
    assert topic.posts.get(number=1).body == "Ours. Mine."
    visit.force_login(UserFactory())
    assert visit.get(address).status_code == 404


@pytest.mark.parametrize("unnamed", [False, True])
def test_who_takes_a_question_down_may_ask_it_again_at_once(
    visit: Client, reader: User, board: Board, unnamed: bool
) -> None:
    UserFactory(roles=(Role.FACILITATOR,))
    asked = {"kind": "question", "board": board.pk, "title": TITLE, "body": "We argue.", "act": "post"}
    asked |= {"unnamed": "on"} if unnamed else {}
    for _time in range(2):
        assert visit.post(reverse("forums:ask"), asked).status_code == 302
        assert visit.post(reverse("forums:ask"), asked).status_code == 302  # a second click
        (post,) = Post.objects.standing()
        assert visit.post(reverse("forums:delete", args=[post.pk]), {"reason": ""}).status_code == 302
    assert Topic.objects.count() == 2


def test_a_question_that_was_hidden_at_once_is_not_asked_twice_by_a_second_click(
    visit: Client, board: Board
) -> None:
    facilitator = UserFactory(roles=(Role.FACILITATOR,))
    asked = {"kind": "question", "board": board.pk, "title": TITLE, "body": "We argue.", "act": "post"}
    visit.post(reverse("forums:ask"), asked | {"unnamed": "on"})
    flag_post(reporter=facilitator, post_id=Post.objects.get().pk, reason=FlagReason.CONFIDENTIAL)
    assert visit.post(reverse("forums:ask"), asked | {"unnamed": "on"}, follow=True).status_code == 200
    assert Topic.objects.count() == 1


def test_a_reply_that_was_taken_down_may_be_given_again(visit: Client, reader: User, topic: Topic) -> None:
    for _time in range(2):
        visit.post(topic.get_absolute_url(), {"body": "Toss a coin."})
        reply = Post.objects.standing().get(body="Toss a coin.")
        visit.post(reverse("forums:delete", args=[reply.pk]), {"reason": ""})
    assert topic.posts.filter(body="Toss a coin.").count() == 2


def test_a_change_of_a_post_that_was_closed_meanwhile_is_kept_for_its_author(
    visit: Client, client: Client, reader: User, board: Board
) -> None:
    topic = TopicFactory(board=board, author=reader, locked=timezone.now())
    address = reverse("forums:edit", args=[topic.posts.get().pk])
    typed = {"title": TITLE, "body": "We toss a coin now."}
    answer = visit.post(address, typed, follow=True)
    assert answer.status_code == 200
    assert "We toss a coin now." in answer.content.decode()
    assert "cannot be changed any more" in answer.content.decode()
    client.force_login(UserFactory())
    assert client.post(address, typed).status_code == 404
    assert client.get(answer.redirect_chain[0][0]).status_code == 404


def test_a_text_may_go_back_and_forth(visit: Client, reader: User, board: Board) -> None:
    post = TopicFactory(board=board, author=reader).posts.get()
    address = reverse("forums:edit", args=[post.pk])
    for body in ("Once.", "Twice.", "Once.", "Twice."):
        began = str(visit.get(address).context["form"]["began"].value())
        typed = {"title": TITLE, "body": body, "began": began}
        for _click in range(2):
            assert visit.post(address, typed).status_code == 302
        post.refresh_from_db()
        assert post.body == body


def test_a_tag_leads_to_its_topics_and_is_followed_there(
    visit: Client, reader: User, topic: Topic, board: Board
) -> None:
    tag, other = TagFactory(label="chairs"), TopicFactory(board=board)
    topic.tags.add(tag)
    hidden = TopicFactory(board=BoardFactory(audience=PRACTITIONERS))
    hidden.tags.add(tag)
    address = reverse("forums:tag", args=[tag.slug])
    assert f'href="{address}"' in text_of(visit, f"{topic.get_absolute_url()}?from=1")
    html = text_of(visit, address)
    assert topic.title in html
    assert other.title not in html
    assert hidden.title not in html
    assert 'name="board"' not in html
    form = {"kind": "tag", "object": tag.pk, "level": "watching", "next": address}
    assert f'name="object" value="{tag.pk}"' in html
    assert visit.post(reverse("forums:follow"), form)["Location"] == address
    assert Follow.objects.get(user=reader, kind="tag").level == "watching"
    assert 'value="watching" selected' in text_of(visit, address)


@pytest.mark.parametrize("state", ["waits", "elsewhere"])
def test_a_word_that_the_reader_may_not_know_is_no_page_and_is_not_followed(
    visit: Client, topic: Topic, state: str
) -> None:
    tag = TagFactory(approved=state == "elsewhere")
    place = TopicFactory(board=BoardFactory(audience=PRACTITIONERS)) if state == "elsewhere" else topic
    place.tags.add(tag)
    assert visit.get(reverse("forums:tag", args=[tag.slug])).status_code == 404
    form = {"kind": "tag", "object": tag.pk, "level": "watching"}
    assert visit.post(reverse("forums:follow"), form).status_code == 404


def test_the_page_of_a_tag_asks_the_same_however_many_topics_it_has(visit: Client, board: Board) -> None:
    tag, counts = TagFactory(), []
    visit.get(reverse("forums:tag", args=[TagFactory(term=term(Vocabulary.COMPONENT, "trust")).slug]))
    for more in (2, 12):
        for topic in TopicFactory.create_batch(more, board=board, author=UserFactory()):
            topic.tags.add(tag)
        with CaptureQueriesContext(connection) as asked:
            visit.get(reverse("forums:tag", args=[tag.slug]))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_waiting_words_are_shown_to_nobody_yet(visit: Client, topic: Topic) -> None:
    topic.tags.add(TagFactory(label="approved word"), TagFactory(label="waiting word", approved=False))
    html = text_of(visit, topic.get_absolute_url()) + text_of(visit, topic.board.get_absolute_url())
    assert html.count("approved word") >= 1
    assert "waiting word" not in html


def test_an_old_topic_offers_a_new_question(visit: Client, board: Board) -> None:
    old = TopicFactory(board=board, created=timezone.now() - timedelta(days=200))
    assert "Ask it anew" in text_of(visit, old.get_absolute_url())
    PostFactory(topic=old, number=2)
    Topic.objects.update(last_posted=timezone.now(), last_number=2)
    assert "Ask it anew" not in text_of(visit, f"{old.get_absolute_url()}?from=1")


@pytest.mark.parametrize(
    ("name", "below"),
    [(name, name) for name in ("accept", "helpful", "flag", "delete", "restore", "edit", "history")]
    + [("bookmark", "save")],
)
def test_acts_stand_below_the_address_of_their_post(name: str, below: str) -> None:
    """The page of a topic makes one address a post, and adds the act."""
    post = reverse("forums:post", args=[1234])
    assert reverse(f"forums:{name}", args=[1234]) == f"{post}{below}/"
