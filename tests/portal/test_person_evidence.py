"""Evidence beside a person's name: reader by audience by room. What the reader may not open does not count, and each link
leads to exactly what was counted."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.audiences import COMMUNITY, PRACTITIONERS, function_token
from lessons.choices import Status
from people.data import Evidence
from people.evidence import evidence_of
from people.models import User
from tests.forums.factories import BoardFactory, PostFactory, TopicFactory
from tests.lessons.factories import ExternalFactory, LessonFactory
from tests.people.factories import UserFactory
from tests.playbook.factories import make_play

pytestmark = pytest.mark.django_db
LEGAL = function_token("legal")
READERS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "member": ({}, (COMMUNITY,)),
    "practitioner": ({"is_practitioner": True}, (COMMUNITY, PRACTITIONERS)),
    "lawyer": ({"business_function": "legal"}, (COMMUNITY, LEGAL)),
    "superuser": ({"is_superuser": True}, (COMMUNITY,)),
    "facilitator": ({"roles": ("facilitator",)}, (COMMUNITY,)),
    "closed account": ({"is_active": False}, ()),
}
NUMBERS = {COMMUNITY: 2, PRACTITIONERS: 3, LEGAL: 4}
"""So many of each, so that a sum tells which audiences it is made of."""
ROOMS = {"lesson": "lesson", "answer": "answer", "play": "play"}


def answer(person: User | None, audience: str, **fields: Any) -> None:
    """A topic with an accepted answer."""
    board = BoardFactory(slug=f"board-{audience.replace(':', '-')}", audience=audience)
    topic = TopicFactory(board=board, author=UserFactory())
    topic.accepted = PostFactory(topic=topic, author=person, **fields)
    topic.save()


@pytest.fixture
def expert() -> User:
    """Who has written, answered and owns for every audience; and what never counts."""
    person: User = UserFactory(name="Mei Tanaka")
    for audience, number in NUMBERS.items():
        for _turn in range(number):
            LessonFactory(author=person, audience=audience)
            answer(person, audience)
            make_play(audience=audience, play_owner=person)
    LessonFactory(author=person, unnamed=True, title="Without my name")
    LessonFactory(author=person, status=Status.SUBMITTED)
    LessonFactory(author=person, status=Status.ARCHIVED)
    ExternalFactory(author=person)
    answer(person, COMMUNITY, hidden=timezone.now())
    answer(person, COMMUNITY, deleted=timezone.now())
    answer(None, COMMUNITY, unnamed=True)
    make_play(play_owner=person, publish=False)
    return person


def of_room(shown: list[Evidence], room: str) -> Evidence | None:
    return next((one for one in shown if one.label.startswith(room)), None)


@pytest.mark.parametrize("name", READERS)
def test_only_what_the_reader_may_open_counts_and_the_link_leads_to_it(
    client: Client, expert: User, name: str
) -> None:
    fields, audiences = READERS[name]
    reader = UserFactory(**fields)
    expected = sum(NUMBERS[audience] for audience in audiences)
    shown = evidence_of([expert.pk], reader).get(expert.pk, [])
    if not expected:
        assert shown == []
        return
    assert [one.count for one in shown] == [expected] * len(ROOMS)
    client.force_login(reader)
    for room in ROOMS:
        found = of_room(shown, room)
        assert found is not None
        assert len(rows(client, room, found.url)) == expected
    page = client.get(expert.get_absolute_url()).content.decode()
    for one in shown:
        assert f'href="{one.url.replace("&", "&amp;")}"' in page


def rows(client: Client, room: str, url: str) -> list[Any]:
    """What the page behind a link lists."""
    page = client.get(url)
    assert page.status_code == 200
    if room == "play":
        return [card for group in page.context["groups"] for card in group.cards]
    return list(page.context["page"].rows if room == "lesson" else page.context["answers"].rows)


def test_one_play_is_linked_itself(expert: User) -> None:
    owner = UserFactory()
    play = make_play(play_owner=owner)
    (shown,) = evidence_of([owner.pk], UserFactory())[owner.pk]
    assert (shown.url, shown.label) == (play.get_absolute_url(), f"play owned: {play.code}")


def test_the_list_of_an_author_names_nobody_who_wrote_without_a_name(client: Client) -> None:
    quiet = UserFactory(name="Quiet Person")
    LessonFactory(author=quiet, unnamed=True)
    LessonFactory(author=quiet, audience=PRACTITIONERS)
    client.force_login(UserFactory())
    for wanted in (quiet.pk, "x", "²", "9" * 400, 10**12):
        page = client.get(f"/lessons/?author={wanted}")
        assert "Quiet Person" not in page.content.decode()
        assert page.context["chosen"] == []


def test_the_list_of_an_author_can_be_narrowed_and_left(client: Client) -> None:
    author = UserFactory(name="Mei Tanaka")
    LessonFactory(author=author, outcome="positive", title="Kept")
    LessonFactory(author=author, outcome="negative", title="Left out")
    LessonFactory(title="Of somebody else")
    client.force_login(UserFactory())
    page = client.get(f"/lessons/?author={author.pk}&outcome=positive")
    assert [lesson.title for lesson in page.context["page"].rows] == ["Kept"]
    assert [choice.without for choice in page.context["chosen"] if choice.name == "author"] == [
        "outcome=positive"
    ]


@pytest.mark.parametrize("address", ["/forums/answers/{}/", "/people/{}/"])
def test_nobody_without_an_account_gets_a_list(client: Client, address: str) -> None:
    assert client.get(address.format(UserFactory().pk)).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address.format(10**9)).status_code == 404


def test_an_owner_whose_plays_are_not_for_the_reader_is_not_named(client: Client) -> None:
    hidden = UserFactory(name="Hidden Owner")
    make_play(play_owner=hidden, audience=PRACTITIONERS)
    make_play(play_owner=UserFactory(name="Open Owner"))
    client.force_login(UserFactory())
    page = client.get(f"/playbook/?view=a-z&owner={hidden.pk}")
    assert page.context["owner"] == ""
    assert "Hidden Owner" not in page.content.decode()


def test_queries_of_evidence_do_not_grow(expert: User) -> None:
    reader = UserFactory()
    others = UserFactory.create_batch(5)
    for other in others:
        LessonFactory(author=other)
        answer(other, COMMUNITY)
        make_play(play_owner=other)
    evidence_of([expert.pk], reader)  # fills what Wagtail remembers of the site
    with CaptureQueriesContext(connection) as few:
        evidence_of([expert.pk], reader)
    with CaptureQueriesContext(connection) as many:
        found = evidence_of([expert.pk, *(other.pk for other in others)], reader)
    assert len(found) == 6
    assert len(many) == len(few) <= 6
