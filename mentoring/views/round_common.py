"""What the coordinator's views of rounds and programmes share: who may enter, the round, the way back up."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.crumbs import Crumb
from mentoring.coordinators import is_facilitator
from mentoring.models import MatchRun
from mentoring.rounds import run_for
from mentoring.views.pair_common import reader_of
from people.models import User

LONGEST_NUMBER = 9


def facilitator(request: HttpRequest) -> User:
    """Who is signed in, if they coordinate at all; missing to everybody else."""
    reader = reader_of(request)
    if not is_facilitator(reader):
        raise Http404
    return reader


def round_of(request: HttpRequest, pk: int) -> MatchRun:
    """A round without a part of the reader; missing to everybody else."""
    try:
        return run_for(facilitator(request), pk)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def whole(value: str) -> int:
    """A number as it was sent; 0 for anything else."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER else 0


def crumbs(*last: Crumb | str) -> list[Crumb]:
    """Mentoring, rounds, then where the reader is."""
    first = Crumb(_("Mentoring"), reverse("mentoring:home"))
    rounds = Crumb(_("Rounds"), reverse("mentoring:rounds") if last else "")
    return [first, rounds, *(one if isinstance(one, Crumb) else Crumb(one) for one in last)]
