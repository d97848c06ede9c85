"""Makes a board, or changes what stands at its head. Its audience changes through change_board_audience."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from core.services.check_audience import check_audience
from core.services.record import record
from forums.models import Board
from forums.services.change_board_audience import change_board_audience
from people.models import User

FIELDS = ("title", "description", "order", "closed")


@transaction.atomic
def save_board(*, board: Board, actor: User) -> Board:
    """Stores a board as it was filled in. Its address is given once, since links carry it."""
    return _make(board, actor) if board.pk is None else _change(board, actor)


def _make(board: Board, actor: User) -> Board:
    check_audience(board.audience)
    check_address(board.slug)
    board.save()
    record(actor=actor, action="forum.make_board", target=board, changes={"audience": ("", board.audience)})
    return board


def _change(board: Board, actor: User) -> Board:
    stored = Board.objects.select_for_update().get(pk=board.pk)
    changes: dict[str, tuple[object, object]] = {
        name: (getattr(stored, name), getattr(board, name))
        for name in FIELDS
        if getattr(stored, name) != getattr(board, name)
    }
    if changes:
        for name in changes:
            setattr(stored, name, getattr(board, name))
        stored.save(update_fields=list(changes))
        record(actor=actor, action="forum.change_board", target=stored, changes=changes)
    change_board_audience(board_id=stored.pk, audience=board.audience, actor=actor)
    return board


def check_address(slug: str) -> None:
    """Raises `ValidationError` for an address that a page of the forums has already, or that would hide topics below it."""
    addresses = {
        "board": reverse("forums:board", args=[slug]),
        "topic": reverse("forums:topic", args=[slug, 1]),
    }
    if any(_leads_to(address) not in (name, "") for name, address in addresses.items()):
        raise ValidationError({"slug": _("A page of the forums has this address. Choose another one.")})


def _leads_to(address: str) -> str:
    try:
        return resolve(address).url_name or ""
    except Resolver404:
        return ""
