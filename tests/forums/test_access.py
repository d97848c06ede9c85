"""Who reads, answers, changes and accepts what: every predicate equals its queryset twin, over the whole matrix."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.audiences import COMMUNITY, NOBODY, PRACTITIONERS, function_token
from forums import permissions
from forums.models import Board, ExternalAuthor, Post, Topic
from people.models import User
from people.roles import Role
from tests.forums.factories import BoardFactory, PostFactory, TopicFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
AUDIENCES = (COMMUNITY, PRACTITIONERS, function_token("safety"), NOBODY)
PEOPLE = {
    "member": {"roles": (Role.MEMBER,)},
    "steward": {"roles": (Role.STEWARD,)},
    "facilitator": {"roles": (Role.FACILITATOR,)},
    "administrator": {"roles": (Role.ADMINISTRATOR,)},
    "practitioner": {"roles": (Role.MEMBER,), "is_practitioner": True},
    "practising facilitator": {"roles": (Role.FACILITATOR,), "is_practitioner": True},
    "safety": {"roles": (Role.MEMBER,), "business_function": "safety"},
    "nothing at all": {"roles": ()},
    "left": {"roles": (Role.FACILITATOR,), "is_active": False, "is_practitioner": True},
}
BOARD_TWINS = (
    (permissions.may_read_board, permissions.readable_boards),
    (permissions.may_open_topic, permissions.open_boards),
)
TOPIC_TWINS = (
    (permissions.may_read_topic, permissions.readable_topics),
    (permissions.may_find_topic, permissions.findable_topics),
    (permissions.may_reply, permissions.repliable_topics),
    (permissions.may_keep_topic, permissions.kept_topics),
)
POST_TWINS = (
    (permissions.may_read_post, permissions.readable_posts),
    (permissions.may_edit_post, permissions.editable_posts),
    (permissions.may_accept, permissions.acceptable_posts),
    (permissions.may_take_down, permissions.removable_posts),
    (permissions.may_decide_flags, permissions.decidable_posts),
)


@pytest.fixture
def author() -> User:
    return UserFactory(is_practitioner=True)


@pytest.fixture
def matrix(author: User) -> None:
    """Boards open and closed, topics in every state, posts in every state; by name, without one, from outside."""
    now = timezone.now()
    outside = ExternalAuthor.objects.create(source="elsewhere", external_key="1", name="Somebody")
    for audience, closed in product(AUDIENCES, (False, True)):
        board = BoardFactory(audience=audience, closed=closed)
        if closed:
            continue
        for state, kind, unnamed in product(
            ("", "hidden", "deleted", "locked"), ("question", "discussion"), (False, True)
        ):
            topic = TopicFactory(
                board=board,
                kind=kind,
                unnamed=unnamed,
                author=None if unnamed else author,
                asker=author if unnamed else None,
                **({state: now} if state else {}),
            )
            for number, taken in enumerate(("", "", "hidden", "deleted"), start=2):
                PostFactory(topic=topic, number=number, author=author, **({taken: now} if taken else {}))
            PostFactory(topic=topic, number=6, external_author=outside, can_be_accepted=False)
            topic.accepted = topic.posts.get(number=2)
            topic.save()


def assert_twins(reader: object) -> None:
    """Each predicate says of each object what its queryset says."""
    for model, twins in ((Board, BOARD_TWINS), (Topic, TOPIC_TWINS), (Post, POST_TWINS)):
        rows = list(model.objects.all().select_related(*(["topic"] if model is Post else [])))
        for predicate, twin in twins:
            said = {row.pk for row in rows if predicate(reader, row)}
            found = set(twin(model.objects.all(), reader).values_list("pk", flat=True))
            assert said == found, (predicate.__name__, reader)


@pytest.mark.parametrize("person", PEOPLE)
def test_predicates_equal_their_querysets(person: str, matrix: None) -> None:
    assert_twins(User.objects.get(pk=UserFactory(**PEOPLE[person]).pk))


def test_predicates_equal_for_the_author_and_for_strangers(author: User, matrix: None) -> None:
    assert_twins(User.objects.get(pk=author.pk))
    assert_twins(AnonymousUser())


def test_the_matrix_has_something_to_say(author: User, matrix: None) -> None:
    """The twins are not equal because both are empty."""
    own = User.objects.get(pk=author.pk)
    assert permissions.editable_posts(Post.objects.all(), own).exists()
    assert permissions.editable_posts(Post.objects.filter(unnamed=True), own).exists()
    assert permissions.acceptable_posts(Post.objects.filter(topic__unnamed=True), own).exists()
    member = UserFactory()
    assert not permissions.editable_posts(Post.objects.all(), member).exists()
    assert permissions.readable_posts(Post.objects.all(), member).exists()


def test_nobody_reads_what_is_for_nobody(matrix: None) -> None:
    for name, described in PEOPLE.items():
        reader = UserFactory(**described)
        for model in (Board, Topic):
            assert not model.objects.visible_to(reader).filter(audience=NOBODY).exists(), name
        assert not Post.objects.visible_to(reader).filter(topic__audience=NOBODY).exists(), name


def test_a_hidden_post_is_seen_by_its_author_and_facilitators_alone(author: User, matrix: None) -> None:
    hidden = Post.objects.filter(hidden__isnull=False, topic__hidden=None, topic__deleted=None)
    community = hidden.filter(topic__audience=COMMUNITY)
    assert community.visible_to(author).count() == community.count() > 0
    assert not community.visible_to(UserFactory()).exists()
    assert community.visible_to(UserFactory(roles=(Role.FACILITATOR,))).count() == community.count()


ACTS = ("accept", "helpful", "bookmark", "delete", "restore", "flag", "decide")


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_a_post_out_of_sight_is_answered_like_one_on_no_post(client: Client, act: str) -> None:
    client.force_login(UserFactory())
    narrow = TopicFactory(board=BoardFactory(audience=PRACTITIONERS), replies=1)
    for number in (1, 2):
        post = narrow.posts.get(number=number)
        answers = [
            client.post(reverse(f"forums:{act}", args=[pk]), {"reason": "wrong"}) for pk in (post.pk, 10**9)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
