"""Querysets of alliances. `visible_to` is the one rule: the confirmed team, and facilitators; nobody else learns that one is there."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from alliances.choices import OPEN, Duty, MembershipState
from core.audiences import ALLIANCE_PREFIX, tokens_of
from core.managers import AudienceQuerySet
from people.roles import Role

if TYPE_CHECKING:
    from alliances.models import Alliance, Membership


def looks_after_all(reader: object) -> bool:
    """Whether the reader is a facilitator, who keeps the register of alliances."""
    return bool(tokens_of(reader)) and Role.FACILITATOR in getattr(reader, "role_names", frozenset())


class AllianceQuerySet(AudienceQuerySet["Alliance"]):
    """Alliances."""

    def visible_to(self, reader: object) -> Self:
        """Those whose team the reader is confirmed in; all of them for facilitators."""
        return self.all() if looks_after_all(reader) else super().visible_to(reader)

    def with_terms(self) -> Self:
        """With the terms that pages show."""
        return self.select_related("partner_type", "alliance_type", "phase", "tier")

    def without_manager(self) -> Self:
        """Those that nobody confirmed and present manages."""
        from alliances.models import Membership

        managed = Membership.objects.confirmed().filter(
            alliance=OuterRef("pk"), duty=Duty.MANAGER, person__is_active=True
        )
        return self.filter(~Exists(managed))


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who is in which team."""

    def visible_to(self, reader: object) -> Self:
        """Those of alliances the reader sees, and the reader's own."""
        if looks_after_all(reader):
            return self.all()
        tokens = [token for token in tokens_of(reader) if token.startswith(ALLIANCE_PREFIX)]
        own = getattr(reader, "pk", None) if tokens_of(reader) else None
        return self.filter(Q(alliance__audience__in=tokens) | Q(person=own)) if own else self.none()

    def open(self) -> Self:
        """Asked or confirmed."""
        return self.filter(state__in=OPEN)

    def confirmed(self) -> Self:
        """Those that count."""
        return self.filter(state=MembershipState.CONFIRMED)
