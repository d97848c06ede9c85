"""Finds the pair or the talk that somebody acts on, under a lock. What is not theirs is missing to them."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mentoring.choices import PairState
from mentoring.models import Mentorship, Session
from mentoring.pairs import PEOPLE, is_of_pair
from people.models import User

NUL = "\x00"
TALK_PEOPLE = ("host__profile", *(f"mentorship__{name}" for name in PEOPLE))


def locked_pair(actor: User, pk: int, *, open_only: bool = True) -> Mentorship:
    """A pair of the actor; raises `DoesNotExist`, and `PermissionDenied` where it is closed."""
    rows = Mentorship.objects.select_for_update(of=("self",)).select_related(*PEOPLE)
    pair: Mentorship = rows.get(pk=pk)
    if not is_of_pair(actor, pair):
        raise Mentorship.DoesNotExist
    if open_only and not pair.is_open:
        raise PermissionDenied
    return pair


def locked_talk(actor: User, pk: int) -> Session:
    """A talk of an open pair of the actor, or one handed over to them."""
    rows = Session.objects.select_for_update(of=("self",)).select_related(*TALK_PEOPLE)
    talk: Session = rows.get(pk=pk)
    pair = talk.mentorship
    if not is_of_pair(actor, pair) and actor.pk != talk.host_id:
        raise Session.DoesNotExist
    if not pair.is_open:
        raise PermissionDenied
    return talk


def begin(pair: Mentorship) -> None:
    """A pair that has met or signed is under way."""
    if pair.state == PairState.AGREED:
        pair.state = PairState.ACTIVE
        pair.save(update_fields=["state"])


def has_begun(talk: Session) -> bool:
    """Whether the hour of a talk has come."""
    return talk.start <= timezone.now()
