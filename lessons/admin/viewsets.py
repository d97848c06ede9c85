"""What the admin offers for lessons: our own to write and edit, external ones to hide or narrow."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from lessons.admin import views
from lessons.admin.forms import ExternalForm, LessonForm
from lessons.admin.policy import LessonPolicy
from lessons.models import Lesson

NO_NAMES = _(
    "<p>Write for colleagues who were not there. No company names, people or amounts that only the deal team knows: "
    "“a mid-size partner” is enough. Restricted and clean-team matters are not stored here at all.</p>"
)
REVIEWED = _(
    "<p>A lesson is screened, published, archived and sent to plays on the portal: see your "
    "<a href='/lessons/worklist/'>worklist</a>, or “Look after this lesson” on its page.</p>"
)
OURS = [
    HelpPanel(content=NO_NAMES),
    MultiFieldPanel(
        [
            FieldPanel("title"),
            FieldPanel("summary"),
            FieldPanel("recommendation"),
            FieldPanel("outcome"),
        ],
        heading=_("The lesson"),
    ),
    MultiFieldPanel(
        [FieldPanel("context"), FieldPanel("planned"), FieldPanel("happened"), FieldPanel("whys")],
        heading=_("The story"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("impact_text"),
            FieldRowPanel([FieldPanel("impact_days"), FieldPanel("impact_money_musd")]),
            FieldPanel("impact_relationship"),
        ],
        heading=_("What it cost, or gained"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("phase"), FieldPanel("component")]),
            FieldRowPanel([FieldPanel("activity"), FieldPanel("habit")]),
            FieldRowPanel([FieldPanel("role_area"), FieldPanel("risk_kind")]),
            FieldRowPanel([FieldPanel("alliance_type"), FieldPanel("partner_type")]),
            FieldPanel("causes"),
        ],
        heading=_("Where it belongs"),
    ),
    MultiFieldPanel(
        [
            HelpPanel(content=REVIEWED),
            FieldRowPanel([FieldPanel("status", read_only=True), FieldPanel("uptake", read_only=True)]),
            FieldRowPanel([FieldPanel("quality", read_only=True), FieldPanel("recorded")]),
            FieldPanel("audience"),
            FieldPanel("code"),
        ],
        heading=_("State"),
    ),
]
EXTERNAL = [
    HelpPanel(
        content=_(
            "<p>The text belongs to its source and comes with the import. Here you decide who sees it.</p>"
        )
    ),
    FieldPanel("title", read_only=True),
    FieldPanel("text", read_only=True),
    FieldPanel("status"),
    FieldPanel("audience"),
]


class LessonViewSet(ModelViewSet):
    """Our own lessons."""

    model = Lesson
    name = "lesson_admin"
    url_prefix = "lessons"
    menu_label = _("Our lessons")
    icon = "doc-full"
    index_view_class = views.LessonIndexView
    add_view_class = views.LessonAddView
    edit_view_class = views.LessonEditView
    inspect_view_class = views.LessonInspectView
    history_view_class = views.LessonHistoryView
    usage_view_class = views.LessonUsageView
    delete_view_class = views.LessonDeleteView
    edit_handler = ObjectList(OURS, base_form_class=LessonForm)
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["id", "search_version", "content_hash", "extra", "is_external"]
    list_display = ["title", "code", "status", "uptake", "phase", "quality", "recorded"]
    list_filter = ["status", "uptake", "outcome", "phase", "quality"]
    search_fields = ["title", "code", "summary"]
    search_backend_name = None
    ordering = ["-recorded", "-id"]
    list_per_page = 50
    add_to_reference_index = False

    @property
    def permission_policy(self) -> LessonPolicy:
        """By role and audience."""
        return LessonPolicy(Lesson)


class ExternalLessonViewSet(LessonViewSet):
    """Imported lessons: only their state and audience are ours."""

    name = "external_lesson_admin"
    url_prefix = "external-lessons"
    menu_label = _("External lessons")
    icon = "download"
    index_view_class = views.ExternalIndexView
    edit_view_class = views.ExternalEditView
    inspect_view_class = views.ExternalInspectView
    history_view_class = views.ExternalHistoryView
    usage_view_class = views.ExternalUsageView
    delete_view_class = views.ExternalDeleteView
    edit_handler = ObjectList(EXTERNAL, base_form_class=ExternalForm)
    list_display = ["title", "source", "external_key", "status", "recorded"]
    list_filter = ["status", "source"]
    search_fields = ["title", "external_key"]

    @property
    def permission_policy(self) -> LessonPolicy:
        """As for ours, but nobody writes one by hand."""
        return NoAdding(Lesson)


class NoAdding(LessonPolicy):
    """External lessons come from imports only."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """As for ours, without adding."""
        return action != "add" and super().user_has_permission(user, action)


class LessonAdminGroup(ModelViewSetGroup):
    """The menu of lessons in the admin."""

    items = (LessonViewSet, ExternalLessonViewSet)
    menu_label = _("Lessons")
    menu_icon = "doc-full"
    menu_order = 210
