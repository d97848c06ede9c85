"""Keeps how somebody rated themselves. It leaves no audit row: even that it was taken is the person's own."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from core.facts import SelfCheckTaken, publish
from people.models import Competence, SelfCheck, User

LEVELS = range(1, 5)
PICKS = 2
EXAMPLE_LENGTH = 500


@transaction.atomic
def take_self_check(
    *, person: User, levels: Mapping[str, int], examples: Mapping[str, str], picks: Sequence[str]
) -> int:
    """The number of the new check. Raises `ValueError` for levels, examples or picks that the form cannot give."""
    codes = set(Competence.objects.values_list("code", flat=True))
    _refuse_wrong(codes, levels, examples, picks)
    check = SelfCheck.objects.create(
        person=person,
        levels=dict(levels),
        examples={code: text.strip() for code, text in examples.items() if text.strip()},
        picks=list(picks),
    )
    publish(SelfCheckTaken(person_id=person.pk))
    return check.pk


def _refuse_wrong(
    codes: Collection[str], levels: Mapping[str, int], examples: Mapping[str, str], picks: Sequence[str]
) -> None:
    if set(levels) != set(codes) or any(level not in LEVELS for level in levels.values()):
        raise ValueError("A self-check gives each competence a level from 1 to 4.")
    if not set(examples) <= set(codes) or any(len(text) > EXAMPLE_LENGTH for text in examples.values()):
        raise ValueError("An example belongs to a competence and is short.")
    if len(picks) != PICKS or len(set(picks)) != PICKS or not set(picks) <= set(codes):
        raise ValueError("A self-check picks two competences.")
