"""Hangs the lessons into the admin."""

from wagtail import hooks

from lessons.admin.viewsets import LessonAdminGroup


@hooks.register("register_admin_viewset")
def lessons_in_the_admin() -> LessonAdminGroup:
    """Our own and the external ones."""
    return LessonAdminGroup()
