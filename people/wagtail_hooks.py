"""Hangs the audit trail into the admin; people stand where Wagtail's users were (people/wagtail_users.py)."""

from wagtail import hooks

from people.admin.viewsets import TrailViewSet


@hooks.register("register_admin_viewset")
def trail_in_the_admin() -> TrailViewSet:
    """The trail, to read."""
    return TrailViewSet("audit_trail", url_prefix="audit-trail")
