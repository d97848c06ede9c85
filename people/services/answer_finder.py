"""Keeps what somebody answered to the three questions, and tells the facilitators once they say so."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from core.services.record import record
from people.models import FinderAnswer, User


@transaction.atomic
def answer_finder(*, person: User, yes: Collection[str]) -> FinderAnswer:
    """The answers in place of earlier ones; new answers are the person's own again. No audit row."""
    values = {"yes": sorted(yes), "answered_on": timezone.now(), "told_on": None}
    return FinderAnswer.objects.update_or_create(person=person, defaults=values)[0]


@transaction.atomic
def tell_facilitators(*, person: User, origin: str = "") -> bool:
    """Whether the facilitators may see the answers from now on; False where there are none or they do already."""
    told = FinderAnswer.objects.filter(person=person, told_on__isnull=True).update(told_on=timezone.now())
    if told:
        record(actor=person, action="tell_finder", target=person, private_fields=["finder"], origin=origin)
    return bool(told)
