"""Keeping order: flags and decisions, taking down and restoring, pins, locks and moves; what follows from each."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from core.audiences import PRACTITIONERS
from core.facts import deliver_waiting
from core.models import AuditEntry
from forums.choices import FlagDecision, FlagReason
from forums.models import Board, Flag, Post, Topic
from forums.services.accept_answer import accept_answer
from forums.services.change_board_audience import change_board_audience
from forums.services.decide_flags import decide_flags
from forums.services.flag import flag_post
from forums.services.keep_topic import set_locked, set_pinned
from forums.services.move_topic import move_topic
from forums.services.post_reply import post_reply
from forums.services.post_topic import post_topic
from forums.services.take_down import restore, take_down
from notifications.models import Notice
from people.models import User
from people.roles import Role
from search.models import IndexEntry
from tests.forums.factories import BoardFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
SECRET = "quetzalword"


@pytest.fixture
def asker() -> User:
    return UserFactory(name="Ilse Koster")


@pytest.fixture
def answerer() -> User:
    return UserFactory(name="Mei Tanaka")


@pytest.fixture
def facilitator() -> User:
    return UserFactory(name="Amara Osei", roles=(Role.FACILITATOR,), is_practitioner=True)


@pytest.fixture
def topic(asker: User) -> Topic:
    board = BoardFactory(slug="governance", title="Governance")
    return post_topic(
        author=asker,
        board_id=board.pk,
        kind="question",
        title="How do you split the chair?",
        body="Three zones.",
    )


@pytest.fixture
def reply(topic: Topic, answerer: User) -> Post:
    return post_reply(author=answerer, topic_id=topic.pk, body=f"The {SECRET} chairs.")


def sees(person: User, topic: Topic) -> str:
    """The topic as a person reads it from the beginning."""
    client = Client()
    client.force_login(person)
    return client.get(f"{topic.get_absolute_url()}?from=1").content.decode()


def is_found(topic: Topic) -> bool:
    return IndexEntry.objects.filter(kind="topic", object_id=topic.pk, text__contains=SECRET).exists()


def test_confidential_hides_at_once_and_tells_the_facilitators(
    topic: Topic, reply: Post, asker: User, answerer: User, facilitator: User
) -> None:
    assert is_found(topic)
    flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.CONFIDENTIAL)
    assert SECRET not in sees(asker, topic)
    assert SECRET in sees(answerer, topic)
    assert SECRET in sees(facilitator, topic)
    assert not is_found(topic)
    topic.refresh_from_db()
    assert topic.reply_count == 0
    deliver_waiting()
    assert Notice.objects.filter(recipient=facilitator, verb="post_flagged").count() == 1


@pytest.mark.parametrize("reason", [FlagReason.UNKIND, FlagReason.OFF_TOPIC, FlagReason.WRONG])
def test_other_reasons_hide_nothing(topic: Topic, reply: Post, asker: User, reason: str) -> None:
    flag_post(reporter=asker, post_id=reply.pk, reason=reason)
    assert SECRET in sees(asker, topic)
    assert is_found(topic)


def test_a_question_flagged_as_confidential_takes_the_topic_with_it(
    topic: Topic, reply: Post, answerer: User, asker: User
) -> None:
    flag_post(reporter=answerer, post_id=topic.posts.get(number=1).pk, reason=FlagReason.CONFIDENTIAL)
    client = Client()
    client.force_login(answerer)
    assert client.get(topic.get_absolute_url()).status_code == 404
    assert "split the chair" not in client.get("/forums/").content.decode()
    assert not IndexEntry.objects.filter(kind="topic", object_id=topic.pk).exists()


def test_notices_of_what_is_hidden_are_nobodys_and_come_back(
    topic: Topic, reply: Post, asker: User, facilitator: User
) -> None:
    deliver_waiting()
    mine = Notice.objects.of(asker).filter(target_kind="post", target_id=reply.pk)
    assert mine.count() == 1
    flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.CONFIDENTIAL)
    assert mine.count() == 0
    decide_flags(actor=facilitator, post_id=reply.pk, decision=FlagDecision.DISMISSED, note="No name in it.")
    assert mine.count() == 1


def test_the_same_person_flags_once_and_may_raise_it_to_confidential(reply: Post, asker: User) -> None:
    first = flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.UNKIND)
    assert flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.OFF_TOPIC) == first
    flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.CONFIDENTIAL)
    assert Flag.objects.get().reason == FlagReason.CONFIDENTIAL
    reply.refresh_from_db()
    assert reply.hidden is not None


def test_what_the_same_person_says_later_reaches_who_decides(reply: Post, asker: User) -> None:
    flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.OFF_TOPIC)
    for _click in range(2):
        flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.OTHER, note="It names a patient.")
    assert Flag.objects.get().note == "Something else. It names a patient."


@pytest.mark.parametrize(
    ("decision", "stands"),
    [(FlagDecision.UPHELD, False), (FlagDecision.EDITED, True), (FlagDecision.DISMISSED, True)],
)
def test_one_decision_answers_all_who_flagged(
    topic: Topic, reply: Post, asker: User, facilitator: User, decision: str, stands: bool
) -> None:
    other = UserFactory()
    flag_post(reporter=other, post_id=reply.pk, reason=FlagReason.WRONG)
    flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.CONFIDENTIAL)
    assert decide_flags(actor=facilitator, post_id=reply.pk, decision=decision, note="Because.") == 2
    assert decide_flags(actor=facilitator, post_id=reply.pk, decision=decision, note="Because.") == 0
    assert (SECRET in sees(asker, topic)) is stands
    assert is_found(topic) is stands
    deliver_waiting()
    for person in (asker, other):
        assert Notice.objects.filter(recipient=person, verb="flag_decided").exists()
    entry = AuditEntry.objects.get(action="forum.decide_flags")
    assert entry.reason == "Because."
    assert entry.actor_id == facilitator.pk


def test_the_slower_of_two_facilitators_keeps_their_reason(
    reply: Post, asker: User, facilitator: User
) -> None:
    flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.WRONG)
    other = UserFactory(roles=(Role.FACILITATOR,))
    decide_flags(actor=other, post_id=reply.pk, decision=FlagDecision.DISMISSED, note="It is right.")
    client = Client()
    client.force_login(facilitator)
    address = f"/forums/posts/{reply.pk}/decide/"
    answer = client.post(address, {"decision": FlagDecision.UPHELD, "note": "It is wrong."})
    assert answer.status_code == 422
    assert "It is wrong." in answer.content.decode()
    client.force_login(other)
    again = client.post(address, {"decision": FlagDecision.DISMISSED, "note": "It is right."})
    assert again.status_code == 302


def test_nobody_decides_about_their_own_post(topic: Topic, facilitator: User, asker: User) -> None:
    own = post_reply(author=facilitator, topic_id=topic.pk, body="Mine.")
    flag_post(reporter=asker, post_id=own.pk, reason=FlagReason.UNKIND)
    with pytest.raises(PermissionDenied):
        decide_flags(actor=facilitator, post_id=own.pk, decision=FlagDecision.DISMISSED, note="Fine.")
    with pytest.raises(PermissionDenied):
        decide_flags(actor=asker, post_id=own.pk, decision=FlagDecision.DISMISSED, note="Fine.")


def test_a_decision_needs_a_reason(reply: Post, asker: User, facilitator: User) -> None:
    flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.UNKIND)
    with pytest.raises(ValidationError):
        decide_flags(actor=facilitator, post_id=reply.pk, decision=FlagDecision.UPHELD, note="  ")


def test_taking_down_an_accepted_answer_opens_the_question_again(
    topic: Topic, reply: Post, asker: User, facilitator: User
) -> None:
    accept_answer(actor=asker, post_id=reply.pk)
    assert take_down(actor=facilitator, post_id=reply.pk, reason="Names a partner.")
    assert not take_down(actor=facilitator, post_id=reply.pk, reason="Names a partner.")
    topic.refresh_from_db()
    assert topic.accepted is None
    assert topic.reply_count == 0
    assert topic.first_reply is None
    assert not is_found(topic)


def test_authors_take_down_and_restore_for_thirty_days(topic: Topic, reply: Post, answerer: User) -> None:
    assert take_down(actor=answerer, post_id=reply.pk)
    assert SECRET not in sees(answerer, topic)
    assert restore(actor=answerer, post_id=reply.pk)
    assert SECRET in sees(answerer, topic)
    assert is_found(topic)
    take_down(actor=answerer, post_id=reply.pk)
    later = timezone.now() + timedelta(days=31)
    with time_machine.travel(later, tick=False), pytest.raises(PermissionDenied):
        restore(actor=answerer, post_id=reply.pk)


def test_authors_do_not_bring_back_what_a_facilitator_took_down(
    reply: Post, answerer: User, facilitator: User
) -> None:
    take_down(actor=facilitator, post_id=reply.pk, reason="Names a partner.")
    with pytest.raises(PermissionDenied):
        restore(actor=answerer, post_id=reply.pk)
    assert restore(actor=facilitator, post_id=reply.pk)


def test_what_others_built_on_is_not_the_authors_to_take_down(
    topic: Topic, reply: Post, asker: User, answerer: User
) -> None:
    with pytest.raises(PermissionDenied):
        take_down(actor=asker, post_id=topic.posts.get(number=1).pk)
    accept_answer(actor=asker, post_id=reply.pk)
    with pytest.raises(PermissionDenied):
        take_down(actor=answerer, post_id=reply.pk)


def test_a_facilitator_says_why(reply: Post, facilitator: User) -> None:
    with pytest.raises(ValidationError):
        take_down(actor=facilitator, post_id=reply.pk)


def test_whose_post_a_facilitator_takes_down_is_told_and_reads_why(
    reply: Post, answerer: User, asker: User, facilitator: User
) -> None:
    take_down(actor=facilitator, post_id=reply.pk, reason="It names a patient.")
    deliver_waiting()
    assert [notice.recipient for notice in Notice.objects.filter(verb="flag_decided")] == [answerer]
    address = f"/forums/flags/{Flag.objects.get().pk}/"
    client = Client()
    client.force_login(answerer)
    assert address in client.get("/notices/").content.decode()
    page = client.get(address).content.decode()
    assert "It names a patient." in page
    assert "Taken down" in page
    assert not Notice.objects.filter(verb="flag_decided", read=None).exists()
    client.force_login(asker)
    assert client.get(address).status_code == 404


def test_taking_down_ones_own_tells_nobody(reply: Post, answerer: User) -> None:
    take_down(actor=answerer, post_id=reply.pk)
    assert not Flag.objects.exists()


@pytest.mark.parametrize("decision", [FlagDecision.UPHELD, FlagDecision.DISMISSED])
def test_who_flagged_reads_the_reason_and_neither_learns_of_the_other(
    reply: Post, asker: User, answerer: User, facilitator: User, decision: FlagDecision
) -> None:
    flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.WRONG, note="Ask the lawyers.")
    address = f"/forums/flags/{Flag.objects.get().pk}/"
    client = Client()
    client.force_login(asker)
    assert client.get(address).status_code == 404
    decide_flags(actor=facilitator, post_id=reply.pk, decision=decision, note="We asked them.")
    assert "We asked them." in client.get(address).content.decode()
    client.force_login(answerer)
    seen = client.get(address)
    assert seen.status_code == (404 if decision == FlagDecision.DISMISSED else 200)
    assert "Ask the lawyers." not in seen.content.decode()
    assert asker.name not in seen.content.decode()


def test_whoever_asked_without_a_name_reads_the_decision_on_their_post(
    topic: Topic, asker: User, facilitator: User
) -> None:
    asked = post_topic(
        author=asker,
        board_id=topic.board_id,
        kind="question",
        title="Am I too slow?",
        body="I am.",
        unnamed=True,
    )
    take_down(actor=facilitator, post_id=asked.posts.get().pk, reason="Ring me instead.")
    deliver_waiting()
    notice = Notice.objects.get(verb="flag_decided")
    client = Client()
    client.force_login(asker)
    assert notice.recipient == asker
    assert "Ring me instead." in client.get(f"/forums/flags/{notice.target_id}/").content.decode()
    client.force_login(facilitator)
    assert asker.name not in client.get("/forums/flags/").content.decode()


def test_an_unnamed_author_leaves_no_name_by_taking_down(facilitator: User, asker: User) -> None:
    unnamed = post_topic(
        author=asker,
        board_id=BoardFactory().pk,
        kind="question",
        title="What would you do in my place?",
        body="It went wrong.",
        unnamed=True,
    )
    opening = unnamed.posts.get(number=1)
    take_down(actor=asker, post_id=opening.pk)
    opening.refresh_from_db()
    assert opening.deleted_by is None
    assert not AuditEntry.objects.filter(actor=asker, action__startswith="forum.").exists()
    assert restore(actor=asker, post_id=opening.pk)


def test_pins_and_locks_are_for_facilitators(topic: Topic, facilitator: User, asker: User) -> None:
    for act in (set_pinned, set_locked):
        word = "pinned" if act is set_pinned else "locked"
        with pytest.raises(PermissionDenied):
            act(actor=asker, topic_id=topic.pk, **{word: True})
        assert act(actor=facilitator, topic_id=topic.pk, **{word: True})
        assert not act(actor=facilitator, topic_id=topic.pk, **{word: True})
    with pytest.raises(ValidationError):
        post_reply(author=asker, topic_id=topic.pk, body="One more.")


def test_a_move_narrows_at_once_and_old_links_lead_on(
    topic: Topic, reply: Post, facilitator: User, asker: User
) -> None:
    deliver_waiting()
    old = topic.get_absolute_url()
    narrow = BoardFactory(slug="trust", audience=PRACTITIONERS)
    assert move_topic(actor=facilitator, topic_id=topic.pk, board_id=narrow.pk, reason="Could be guessed.")
    assert not move_topic(actor=facilitator, topic_id=topic.pk, board_id=narrow.pk)
    client = Client()
    client.force_login(asker)
    assert client.get(old).status_code == 404
    assert not Notice.objects.of(asker).exists()
    assert IndexEntry.objects.get(kind="topic", object_id=topic.pk).audience == PRACTITIONERS
    client.force_login(facilitator)
    assert client.get(old)["Location"] == f"/forums/trust/{topic.pk}/"


def test_only_open_boards_that_the_facilitator_reads(topic: Topic, facilitator: User) -> None:
    for board in (BoardFactory(closed=True), BoardFactory(audience="function:finance")):
        with pytest.raises(ValidationError):
            move_topic(actor=facilitator, topic_id=topic.pk, board_id=board.pk)
    assert Board.objects.get(pk=topic.board_id).slug == "governance"


def test_the_pages_lead_through(
    client: Client, topic: Topic, reply: Post, asker: User, facilitator: User
) -> None:
    client.force_login(asker)
    address = f"/forums/posts/{reply.pk}/flag/"
    assert SECRET in client.get(address).content.decode()
    refused = client.post(address, {"note": "It names somebody."})
    assert refused.status_code == 422
    assert "It names somebody." in refused.content.decode()
    assert client.post(address, {"reason": "other"}).status_code == 422
    assert client.post(address, {"reason": "confidential"}, follow=True).status_code == 200
    assert client.get("/forums/flags/").status_code == 404
    client.force_login(facilitator)
    queue = client.get("/forums/flags/").content.decode()
    assert SECRET in queue
    assert "Ilse Koster" in queue
    assert client.post(f"/forums/posts/{reply.pk}/decide/", {"decision": "upheld"}).status_code == 422
    done = client.post(
        f"/forums/posts/{reply.pk}/decide/", {"decision": "upheld", "note": "It did."}, follow=True
    ).content.decode()
    assert "No flag waits" in done
    assert "It did." in done
    assert client.post(f"/forums/posts/{reply.pk}/restore/", follow=True).status_code == 200
    assert SECRET in sees(asker, topic)


@pytest.mark.parametrize("verb", ["pin", "lock", "move"])
def test_members_do_not_find_the_acts_of_facilitators(
    client: Client, topic: Topic, asker: User, verb: str
) -> None:
    client.force_login(asker)
    assert client.post(f"/forums/topics/{topic.pk}/{verb}/", {"on": "1"}).status_code == 404


def test_the_queue_asks_the_same_however_long_it_is(
    client: Client, topic: Topic, asker: User, answerer: User, facilitator: User
) -> None:
    client.force_login(facilitator)
    counts = []
    for _round in range(2):
        for _one in range(4):
            post = post_reply(author=answerer, topic_id=topic.pk, body="Reply.")
            flag_post(reporter=asker, post_id=post.pk, reason=FlagReason.UNKIND)
        counts.append(client.get("/forums/flags/")["X-Sql-Calls"])
    assert counts[0] == counts[1]
    assert int(counts[0]) <= 15


def test_what_was_upheld_stays_down_though_its_author_had_taken_it_down_before(
    topic: Topic, reply: Post, asker: User, answerer: User, facilitator: User
) -> None:
    flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.UNKIND)
    take_down(actor=answerer, post_id=reply.pk)
    decide_flags(actor=facilitator, post_id=reply.pk, decision=FlagDecision.UPHELD, note="It was unkind.")
    with pytest.raises(PermissionDenied):
        restore(actor=answerer, post_id=reply.pk)
    assert restore(actor=facilitator, post_id=reply.pk)


@pytest.mark.parametrize("act", ["narrowed", "moved"])
def test_who_flagged_a_post_that_leaves_their_sight_counts_no_notice_of_it(
    topic: Topic, reply: Post, asker: User, facilitator: User, act: str
) -> None:
    flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.UNKIND)
    decide_flags(actor=facilitator, post_id=reply.pk, decision=FlagDecision.DISMISSED, note="It is not.")
    deliver_waiting()
    told = Notice.objects.of(asker).filter(verb="flag_decided")
    assert told.count() == 1
    if act == "narrowed":
        change_board_audience(board_id=topic.board_id, audience=PRACTITIONERS, actor=None)
    else:
        narrow = BoardFactory(slug="narrow", audience=PRACTITIONERS)
        move_topic(actor=facilitator, topic_id=topic.pk, board_id=narrow.pk)
    assert told.count() == 0


def test_who_was_told_that_a_post_stays_cannot_hide_it_again_until_it_changes(
    topic: Topic, reply: Post, asker: User, facilitator: User
) -> None:
    flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.CONFIDENTIAL)
    decide_flags(actor=facilitator, post_id=reply.pk, decision=FlagDecision.DISMISSED, note="No name in it.")
    with pytest.raises(ValidationError, match="found that it stays"):
        flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.CONFIDENTIAL)
    assert SECRET in sees(asker, topic)
    assert flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.UNKIND).decision == FlagDecision.OPEN
    with pytest.raises(ValidationError, match="found that it stays"):
        flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.CONFIDENTIAL)
    flag_post(reporter=UserFactory(), post_id=reply.pk, reason=FlagReason.CONFIDENTIAL)
    assert SECRET not in sees(asker, topic)


def test_a_changed_text_may_be_flagged_again(reply: Post, asker: User, facilitator: User) -> None:
    flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.CONFIDENTIAL)
    decide_flags(actor=facilitator, post_id=reply.pk, decision=FlagDecision.DISMISSED, note="No name in it.")
    Post.objects.filter(pk=reply.pk).update(edited=timezone.now())
    flag_post(reporter=asker, post_id=reply.pk, reason=FlagReason.CONFIDENTIAL)
    reply.refresh_from_db()
    assert reply.hidden is not None
