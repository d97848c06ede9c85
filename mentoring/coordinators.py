"""Who coordinates a search for a mentor: a facilitator without a part in it.

Not the mentee, not the mentor, above neither of them. Coordinators read the code of a no; they never learn of an exclusion.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.audiences import tokens_of
from mentoring.choices import FAILED_REQUESTS, RequestState
from mentoring.models import MatchRequest, Mentorship
from people.api import reporting_line, reports_below
from people.models import User
from people.roles import Role


def is_facilitator(reader: object) -> bool:
    """Whether the reader may coordinate at all."""
    return isinstance(reader, User) and bool(tokens_of(reader)) and Role.FACILITATOR in reader.role_names


def may_read_reports(reader: object) -> bool:
    """Whether the reader may see the figures of groups: who coordinates, and who runs the portal."""
    roles = {Role.FACILITATOR, Role.ADMINISTRATOR}
    return isinstance(reader, User) and bool(tokens_of(reader)) and bool(roles & reader.role_names)


def searches_of(reader: object) -> QuerySet[MatchRequest]:
    """The requests whose search the reader coordinates. One query a level of reports."""
    rows: QuerySet[MatchRequest] = MatchRequest.objects.exclude(state=RequestState.DRAFT)
    if not isinstance(reader, User) or not is_facilitator(reader):
        return rows.none()
    mine = {reader.pk, *reports_below(reader.pk)}
    return rows.exclude(Q(mentee__in=mine) | Q(mentor__in=mine))


def waiting_searches(reader: object) -> QuerySet[MatchRequest]:
    """The last requests of those who asked twice in vain and have neither a mentor nor a request that waits."""
    later = MatchRequest.objects.filter(mentee=OuterRef("mentee"), pk__gt=OuterRef("pk"))
    pairs = Mentorship.objects.open().filter(mentee=OuterRef("mentee"))
    rows = searches_of(reader).filter(state__in=FAILED_REQUESTS, failures__gte=1)
    return rows.filter(~Exists(later), ~Exists(pairs)).select_related("mentee").order_by("pk")


def coordinators_of(request: MatchRequest) -> list[int]:
    """The twin of `searches_of`: everybody who coordinates this one."""
    facilitators = User.objects.present().filter(groups__name=Role.FACILITATOR)
    return [one.pk for one in facilitators if searches_of(one).filter(pk=request.pk).exists()]


def coordinators_for(person: User) -> list[int]:
    """The facilitators who are neither the person nor above them."""
    line = {person.pk, *reporting_line(person.pk)}
    rows = User.objects.present().filter(groups__name=Role.FACILITATOR).exclude(pk__in=line)
    return list(rows.values_list("pk", flat=True))
