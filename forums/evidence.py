"""Answers as evidence of what people know: those that were accepted in topics open to the reader."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Count
from django.utils.translation import ngettext

from forums.models import Topic
from people.data import Evidence
from people.slots import evidence


def answers_accepted(person_ids: Collection[int], reader: object) -> Mapping[int, Sequence[Evidence]]:
    """One query. A post without its author's name has no author, so it is nobody's evidence."""
    rows = (
        Topic.objects.visible_to(reader)
        .listed()
        .filter(accepted__author__in=person_ids, accepted__deleted=None, accepted__hidden=None)
    )
    counts = rows.order_by().values_list("accepted__author").annotate(number=Count("pk", distinct=True))
    return {
        person: [
            Evidence(ngettext("answer accepted", "answers accepted", number), number, icon="circle-check")
        ]
        for person, number in counts
    }


def register() -> None:
    """Called from `AppConfig.ready()`."""
    evidence.register("forums", answers_accepted)
