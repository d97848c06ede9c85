"""Choosing a person as the owner of a play: by a search over names, never from a list of all employees."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet


class PersonFilterForm(BaseFilterForm):
    """Part of a name or an address."""

    q = forms.CharField(label=_("Name or e-mail address"), required=False)

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """The people whose name or address holds the words."""
        words = self.cleaned_data.get("q", "")
        self.is_searching, self.search_query = bool(words), words
        return objects.filter(Q(name__icontains=words) | Q(email__icontains=words)) if words else objects


class ActivePeopleMixin:
    """Only people who are here; the search above."""

    filter_form_class = PersonFilterForm
    ordering = "name"

    def get_object_list(self) -> QuerySet[Any]:
        """People who may sign in."""
        return get_user_model().objects.filter(is_active=True)


class ChoosePersonView(ActivePeopleMixin, ChooseView):
    """The window."""


class ChoosePersonResultsView(ActivePeopleMixin, ChooseResultsView):
    """What the search in the window finds."""


person_chooser = ChooserViewSet(
    "person_chooser",
    model=get_user_model(),
    url_prefix="choose-person",
    icon="user",
    choose_one_text=_("Choose a person"),
    choose_another_text=_("Choose another person"),
    choose_view_class=ChoosePersonView,
    choose_results_view_class=ChoosePersonResultsView,
    register_widget=False,
)
PersonChooser = person_chooser.widget_class
