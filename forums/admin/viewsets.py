"""What the admin offers for the forums: boards for facilitators, members' tags for stewards."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from forums.admin import views
from forums.admin.forms import BoardForm, TagForm
from forums.admin.policy import BoardPolicy, TagPolicy
from forums.models import Board, Tag

ABOUT_BOARDS = _(
    "<p>Few boards are read by many: begin a new one when its questions come every week and nowhere fit. A topic in the "
    "wrong place is moved on its own page.</p>"
)
ABOUT_TAGS = _(
    "<p>A member typed this word at a topic. Approved, it shows there and can be followed by all. Where another tag says "
    "the same, join them. What names a partner, a product or a person is deleted: it goes from all topics.</p>"
)

CLOSED = BooleanColumn("closed", label=_("Closed"), sort_key="closed")
APPROVED = BooleanColumn("approved", label=_("Approved"), sort_key="approved")


class BoardViewSet(ModelViewSet):
    """All boards the editor reads."""

    model = Board
    name = "forum_boards"
    url_prefix = "forum-boards"
    menu_label = _("Boards")
    icon = "folder-open-inverse"
    index_view_class = views.BoardIndexView
    add_view_class = views.BoardAddView
    edit_view_class = views.BoardEditView
    history_view_class = views.BoardHistoryView
    usage_view_class = views.BoardUsageView
    edit_handler = ObjectList(
        [
            HelpPanel(content=ABOUT_BOARDS),
            FieldPanel("title"),
            FieldPanel("description", help_text=_("One sentence: what is asked here.")),
            FieldPanel("slug", help_text=_("Given once, since links carry it.")),
            MultiFieldPanel(
                [FieldPanel("audience"), FieldRowPanel([FieldPanel("order"), FieldPanel("closed")])],
                heading=_("Who and where"),
            ),
        ],
        base_form_class=BoardForm,
    )
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ["title", "slug", "audience", "order", CLOSED]
    list_filter = ["closed"]
    search_fields = ["title", "description"]
    search_backend_name = None
    ordering = ["order", "title"]
    add_to_reference_index = False

    @property
    def permission_policy(self) -> BoardPolicy:
        """Facilitators, by audience."""
        return BoardPolicy(Board)


class TagViewSet(ModelViewSet):
    """Words of the members."""

    model = Tag
    name = "forum_tags"
    url_prefix = "forum-tags"
    menu_label = _("Tags of members")
    icon = "tag"
    index_view_class = views.TagIndexView
    edit_view_class = views.TagEditView
    delete_view_class = views.TagDeleteView
    edit_handler = ObjectList(
        [HelpPanel(content=ABOUT_TAGS), FieldPanel("label"), FieldPanel("into")], base_form_class=TagForm
    )
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ["label", APPROVED, Column("used", label=_("Topics"))]
    list_filter = ["approved"]
    search_fields = ["label"]
    search_backend_name = None
    ordering = ["approved", "label"]
    list_per_page = 100
    add_to_reference_index = False

    @property
    def permission_policy(self) -> TagPolicy:
        """Stewards and facilitators."""
        return TagPolicy(Tag)


class ForumAdminGroup(ModelViewSetGroup):
    """The menu of the forums in the admin."""

    items = (BoardViewSet, TagViewSet)
    menu_label = _("Forums")
    menu_icon = "comment"
    menu_order = 220
