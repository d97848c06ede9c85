"""Hangs the forums into the admin."""

from wagtail import hooks

from forums.admin.viewsets import ForumAdminGroup


@hooks.register("register_admin_viewset")
def forums_in_the_admin() -> ForumAdminGroup:
    """Boards and tags."""
    return ForumAdminGroup()
