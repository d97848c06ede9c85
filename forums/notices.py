"""Whom the facts of the forums are told to, and how.

WAYS is the table of follow levels and events that docs/members.md shows. Everybody is told of one post once, by the
closest reason: a mention before a reply to them before a reply they follow. Whoever wrote is never told, with or without
a name, and notices of unnamed posts name nobody. The audience is kept by `notify`. Facts come at least once: the keys
of events make a second telling silent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from composer.api import mentioned_ids
from core import facts
from forums.choices import FlagDecision, Level, SourceFormat
from forums.data import FLAG_TARGET, POST_TARGET, TOPIC_TARGET
from forums.follows import levels_about
from forums.models import Flag, Post, Topic
from forums.notice_kinds import register as register_kinds
from forums.unnamed import asker_to_tell, person_to_tell
from notifications.api import notify
from people.models import User
from people.roles import Role


@dataclass(frozen=True, slots=True)
class Way:
    """How an event reaches somebody."""

    bell: bool
    mail: bool


BOTH, BELL = Way(bell=True, mail=True), Way(bell=True, mail=False)
NOT_MUTED: Mapping[Level, Way] = {level: BOTH for level in Level if level != Level.MUTED}
WAYS: Mapping[str, Mapping[Level, Way]] = {
    "topic_posted": {Level.WATCHING: BOTH, Level.FIRST_POST: BOTH},
    "reply_posted": {Level.WATCHING: BOTH},
    "replied_to_me": NOT_MUTED,
    "mentioned": {**NOT_MUTED, Level.MUTED: BELL},
    "answer_accepted": NOT_MUTED,
    "my_answer_accepted": NOT_MUTED,
    "topic_moved": {Level.WATCHING: BELL, Level.TRACKING: BELL},
}


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, in which topic, to what; `key` names it, `doer` is never told and named only as `actor_id`."""

    topic: Topic
    levels: Mapping[int, Level]
    target_kind: str
    target_id: int
    key: str
    doer: int | None
    actor_id: int | None

    def tell(self, verb: str, people: Iterable[int | None], *, group: str) -> None:
        """Tells each of the people in the way that their level gives."""
        by_way: dict[Way, list[int]] = {}
        for person in people:
            if person is not None and person != self.doer:
                way = WAYS[verb].get(self.levels.get(person, Level.NORMAL))
                if way is not None:
                    by_way.setdefault(way, []).append(person)
        for way, recipients in by_way.items():
            notify(
                recipients=recipients,
                verb=verb,
                actor_id=self.actor_id,
                target_kind=self.target_kind,
                target_id=self.target_id,
                audience=self.topic.audience,
                group_key=group,
                dedupe_key=self.key,
                bell=way.bell,
                mail=way.mail,
            )


def tell_of_topic(fact: facts.TopicPosted) -> None:
    """Who is mentioned in it, then who watches its board or tags."""
    topic = Topic.objects.listed().select_related("board").filter(pk=fact.topic_id).first()
    if topic is None:
        return
    opening = topic.posts.get(number=1)
    mentioned = _tell_mentioned(opening, topic)
    event = _event(opening, topic, key=f"post:{opening.pk}")
    event.tell("topic_posted", set(event.levels) - mentioned, group=f"board:{topic.board_id}")


def tell_of_reply(fact: facts.ReplyPosted) -> None:
    """Who is mentioned in it, whom it answers, then who watches the topic."""
    post = _standing(fact.post_id)
    if post is None:
        return
    topic = post.topic
    mentioned = _tell_mentioned(post, topic)
    answered = {person_to_tell(post.parent) if post.parent else None} - mentioned - {None}
    event = _event(post, topic, key=f"post:{post.pk}")
    event.tell("replied_to_me", answered, group=f"topic:{topic.pk}")
    event.tell("reply_posted", set(event.levels) - mentioned - answered, group=f"topic:{topic.pk}")


def tell_of_edit(fact: facts.PostEdited) -> None:
    """Who is mentioned in it only now. No other edit is told."""
    post = _standing(fact.post_id)
    if post is not None:
        _tell_mentioned(post, post.topic)


