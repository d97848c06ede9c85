"""Synonym groups and searches without results in the admin, as snippets.

Terms are typed one a line. A group that is saved here counts as edited: the loader leaves it alone from then on.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.forms import LinesField
from search.models import SynonymGroup, ZeroResultTerm

NOTE = _(
    "Whoever searches for one of the terms finds all of them, and is told so. Forms of two letters count only in "
    "capitals. An ambiguous form is never searched for as something else: its meanings are offered instead."
)


class SynonymGroupForm(WagtailAdminModelForm):
    """Lists as lines; what is saved is marked as edited."""

    terms = LinesField(label=_("Terms"), help_text=_("One a line, the short form first. All mean the same."))
    means = LinesField(
        label=_("Also finds"),
        required=False,
        help_text=_("One a line. What the terms find as well, but not the other way round."),
    )

    def save(self, commit: bool = True) -> Any:
        self.instance.edited = True
        return super().save(commit=commit)


class SynonymGroupViewSet(SnippetViewSet):
    """Synonym groups."""

    model = SynonymGroup
    icon = "tag"
    list_display = ["__str__", "active", "edited", "changed"]
    list_filter = ["active", "edited"]
    list_per_page = 100
    edit_handler = ObjectList(
        [
            HelpPanel(content=NOTE),
            FieldPanel("terms"),
            FieldPanel("means"),
            FieldPanel("ambiguous"),
            FieldPanel("active"),
        ],
        base_form_class=SynonymGroupForm,
    )


class ReadAndForgetPolicy(ModelPermissionPolicy):
    """What the portal counts is read and deleted, never written by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in ("add", "change") and super().user_has_permission(user, action)


class ZeroResultTermViewSet(SnippetViewSet):
    """Searches without results: what the portal lacks, or calls by another name."""

    model = ZeroResultTerm
    icon = "search"
    list_display = ["term", "count", "last_seen"]
    search_fields = ["term"]
    list_per_page = 100
    panels = [FieldPanel("term", read_only=True)]
    permission_policy = ReadAndForgetPolicy(ZeroResultTerm)


class SearchViewSetGroup(SnippetViewSetGroup):
    """The menu of search in the admin."""

    items = (SynonymGroupViewSet, ZeroResultTermViewSet)
    menu_label = _("Search words")
    menu_icon = "search"
    menu_order = 320


register_snippet(SearchViewSetGroup)
