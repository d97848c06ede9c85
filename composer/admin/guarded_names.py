"""The list of guarded names in the admin: for facilitators, and for nobody else to see."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from composer.models import GuardedName
from composer.services.guard_name import guard_name, release_name

NOTE = _(
    "<p>Whoever writes one of these names is asked to choose neutral words. The question is the same for every name that "
    "nobody here uses, so it tells nobody what stands on this list. Add the name as people write it; capitals and "
    "hyphens make no difference.</p>"
)


class NameAddView(generic.CreateView):
    """A new name."""

    def save_instance(self) -> GuardedName:
        """Through the service."""
        return _saved(self.form, self.request.user)


class NameEditView(generic.EditView):
    """A name that is there."""

    def save_instance(self) -> GuardedName:
        """Through the service."""
        self.has_content_changes = self.form.has_changed()
        return _saved(self.form, self.request.user)


class NameDeleteView(generic.DeleteView):
    """A name that may be written again."""

    def delete_action(self) -> None:
        """Through the service."""
        release_name(name=self.object, actor=self.request.user)


def _saved(form: Any, user: Any) -> GuardedName:
    name: GuardedName = form.save(commit=False)
    guard_name(name=name, actor=user)
    return name


class GuardedNameViewSet(ModelViewSet):
    """All names."""

    model = GuardedName
    name = "guarded_names"
    url_prefix = "guarded-names"
    menu_label = _("Guarded names")
    menu_order = 320
    icon = "lock"
    add_to_admin_menu = True
    add_view_class = NameAddView
    edit_view_class = NameEditView
    delete_view_class = NameDeleteView
    edit_handler = ObjectList([HelpPanel(content=NOTE), FieldPanel("name"), FieldPanel("kind")])
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    search_backend_name = None
    ordering = ["name"]
    list_per_page = 100
    add_to_reference_index = False
