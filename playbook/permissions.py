"""Who may work on which page in the admin: nobody sees there what they may not read on the portal.

`is_closed` is the predicate, `closed_to` its queryset twin. Superusers run the installation and see every page in the
admin; on the site they read by their tokens like everybody. Wagtail asks its page policy for every list it shows, so
`guard_admin_lists` narrows the policy itself: explorer, search, reports, choosers and the admin's own API follow it.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Q
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from core.audiences import tokens_of
from playbook.models.mixins import UNSETTLED, PortalPageMixin

GUARDED_LISTS = ("instances_user_has_any_permission_for", "explorable_instances")


def guarded_models() -> Iterator[type[Any]]:
    """The page types that carry an audience."""
    return (model for model in apps.get_models() if issubclass(model, PortalPageMixin))


def is_closed(page: Page, editor: Any) -> bool:
    """Whether an editor may not even know of a page."""
    specific = page.specific
    guarded = isinstance(specific, PortalPageMixin) and not editor.is_superuser
    return guarded and not specific.may_be_edited_by(editor)


def closed_to(editor: Any) -> PageQuerySet:
    """The pages an editor may not even know of."""
    if editor.is_superuser:
        return Page.objects.none()
    tokens = sorted(tokens_of(editor))
    known = Q(audience__in=tokens, effective_audience__in=[*tokens, UNSETTLED])
    closed = Q(pk__in=[])
    for model in guarded_models():
        closed |= Q(pk__in=model.objects.exclude(known).values("pk"))
    return Page.objects.filter(closed)


def without_closed(pages: PageQuerySet, editor: Any) -> PageQuerySet:
    """Pages as an editor may see them listed."""
    return pages if editor.is_superuser else pages.exclude(pk__in=closed_to(editor).values("pk"))


def guard_admin_lists() -> None:
    """Narrows Wagtail's page policy once; called from `AppConfig.ready()`."""
    for name in GUARDED_LISTS:
        original = getattr(PagePermissionPolicy, name)
        if original.__module__ != __name__:  # no second guard around our own
            setattr(PagePermissionPolicy, name, _guarded(original))


def _guarded(original: Any) -> Any:
    def narrowed(policy: PagePermissionPolicy, user: Any, *args: Any) -> PageQuerySet:
        return without_closed(original(policy, user, *args), user)

    return narrowed
