"""Puts our people in the place of Wagtail's users: every change goes through the services, and nobody is deleted."""

from wagtail.users.apps import WagtailUsersAppConfig


class CommonsUsersConfig(WagtailUsersAppConfig):
    """Wagtail's app with our views."""

    user_viewset = "people.admin.viewsets.PeopleViewSet"
