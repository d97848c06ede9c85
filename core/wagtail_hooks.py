"""The vocabularies in the admin, one list each, and an admin without what the portal does not use.

A term's code is typed once and never changes; terms are not deleted there, since plays, lessons and links carry them.
"""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from core.models import Term, Vocabulary

UNUSED_MENU_ITEMS = frozenset({"images", "documents", "help", "explorer-images"})
UNUSED_SUMMARY = ("ImagesSummaryItem", "DocumentsSummaryItem")


class TermForm(WagtailAdminModelForm):
    """A term of the vocabulary whose list the editor came from."""

    vocabulary = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True
        else:
            self.instance.vocabulary = self.vocabulary

    def clean_code(self) -> str:
        """Refuses a code that another term of the vocabulary has."""
        code: str = self.cleaned_data["code"]
        same = Term.objects.filter(vocabulary=self.instance.vocabulary, code=code).exclude(
            pk=self.instance.pk
        )
        if same.exists():
            raise forms.ValidationError(
                _("Another term of this vocabulary has this code. Choose another one.")
            )
        return code


class KeepingPolicy(ModelPermissionPolicy):
    """Django's rights on a model, but nobody deletes."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """As Django says; never for a deletion."""
        return action != "delete" and super().user_has_permission(user, action)


class TermIndexView(generic.IndexView):
    """The terms of one vocabulary in reading order."""

    vocabulary = ""

    def get_base_queryset(self) -> QuerySet[Term]:
        """Only this vocabulary."""
        return Term.objects.of(self.vocabulary)


class TermViewSet(ModelViewSet):
    """One vocabulary. Made once for each member of `Vocabulary`."""

    model = Term
    icon = "tag"
    vocabulary = ""
    list_display = ["label", "code", "order", "definition"]
    search_fields = ["label", "code", "definition"]
    search_backend_name = None
    inspect_view_enabled = False
    copy_view_enabled = False
    index_view_class = TermIndexView

    @property
    def permission_policy(self) -> KeepingPolicy:
        """Add and change, as the role allows."""
        return KeepingPolicy(self.model)

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Tells the list which vocabulary it shows."""
        return super().get_index_view_kwargs(
            **{"vocabulary": self.vocabulary, "page_title": self.menu_label, **kwargs}
        )

    def get_edit_handler(self) -> Any:
        """The fields in the order in which people think of a term."""
        form = type("BoundTermForm", (TermForm,), {"vocabulary": self.vocabulary})
        names = ("label", "code", "definition", "order")
        handler = ObjectList([FieldPanel(name) for name in names], base_form_class=form)
        return handler.bind_to_model(self.model)


def vocabulary_viewset(vocabulary: Vocabulary) -> TermViewSet:
    """The list of one vocabulary."""
    return TermViewSet(
        f"terms_{vocabulary.value}",
        vocabulary=vocabulary.value,
        url_prefix=f"vocabularies/{vocabulary.value.replace('_', '-')}",
        menu_label=vocabulary.label,
    )


class VocabularyGroup(ModelViewSetGroup):
    """All vocabularies under one entry of the menu."""

    menu_label = _("Vocabularies")
    menu_icon = "tag"
    menu_order = 300
    items = tuple(vocabulary_viewset(vocabulary) for vocabulary in Vocabulary)


@hooks.register("register_admin_viewset")
def register_vocabularies() -> VocabularyGroup:
    """Puts the vocabularies into the admin."""
    return VocabularyGroup()


@hooks.register("construct_main_menu")
def hide_what_is_not_used(request: HttpRequest, items: list[MenuItem]) -> None:
    """The portal keeps no library of images and files, and its help stands on the portal."""
    items[:] = [item for item in items if item.name not in UNUSED_MENU_ITEMS]


@hooks.register("insert_global_admin_css")
def own_colours() -> SafeString:
    """The admin wears the colours of the portal."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("construct_homepage_summary_items")
def summarise_pages_only(request: HttpRequest, items: list[Any]) -> None:
    """The first page of the admin counts pages, not files."""
    items[:] = [item for item in items if type(item).__name__ not in UNUSED_SUMMARY]
