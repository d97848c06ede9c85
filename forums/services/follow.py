"""Sets how closely somebody follows a board, a tag or a topic. What is set by hand holds until they change it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from forums.choices import FollowKind, Level
from forums.models import Board, Follow, Topic
from forums.reading.tags import readable_tags
from people.models import User


@transaction.atomic
def follow(*, reader: User, kind: str, object_id: int, level: str) -> bool:
    """Returns whether anything changed. Raises `DoesNotExist` of the model for what the reader does not see."""
    if level not in Level.values or kind not in FollowKind.values:
        raise ValidationError(_("Choose one of the levels."))
    found = _followed(reader, FollowKind(kind), object_id)
    row, is_new = Follow.objects.get_or_create(
        user=reader, kind=kind, object_id=found.pk, defaults={"level": level, "by_hand": True}
    )
    if is_new or (row.level == level and row.by_hand):
        return is_new
    row.level, row.by_hand = level, True
    row.save(update_fields=["level", "by_hand"])
    return True


def _followed(reader: User, kind: FollowKind, object_id: int) -> Model:
    if kind == FollowKind.BOARD:
        return Board.objects.visible_to(reader).get(pk=object_id)
    if kind == FollowKind.TOPIC:
        return Topic.objects.visible_to(reader).get(pk=object_id)
    return readable_tags(reader).get(pk=object_id)
