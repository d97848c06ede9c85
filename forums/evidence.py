"""Answers as evidence of what people know: those that were accepted in topics open to the reader."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from forums.reading.answers import answered_topics
from people.data import Evidence
from people.slots import evidence


def answers_accepted(person_ids: Collection[int], reader: object) -> Mapping[int, Sequence[Evidence]]:
    """One query; the link leads to the very answers that were counted."""
    rows = answered_topics(person_ids, reader).order_by().values_list("accepted__author")
    return {
        person: [_shown(person, number)]
        for person, number in rows.annotate(number=Count("pk", distinct=True))
    }


def _shown(person: int, number: int) -> Evidence:
    label = ngettext("answer accepted", "answers accepted", number)
    return Evidence(label, number, url=reverse("forums:answers", args=[person]), icon="circle-check")


def register() -> None:
    """Called from `AppConfig.ready()`."""
    evidence.register("forums", answers_accepted)
