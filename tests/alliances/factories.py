"""Alliances and teams for tests, made by the services that make them for people."""

from typing import Any

from alliances.choices import Duty
from alliances.models import Alliance, Membership
from alliances.services.membership import add_member
from alliances.services.save_alliance import add_alliance
from core.models import Term, Vocabulary
from people.models import User

_count = iter(range(1, 10_000_000))


def make_alliance(*, phase: str = "operate", **values: Any) -> Alliance:
    """An alliance that nobody is in."""
    term, _is_new = Term.objects.get_or_create(
        vocabulary=Vocabulary.LIFECYCLE_PHASE, code=phase, defaults={"label": phase.capitalize()}
    )
    values.setdefault("code_name", f"Bird {next(_count)}")
    return add_alliance(actor=None, values={"phase": term, **values})


def join(alliance: Alliance, person: User, duty: Duty = Duty.MEMBER) -> Membership:
    """A confirmed member; the person object knows its new token."""
    membership = add_member(alliance=alliance, person=person, duty=duty, actor=None)
    person.refresh_from_db(fields=["alliance_ids"])
    person.__dict__.pop("audience_tokens", None)
    return membership
