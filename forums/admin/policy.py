"""Wagtail's questions about rights, answered by role and, for boards, by audience too.

Facilitators keep boards, stewards and facilitators keep tags. No board is deleted, since posts stand in it; no tag is
added by hand, since topics bring them.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from core.audiences import tokens_of
from forums.managers import keeps_order
from forums.models import Board
from people.roles import Role


class RolePolicy(ModelPermissionPolicy):
    """Some acts for some roles, on every object."""

    acts: frozenset[str] = frozenset()

    def holds(self, user: Any) -> bool:
        """Whether the user has the role."""
        raise NotImplementedError

    def user_has_permission(self, user: Any, action: str) -> bool:
        """By role."""
        return action in self.acts and self.holds(user) and bool(tokens_of(user))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """By role."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """By role."""
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        """By role, and where it matters by audience."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        """All of them, or none."""
        rows: QuerySet[Any] = self.model._default_manager.all()
        return rows if self.user_has_any_permission(user, actions) else rows.none()


class BoardPolicy(RolePolicy):
    """Facilitators, and only boards they read."""

    acts = frozenset({"add", "change", "view"})

    def holds(self, user: Any) -> bool:
        """Facilitators."""
        return keeps_order(user)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Board) -> bool:
        """By role and by audience."""
        return self.user_has_permission(user, action) and instance.audience in tokens_of(user)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        """Those the user reads."""
        allowed = self.user_has_any_permission(user, actions)
        return Board.objects.visible_to(user) if allowed else Board.objects.none()


class TagPolicy(RolePolicy):
    """Stewards and facilitators."""

    acts = frozenset({"change", "view", "delete"})

    def holds(self, user: Any) -> bool:
        """Stewards and facilitators."""
        roles: frozenset[str] = getattr(user, "role_names", frozenset())
        return bool(roles & {Role.STEWARD, Role.FACILITATOR})
