"""The boards a reader may enter, with how many topics each has."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from forums.models import Board, Topic
from forums.presentation import short_audience


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A board on the front page of the forums."""

    board: Board
    topics: int
    unread: int
    only: str
    """Who may enter, where it is not everybody."""


def board_cards(reader: object, unread: Iterable[Topic]) -> list[BoardCard]:
    """In the order of the boards; `unread` are the topics that are new to the reader. Two queries."""
    boards = list(Board.objects.visible_to(reader))
    topics = Topic.objects.visible_to(reader).listed().order_by()
    counts = dict(topics.values_list("board").annotate(Count("pk")))
    new = Counter(topic.board_id for topic in unread)
    return [
        BoardCard(board, counts.get(board.pk, 0), new[board.pk], short_audience(board.audience))
        for board in boards
    ]
