"""The admin's views of lessons: each sees only what the reader may see, and writes through the services."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage

from composer.api import check_names
from lessons.managers import screens
from lessons.models import Lesson
from lessons.quality import quality_of
from lessons.services.save import save_lesson
from lessons.services.snapshot import texts_of


class OnlyVisible:
    """Takes the object from what the reader may see; anything else is not there."""

    external = False
    request: Any
    kwargs: dict[str, Any]

    def lessons(self) -> QuerySet[Lesson]:
        """The lessons of this part of the admin."""
        return Lesson.objects.visible_to(self.request.user).filter(is_external=self.external)

    def get_object(self, queryset: Any = None) -> Lesson:
        """The lesson of the address, or the 404 of a missing one."""
        lesson = self.lessons().filter(pk=self.kwargs["pk"]).first()
        if lesson is None:
            raise Http404
        return lesson


if TYPE_CHECKING:
    _Saving = FormMixin[forms.BaseForm]
else:
    _Saving = FormMixin


class SavesThroughService(_Saving):
    """Says beside the form what the service refuses, as where the lesson was archived while it was edited."""

    def form_valid(self, form: Any) -> Any:
        """Saves, or shows the form again with all that was typed."""
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)


class LessonIndexView(OnlyVisible, generic.IndexView):
    """The list."""

    def get_base_queryset(self) -> QuerySet[Lesson]:
        """What the reader may see, with what the columns show."""
        return self.lessons().select_related("phase", "source")


class LessonAddView(SavesThroughService, generic.CreateView):
    """A new lesson; who types it is its author."""

    def save_instance(self) -> Lesson:
        """Through the service."""
        lesson: Lesson = self.form.save(commit=False)
        lesson.author = self.request.user
        return _saved(self.form, lesson, self.request.user)


class LessonEditView(SavesThroughService, OnlyVisible, generic.EditView):
    """A lesson that is there."""

    def save_instance(self) -> Lesson:
        """Through the service."""
        self.has_content_changes = self.form.has_changed()
        return _saved(self.form, self.form.save(commit=False), self.request.user)


class LessonInspectView(OnlyVisible, generic.InspectView):
    """A lesson to look at. An author who stays unnamed is named to those who screen, and to nobody else."""

    def get_author_display_value(self) -> object:
        """The author, or "a colleague"."""
        if self.object.unnamed and not screens(self.request.user):
            return _("a colleague")
        return self.object.author


class LessonHistoryView(OnlyVisible, history.HistoryView):
    """Wagtail's own log of a lesson."""


class LessonUsageView(OnlyVisible, usage.UsageView):
    """Where a lesson is used."""


class LessonDeleteView(OnlyVisible, generic.DeleteView):
    """Closed to everybody by the policy."""


class ExternalIndexView(LessonIndexView):
    """The same for an external lesson."""

    external = True


class ExternalEditView(LessonEditView):
    """The same for an external lesson."""

    external = True


class ExternalInspectView(LessonInspectView):
    """The same for an external lesson."""

    external = True


class ExternalHistoryView(LessonHistoryView):
    """The same for an external lesson."""

    external = True


class ExternalUsageView(LessonUsageView):
    """The same for an external lesson."""

    external = True


class ExternalDeleteView(LessonDeleteView):
    """The same for an external lesson."""

    external = True


def _saved(form: Any, lesson: Lesson, user: Any) -> Lesson:
    known = lesson.causes.all() if lesson.pk else ()
    if not lesson.is_external and form.has_changed():
        lesson.quality = _quality(lesson)
    save_lesson(lesson=lesson, causes=list(form.cleaned_data.get("causes", known)), actor=user)
    return lesson


def _quality(lesson: Lesson) -> int:
    """The score of the text as it is now. Names count against it where they did before and still stand there."""
    before = Lesson.objects.filter(pk=lesson.pk).first()
    named = before is None or before.quality < quality_of(before).score
    findings = check_names(texts_of(lesson)) if named else []
    return quality_of(lesson, names=[finding.words for finding in findings]).score