def tell_of_acceptance(fact: facts.AnswerAccepted) -> None:
    """Who wrote the answer, and who asked. A fact without an actor is the act of who asked without a name."""
    post = _standing(fact.post_id)
    if post is None or post.topic.accepted_id != post.pk:
        return
    topic, asker = post.topic, asker_to_tell(post.topic)
    event = Event(
        topic=topic,
        levels=levels_about(topic),
        target_kind=POST_TARGET,
        target_id=post.pk,
        key=f"accepted:{post.pk}",
        doer=asker if fact.actor_id is None else fact.actor_id,
        actor_id=fact.actor_id,
    )
    event.tell("my_answer_accepted", [person_to_tell(post)], group=f"topic:{topic.pk}:accepted")
    event.tell("answer_accepted", [asker], group=f"topic:{topic.pk}:accepted")


def tell_of_move(fact: facts.TopicMoved) -> None:
    """Who watches or tracks the topic; once for each board it comes to."""
    topic = Topic.objects.listed().filter(pk=fact.topic_id).first()
    if topic is None:
        return
    event = Event(
        topic=topic,
        levels=levels_about(topic),
        target_kind=TOPIC_TARGET,
        target_id=topic.pk,
        key=f"moved:{topic.pk}:{topic.board_id}",
        doer=fact.actor_id,
        actor_id=fact.actor_id,
    )
    event.tell("topic_moved", event.levels, group=f"topic:{topic.pk}:moved")


def tell_of_flag(fact: facts.PostFlagged) -> None:
    """The facilitators, at once and by mail: a flag for a confidential post has hidden it already."""
    flag = Flag.objects.select_related("post__topic").filter(pk=fact.flag_id).first()
    if flag is None or flag.decision != FlagDecision.OPEN:
        return
    facilitators = User.objects.present().filter(groups__name=Role.FACILITATOR)
    _tell_of_flag(
        flag, "post_flagged", facilitators.values_list("pk", flat=True), flag.reporter_id, group="flags"
    )


def tell_of_decision(fact: facts.FlagDecided) -> None:
    """Who flagged, and whose post it was unless it stays as it is. No level mutes a decision about oneself."""
    flag = Flag.objects.select_related("post__topic").filter(pk=fact.flag_id).first()
    if flag is None or flag.decision == FlagDecision.OPEN:
        return
    author = None if flag.decision == FlagDecision.DISMISSED else person_to_tell(flag.post)
    _tell_of_flag(
        flag, "flag_decided", [flag.reporter_id, author], flag.decided_by_id, group=f"flag:{flag.pk}"
    )


def register() -> None:
    """Called once when the app is ready."""
    register_kinds()
    facts.subscribe(facts.TopicPosted, tell_of_topic)
    facts.subscribe(facts.ReplyPosted, tell_of_reply)
    facts.subscribe(facts.PostEdited, tell_of_edit)
    facts.subscribe(facts.AnswerAccepted, tell_of_acceptance)
    facts.subscribe(facts.TopicMoved, tell_of_move)
    facts.subscribe(facts.PostFlagged, tell_of_flag)
    facts.subscribe(facts.FlagDecided, tell_of_decision)


def _standing(post_id: int) -> Post | None:
    """A post that readers still find; of one taken down meanwhile nobody is told."""
    standing = Post.objects.standing().filter(topic__in=Topic.objects.listed())
    return standing.select_related("topic", "parent").filter(pk=post_id).first()


def _event(post: Post, topic: Topic, *, key: str) -> Event:
    kind, pk = (TOPIC_TARGET, topic.pk) if post.opens else (POST_TARGET, post.pk)
    return Event(topic, levels_about(topic), kind, pk, key, person_to_tell(post), post.author_id)


def _tell_mentioned(post: Post, topic: Topic) -> set[int]:
    """Tells who is mentioned; returns them, so that nothing weaker is told to them too."""
    if post.source_format != SourceFormat.MARKDOWN:
        return set()
    mentioned = set(mentioned_ids(post.body))
    if mentioned:
        event = _event(post, topic, key=f"mention:{post.pk}")
        event.tell("mentioned", mentioned, group=f"topic:{topic.pk}:mentions")
    return mentioned


def _tell_of_flag(
    flag: Flag, verb: str, people: Iterable[int | None], actor_id: int | None, *, group: str
) -> None:
    notify(
        recipients=[person for person in people if person is not None],
        verb=verb,
        actor_id=actor_id,
        target_kind=FLAG_TARGET,
        target_id=flag.pk,
        audience=flag.post.topic.audience,
        group_key=group,
        dedupe_key=f"flag:{flag.pk}:{flag.decision}",
    )
