"""What every page of the portal carries: who may read it, and its version in search.

Invariants: `audience` is what an editor chose; `effective_audience` is the narrowest of it and of all ancestors, kept by
playbook.services.settle_audience and by nobody else; an old revision never brings back an old `effective_audience`.
A page is refused with the 404 of a missing one, also as a preview, and its admin pages are closed to an editor who may
not read it. Wagtail's own view restrictions are not used; the admin does not offer them.
"""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PagePermissionTester, PageViewRestriction

from core.audiences import COMMUNITY, NOBODY, narrowest, tokens_of
from playbook.addresses import address_of
from playbook.forms import PortalPageForm
from playbook.managers import PortalPageManager
from search.mixins import SearchableMixin

AUDIENCE_LENGTH = 60
UNSETTLED = ""


class PortalPagePermissionTester(PagePermissionTester):
    """Wagtail's rights over a page, all of them off for an editor who may not read it.

    Superusers run the installation and are let through; on the site itself they read by their tokens like everybody.
    """

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        if not user.is_superuser and not page.may_be_edited_by(user):
            self.permissions: set[str] = set()

    def can_set_view_restrictions(self) -> bool:
        """Never: the audience decides."""
        return False


if TYPE_CHECKING:
    from wagtail.models import Page as PageBase
else:
    PageBase = object


class PortalPageMixin(SearchableMixin, PageBase):
    """Put it in front of `Page`: `class PlayPage(PortalPageMixin, Page)`.

    `search_kind` names the kind in search; empty for pages that are only a way to others.
    """

    search_kind = ""
    kept_over_revisions: tuple[str, ...] = ("effective_audience", "search_version")

    audience = models.CharField(
        _("who may read it"),
        max_length=AUDIENCE_LENGTH,
        default=COMMUNITY,
        help_text=_("A page below this one is never open to more people than this page."),
    )
    effective_audience = models.CharField(
        max_length=AUDIENCE_LENGTH, default=UNSETTLED, editable=False, db_index=True
    )

    objects: ClassVar[Any] = PortalPageManager()
    base_form_class = PortalPageForm
    show_in_menus_default = False

    promote_panels = [
        MultiFieldPanel([FieldPanel("slug")], heading=_("Address")),
    ]
    audience_panel = MultiFieldPanel([FieldPanel("audience")], heading=_("Who may read it"))

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """The address, as Django asks for it."""
        return address_of(self)

    def is_readable_by(self, reader: object) -> bool:
        """The predicate twin of `PortalPageQuerySet.visible_to`."""
        tokens = tokens_of(reader)
        return bool(self.live and self.audience in tokens and self.effective_audience in tokens)

    def may_be_edited_by(self, reader: object) -> bool:
        """Whether an editor's tokens open it: as for reading, except that a new page is not settled yet."""
        tokens = tokens_of(reader)
        return self.audience in tokens and self.effective_audience in tokens | {UNSETTLED}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, or the 404 of a missing one."""
        if not self.is_readable_by(request.user):
            raise Http404
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """A preview, or the 404 of a missing page."""
        user = request.user
        if not getattr(user, "is_superuser", False) and not self.may_be_edited_by(user):
            raise Http404
        response: HttpResponseBase = super().serve_preview(request, mode_name)
        return response

    def permissions_for_user(self, user: Any) -> PortalPagePermissionTester:
        """The rights of an editor over this page."""
        return PortalPagePermissionTester(user, self)

    def get_view_restrictions(self) -> Any:
        """None: the audience decides alone, and a page is served without asking for what is never set."""
        return PageViewRestriction.objects.none()

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """A revision as a page; what services keep stays as it is now."""
        page: Self = super().with_content_json(content)
        for name in self.kept_over_revisions:
            setattr(page, name, getattr(self, name))
        return page

    def narrowed_by(self, parent: Page | None) -> str:
        """The effective audience below `parent`; a parent that is no portal page narrows nothing."""
        above = getattr(parent, "effective_audience", COMMUNITY)
        return narrowest((above, self.audience))

    def clean(self) -> None:
        """Refuses an audience that nobody could hold together with that of the pages above."""
        super().clean()
        parent = self.get_parent() if self.path else getattr(self, "_parent_to_be", None)
        if parent is not None and self.narrowed_by(parent.specific) == NOBODY:
            raise ValidationError(
                {
                    "audience": _(
                        "Nobody could read this page: a page above it is open to other people only. "
                        "Choose the same audience as the page above, or “Everybody who is signed in”."
                    )
                }
            )
