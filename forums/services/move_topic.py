"""Moves a topic to another board. It takes the audience of that board at once, in search and in notices too.

Its address keeps the number, so links to the old board lead to the new one.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import facts
from core.audiences import is_narrower
from core.services.record import record
from forums.models import Board
from forums.services.change_board_audience import retarget_notices
from forums.services.checks import can_be_relayed
from forums.services.indexing import index_topic
from forums.services.keep_topic import kept_topic
from people.models import User


@transaction.atomic
def move_topic(*, actor: User, topic_id: int, board_id: int, reason: str = "") -> bool:
    """Whether it changed anything. Raises as `kept_topic`, and `ValidationError` for a board that does not fit."""
    # Locked, and before the topic as for every writer: a narrowing of the board meanwhile would miss what is coming.
    target = Board.objects.visible_to(actor).select_for_update().filter(pk=board_id).first()
    topic = kept_topic(actor, topic_id)
    if target is None or target.closed:
        raise ValidationError({"board": _("Choose a board that is open.")})
    if target.pk == topic.board_id:
        return False
    if topic.unnamed and not can_be_relayed(target.audience):
        raise ValidationError(
            {"board": _("It was asked without a name, and no facilitator reads this board.")}
        )
    before, old = topic.board, topic.audience
    topic.board, topic.audience = target, target.audience
    topic.save(update_fields=["board", "audience"])
    record(
        actor=actor,
        action="forum.move",
        target=topic,
        changes={"board": (before.slug, target.slug), "audience": (old, target.audience)},
        reason=reason,
    )
    index_topic(topic, narrowing=is_narrower(target.audience, old))
    retarget_notices([topic.pk], target.audience)
    facts.publish(facts.TopicMoved(topic_id=topic.pk, actor_id=actor.pk))
    return True
