"""What is new to a reader: topics opened lately, and replies they have not read, where they follow closely enough.

New is a topic of the last week that they have not opened. Unread is one they have opened and track or watch, with posts
beyond their mark. Muted topics are neither. Candidates come from the reader's own marks and from the newest topics, so
the cost goes by what one person reads and one week brings, not by how many topics there are.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone

from forums.follows import Chosen, Mark, chosen_by, standings
from forums.managers import TopicQuerySet
from forums.models import ReadMark, Topic
from forums.unnamed import Own, own_of

NEW_FOR = timedelta(days=7)
MOST = 2000
"""So many candidates of each kind are looked at, the newest first."""
NEEDED = ("pk", "board", "author", "unnamed", "created", "last_number", "last_posted")


def unread_topics(
    rows: TopicQuerySet, reader: object, *, chosen: Chosen | None = None, own: Own | None = None
) -> list[Topic]:
    """Those of `rows` that are new or unread for the reader, with the fields NEEDED. Five queries at most."""
    chosen, own = chosen or chosen_by(reader), own or own_of(reader)
    behind, fresh = _behind(rows, reader), _fresh(rows, reader)
    marks = {topic.pk: Mark(topic.read_number, topic.read_opened) for topic in behind}
    known = standings(reader, [*behind, *fresh], chosen=chosen, marks=marks, own=own)
    found = [topic for topic in behind if known[topic.pk].counts]
    found += [topic for topic in fresh if not known[topic.pk].muted]
    return [topic for topic in found if not own.ends(topic)]


def is_new(topic: Topic, mark: Mark | None) -> bool:
    """Whether a topic was opened lately and never by this reader."""
    return mark is None and topic.created >= timezone.now() - NEW_FOR


def _behind(rows: TopicQuerySet, reader: object) -> list[Any]:
    """With the mark of each as `read_number` and `read_opened`."""
    marks = ReadMark.objects.filter(user=getattr(reader, "pk", None))
    behind = rows.filter(pk__in=marks.filter(number__lt=F("topic__last_number")).values("topic"))
    mark = marks.filter(topic=OuterRef("pk"))
    return _candidates(
        behind.annotate(
            read_number=Subquery(mark.values("number")[:1]), read_opened=Subquery(mark.values("opened")[:1])
        )
    )


def _fresh(rows: TopicQuerySet, reader: object) -> list[Any]:
    """A topic opened lately was posted in lately: the bound on `last_posted` is what the index answers."""
    since = timezone.now() - NEW_FOR
    opened = ReadMark.objects.filter(user=getattr(reader, "pk", None), topic=OuterRef("pk"))
    newest = rows.filter(last_posted__gte=since, created__gte=since)
    return _candidates(newest.exclude(Exists(opened)))


def _candidates(rows: TopicQuerySet) -> list[Any]:
    return list(rows.order_by("-last_posted", "-pk").only(*NEEDED)[:MOST])
