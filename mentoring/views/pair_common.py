"""What the views of a pair share: the reader, their pair or talk, the way back up, and acts that answer 404."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.crumbs import Crumb
from mentoring.models import Mentorship, Session
from mentoring.pairs import is_of_pair, pairs_of, talks_of
from people.models import User

Answer = TypeVar("Answer")


def reader_of(request: HttpRequest) -> User:
    """Who is signed in; the door in front of all pages has turned strangers away."""
    return cast("User", request.user)


def pair_for(request: HttpRequest, pk: int) -> Mentorship:
    """A pair of the reader; missing to everybody else."""
    return get_object_or_404(pairs_of(reader_of(request)), pk=pk)


def open_pair_for(request: HttpRequest, pk: int) -> Mentorship:
    """A pair of the reader that goes on."""
    pair = pair_for(request, pk)
    if not pair.is_open:
        raise Http404
    return pair


def talk_for(request: HttpRequest, pair: int, pk: int) -> Session:
    """A talk that the reader takes part in."""
    return get_object_or_404(talks_of(reader_of(request)), mentorship=pair, pk=pk)


def crumbs_of(pair: Mentorship, reader: User, *last: str) -> list[Crumb]:
    """The way up; who only stands in is not led to the page of the pair."""
    own = is_of_pair(reader, pair)
    other = pair.mentor if reader.pk == pair.mentee_id else pair.mentee
    label = _("You and %(name)s") % {"name": other.name}
    up = pair.get_absolute_url() if own and last else ""
    first = Crumb(_("Mentoring"), reverse("mentoring:home"))
    return [first, *([Crumb(label, up)] if own else []), *(Crumb(words) for words in last)]


def done(act: Callable[[], Answer]) -> Answer:
    """What a verb answers; what is not there for the reader, or not theirs to do, is missing."""
    try:
        return act()
    except (ObjectDoesNotExist, PermissionDenied, ValidationError, ValueError) as refusal:
        raise Http404 from refusal


def allowed(act: Callable[[], Answer]) -> Answer:
    """The same for acts whose form shows refusals in words."""
    try:
        return act()
    except (ObjectDoesNotExist, PermissionDenied) as refusal:
        raise Http404 from refusal
