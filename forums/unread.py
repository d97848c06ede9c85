"""What is new to a reader: topics opened lately, and replies they have not read, where they follow closely enough.

New is a topic of the last week that they have not opened. Unread is one they have opened and track or watch, with posts
beyond their mark. Muted topics are neither. Candidates come from the reader's own marks and from the newest topics, so
the cost goes by what one person reads and one week brings, not by how many topics there are.
"""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from forums.follows import Chosen, Mark, chosen_by, marks_of, standings
from forums.managers import TopicQuerySet
from forums.models import ReadMark, Topic
from forums.unnamed import last_is_own

NEW_FOR = timedelta(days=7)
MOST = 2000
"""So many candidates of each kind are looked at, the newest first."""
NEEDED = ("pk", "board", "author", "unnamed", "created", "last_number", "last_posted")


def unread_topics(rows: TopicQuerySet, reader: object, *, chosen: Chosen | None = None) -> list[Topic]:
    """Those of `rows` that are new or unread for the reader, with the fields NEEDED. Six queries at most."""
    chosen = chosen or chosen_by(reader)
    behind, fresh = _behind(rows, reader), _fresh(rows, reader)
    marks = marks_of(reader, [topic.pk for topic in behind]) if behind else {}
    known = standings(reader, [*behind, *fresh], chosen=chosen, marks=marks)
    return [topic for topic in behind if known[topic.pk].counts] + [
        topic for topic in fresh if not known[topic.pk].muted
    ]


def is_new(topic: Topic, mark: Mark | None) -> bool:
    """Whether a topic was opened lately and never by this reader."""
    return mark is None and topic.created >= timezone.now() - NEW_FOR


def _behind(rows: TopicQuerySet, reader: object) -> list[Topic]:
    marks = ReadMark.objects.filter(user_id=getattr(reader, "pk", None), number__lt=F("topic__last_number"))
    return _candidates(rows.filter(pk__in=marks.values("topic")), reader)


def _fresh(rows: TopicQuerySet, reader: object) -> list[Topic]:
    """A topic opened lately was posted in lately: the bound on `last_posted` is what the index answers."""
    since = timezone.now() - NEW_FOR
    opened = ReadMark.objects.filter(user_id=getattr(reader, "pk", None), topic=OuterRef("pk"))
    newest = rows.filter(last_posted__gte=since, created__gte=since)
    return _candidates(newest.exclude(Exists(opened)), reader)


def _candidates(rows: TopicQuerySet, reader: object) -> list[Topic]:
    """Without those whose last post is the reader's own, unnamed: no mark says that they have read it."""
    found = rows.exclude(last_is_own(reader)).order_by("-last_posted", "-pk")
    return list(found.only(*NEEDED)[:MOST])
