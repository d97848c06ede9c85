"""What the composer adds to the admin."""

from wagtail import hooks

from composer.admin.guarded_names import GuardedNameViewSet


@hooks.register("register_admin_viewset")
def register_guarded_names() -> GuardedNameViewSet:
    """The names that texts must not carry."""
    return GuardedNameViewSet()
