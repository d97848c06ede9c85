"""Begins a topic for somebody: a draft in a board, which its owner changes and posts, or throws away. Nobody else sees it."""

from collections.abc import Collection
from urllib.parse import urlencode

from django.urls import reverse

from composer.api import read_draft, save_draft
from composer.data import DraftPlace
from forums.choices import TopicKind
from forums.models import Board
from people.models import User


def begun_place(board: Board) -> DraftPlace:
    """Where the draft of a board is kept and goes on."""
    asks = urlencode({"board": board.slug, "kind": TopicKind.DISCUSSION.value, "begun": board.slug})
    return DraftPlace(key=f"topic:new:{board.slug}", label=board.title, url=f"{reverse('forums:ask')}?{asks}")


def begin_topic(*, owner: User, board: str, title: str, body: str, kept: Collection[str] = ()) -> str | None:
    """The address at which the draft goes on; None where the owner may not write in the board.

    `kept` are words of it that the name guard need not ask about, such as the owner's own name.
    """
    found = _open_board(owner, board)
    if found is None:
        return None
    place = begun_place(found)
    fields = {
        "kind": TopicKind.DISCUSSION.value,
        "board": str(found.pk),
        "title": title,
        "body": body,
        "kept": "\n".join(kept),
    }
    save_draft(owner=owner, key=place.key, fields=fields, label=title, url=place.url)
    return place.url


def begun_topic(*, owner: User, board: str) -> str | None:
    """Where the owner's own draft of the board goes on; None where there is none."""
    found = _open_board(owner, board)
    place = begun_place(found) if found is not None else None
    return place.url if place is not None and read_draft(owner=owner, key=place.key) else None


def _open_board(owner: User, slug: str) -> Board | None:
    return Board.objects.visible_to(owner).filter(slug=slug, closed=False).first()
