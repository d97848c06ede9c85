"""Wagtail's questions about rights, answered by lessons/permissions.py: the role opens, the audience narrows.

Nothing is deleted here: a lesson is archived, so that links to it keep working.
"""

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from lessons.managers import LessonQuerySet, screens
from lessons.models import Lesson
from lessons.permissions import may_edit, may_enter_admin, may_read

EDITS = frozenset({"add", "change"})


class LessonPolicy(ModelPermissionPolicy):
    """Stewards and facilitators edit what they may read; other people of the admin look."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """By role."""
        if action in EDITS:
            return screens(user)
        return action == "view" and may_enter_admin(user)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """By role."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Lesson) -> bool:
        """By role and by audience."""
        if not self.user_has_permission(user, action):
            return False
        return may_edit(user, instance) if action in EDITS else may_read(user, instance)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Lesson
    ) -> bool:
        """By role and by audience."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> LessonQuerySet:
        """By role and by audience."""
        if not self.user_has_any_permission(user, actions):
            return Lesson.objects.none()
        return Lesson.objects.visible_to(user)
