"""The glossary in the admin: facilitators write it, and every save and deletion goes through the services."""

from typing import Any

from django.forms import Textarea
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from core.forms import LinesField
from playbook.models import GlossaryTerm
from playbook.services.delete_term import delete_term
from playbook.services.save_term import save_term

NOTE = _(
    "<p>Readers look a term up in five seconds: write what it means here, in words of every day. What you save is on "
    "the glossary page and in search at once. The link to a term never changes, also when you rename it.</p>"
)


class TermForm(WagtailAdminModelForm):
    """One term; what else it is called is typed one a line."""

    also = LinesField(
        label=_("Also called"),
        required=False,
        help_text=_("Other names and spellings, one a line. A search for one of them finds this term."),
        widget=Textarea(attrs={"rows": 4}),
    )


class TermAddView(generic.CreateView):
    """A new term."""

    def save_instance(self) -> GlossaryTerm:
        """Through the service."""
        return _saved(self.form, self.request.user)


class TermEditView(generic.EditView):
    """A term that is there."""

    def save_instance(self) -> GlossaryTerm:
        """Through the service."""
        self.has_content_changes = self.form.has_changed()
        return _saved(self.form, self.request.user)


class TermDeleteView(generic.DeleteView):
    """A term to be taken out."""

    def delete_action(self) -> None:
        """Through the service."""
        delete_term(term=self.object, actor=self.request.user)


def _saved(form: Any, user: Any) -> GlossaryTerm:
    term: GlossaryTerm = form.save(commit=False)
    save_term(term=term, actor=user)
    return term


PANELS = [
    HelpPanel(content=NOTE),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("term"), FieldPanel("abbreviation")]), FieldPanel("area")],
        heading=_("The term"),
    ),
    MultiFieldPanel([FieldPanel("definition"), FieldPanel("confuse")], heading=_("What it means")),
    FieldPanel("also"),
]


class GlossaryViewSet(ModelViewSet):
    """All terms."""

    model = GlossaryTerm
    name = "glossary_admin"
    url_prefix = "glossary"
    menu_label = _("Glossary")
    menu_order = 310
    icon = "openquote"
    add_to_admin_menu = True
    add_view_class = TermAddView
    edit_view_class = TermEditView
    delete_view_class = TermDeleteView
    edit_handler = ObjectList(PANELS, base_form_class=TermForm)
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ["term", "abbreviation", "area", "definition"]
    list_filter = ["area"]
    search_fields = ["term", "abbreviation", "definition"]
    search_backend_name = None
    ordering = ["term"]
    list_per_page = 100
    add_to_reference_index = False
