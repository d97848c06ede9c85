"""Lists of the admin: people, and the audit trail to read."""

from typing import Any

from django.contrib.auth import get_permission_codename
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from core.models import AuditEntry
from people.admin.forms import PersonForm
from people.models import User

PER_PAGE = 50


class NoDeleteView(generic.DeleteView):
    """People who left are switched off; their content keeps their name."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Missing for everybody."""
        raise Http404


class PeopleViewSet(ModelViewSet):
    """People, by name."""

    model = User
    icon = "user"
    menu_label = _("People")
    menu_name = "users"
    menu_order = 600
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    ordering = "name"
    list_per_page = PER_PAGE
    list_display = ["name", "email", Column("business_function", label=_("Function")), "is_active"]
    list_filter = ["is_active", "is_practitioner", "groups"]
    search_fields = ["name", "email"]
    delete_view_class = NoDeleteView

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        """One form for making and changing."""
        return PersonForm


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Whoever may view may only view."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """True for viewing, by the model's own right."""
        return action == "view" and bool(
            user.has_perm(f"core.{get_permission_codename('view', AuditEntry._meta)}")
        )

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """True where viewing is among them and allowed."""
        return any(self.user_has_permission(user, action) for action in actions)


class TrailIndexView(generic.IndexView):
    """The newest acts first."""

    any_permission_required = ["view"]

    def get_base_queryset(self) -> QuerySet[AuditEntry]:
        """With the actors, in one query."""
        return AuditEntry.objects.select_related("actor")


class TrailViewSet(ModelViewSet):
    """The audit trail, to read."""

    model = AuditEntry
    icon = "history"
    menu_label = _("Audit trail")
    menu_name = "audit-trail"
    menu_order = 700
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["at", "actor", "action", "object_type", "object_id", "changes", "reason", "origin"]
    ordering = "-id"
    list_per_page = PER_PAGE
    list_display = [
        DateColumn("at", label=_("At")),
        Column("action", label=_("Act")),
        "actor",
        Column("object_type", label=_("Kind")),
        Column("object_id", label=_("Object")),
        Column("reason", label=_("Reason")),
    ]
    list_filter = ["action", "object_type"]
    index_view_class = TrailIndexView
    edit_handler = ObjectList([FieldPanel("action", read_only=True)])
    form_fields = ["reason"]

    @property
    def permission_policy(self) -> ReadOnlyPolicy:
        """Nobody adds, changes or deletes here, superusers included."""
        return ReadOnlyPolicy(AuditEntry)
