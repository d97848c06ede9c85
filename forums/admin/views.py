"""The admin's views of boards and tags: each writes through the services."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage

from forums.models import Board, Tag
from forums.reading.tags import kept_tags
from forums.services.keep_tag import approve_tag, merge_tag, reject_tag
from forums.services.save_board import save_board


class BoardAddView(generic.CreateView):
    """A new board."""

    def save_instance(self) -> Board:
        """Through the service."""
        return save_board(board=self.form.save(commit=False), actor=self.request.user)


class BoardIndexView(generic.IndexView):
    """The list."""

    def get_base_queryset(self) -> QuerySet[Board]:
        """What the editor reads."""
        return Board.objects.visible_to(self.request.user)


class OnlyRead:
    """Takes the board from what the editor reads; anything else is not there."""

    request: Any
    kwargs: dict[str, Any]

    def get_object(self, queryset: Any = None) -> Board:
        """The board of the address, or the 404 of a missing one."""
        return get_object_or_404(Board.objects.visible_to(self.request.user), pk=self.kwargs["pk"])


class BoardHistoryView(OnlyRead, history.HistoryView):
    """Wagtail's own log of a board."""


class BoardUsageView(OnlyRead, usage.UsageView):
    """Where a board is used."""


class BoardEditView(OnlyRead, generic.EditView):
    """A board that is there."""

    def save_instance(self) -> Board:
        """Through the service."""
        self.has_content_changes = self.form.has_changed()
        return save_board(board=self.form.save(commit=False), actor=self.request.user)


class TagIndexView(generic.IndexView):
    """Words of the members; what waits stands first. Terms of the vocabularies are kept there."""

    def get_base_queryset(self) -> QuerySet[Tag]:
        """With how many topics carry each."""
        return kept_tags(self.request.user)


class TagEditView(generic.EditView):
    """Approves a tag, or joins it with another one."""

    def get_object(self, queryset: Any = None) -> Tag:
        """Free words of topics that the editor reads."""
        return get_object_or_404(kept_tags(self.request.user), pk=self.kwargs["pk"])

    def save_instance(self) -> Tag:
        """Through the services."""
        self.has_content_changes = True
        tag, actor = self.object, self.request.user
        if into := self.form.cleaned_data["into"]:
            return merge_tag(actor=actor, tag_id=tag.pk, into_id=into.pk)
        return approve_tag(actor=actor, tag_id=tag.pk, label=self.form.cleaned_data["label"])


class TagDeleteView(generic.DeleteView):
    """Takes a tag off its topics."""

    def get_object(self, queryset: Any = None) -> Tag:
        """Free words of topics that the editor reads."""
        return get_object_or_404(kept_tags(self.request.user), pk=self.kwargs["pk"])

    def delete_action(self) -> None:
        """Through the service."""
        reject_tag(actor=self.request.user, tag_id=self.object.pk)
