"""Remembers how far somebody read. It holds a number and how often a topic was opened, never for how long.

A mark never goes back by reading. Who wrote without a name gets no mark by writing, so that no mark tells of it.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from forums.models import Post, ReadMark, Topic
from people.models import User

SAME_VISIT = timedelta(minutes=30)


def mark_read(*, reader: User, topic: Topic, number: int) -> bool:
    """Notes that the reader saw the topic up to `number`; whether there was anything to note.

    Opening it again within half an hour is the same visit.
    """
    now = timezone.now()
    mark = ReadMark.objects.filter(user=reader, topic=topic).first()
    if mark is None:
        fresh = ReadMark(user=reader, topic=topic, number=number, opened=1)
        return bool(ReadMark.objects.bulk_create([fresh], ignore_conflicts=True))
    another_visit = now - mark.updated > SAME_VISIT
    if not another_visit and number <= mark.number:
        return False
    mark.opened += another_visit
    mark.number = max(mark.number, number)
    mark.save(update_fields=["number", "opened", "updated"])
    return True


def note_own_post(post: Post, *, author: User) -> None:
    """What one wrote one has read, and all before it, unless something new stands between."""
    if post.unnamed:
        return
    mark, is_new = ReadMark.objects.get_or_create(
        user=author, topic=post.topic, defaults={"number": post.number, "opened": 1}
    )
    if not is_new and mark.number == post.number - 1:
        mark.number = post.number
        mark.save(update_fields=["number"])


@transaction.atomic
def mark_many_read(*, reader: User, numbers: dict[int, int]) -> dict[int, int | None]:
    """Sets the marks of topics to numbers; returns what they were, None where there was none, for `put_back`."""
    known = {mark.topic_id: mark for mark in ReadMark.objects.filter(user=reader, topic__in=numbers)}
    before = {pk: known[pk].number if pk in known else None for pk in numbers}
    for pk, mark in known.items():
        mark.number = max(mark.number, numbers[pk])
    ReadMark.objects.bulk_update(known.values(), ["number"], batch_size=500)
    fresh = [
        ReadMark(user=reader, topic_id=pk, number=number) for pk, number in numbers.items() if pk not in known
    ]
    ReadMark.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    return before


@transaction.atomic
def put_back(*, reader: User, numbers: dict[int, int | None]) -> int:
    """Undoes `mark_many_read`; what was read by hand since then stays read no further than it was before."""
    marks = {mark.topic_id: mark for mark in ReadMark.objects.filter(user=reader, topic__in=numbers)}
    gone = [mark.pk for pk, mark in marks.items() if numbers[pk] is None]
    kept = [mark for pk, mark in marks.items() if numbers[pk] is not None]
    for mark in kept:
        mark.number = numbers[mark.topic_id] or 0
    ReadMark.objects.bulk_update(kept, ["number"], batch_size=500)
    ReadMark.objects.filter(pk__in=gone).delete()
    return len(marks)
