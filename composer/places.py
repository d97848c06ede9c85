"""The place of a draft as a page carries it: signed, with its owner, so that nobody saves under another's name.

A page that was opened by one person and goes on after another signed in still names the first; the server refuses.
"""

from dataclasses import dataclass
from typing import Any

from django.core import signing

from composer.data import DraftPlace

SALT = "composer.places"


@dataclass(frozen=True, slots=True)
class SignedPlace:
    """Whose draft it is, its place, the form field that names it, and the fields under the name guard."""

    owner_id: int
    place: DraftPlace
    label_field: str = ""
    guard_fields: tuple[str, ...] = ()

    def sign(self) -> str:
        """As a hidden field of a form."""
        place = self.place
        told = [
            self.owner_id,
            place.key,
            str(place.label),
            place.url,
            self.label_field,
            list(self.guard_fields),
        ]
        return signing.dumps(told, salt=SALT, compress=True)


def read_place(token: str) -> SignedPlace | None:
    """What a page carried; None where somebody tampered with it."""
    try:
        owner_id, key, label, url, label_field, guard_fields = _loaded(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return SignedPlace(owner_id, DraftPlace(key, label, url), label_field, tuple(guard_fields))


def _loaded(token: str) -> Any:
    return signing.loads(token, salt=SALT)
