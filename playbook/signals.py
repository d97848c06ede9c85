"""Wagtail's page signals, each handed to a service: the one exception to "no signals" in the portal.

An editor publishes, moves and deletes through Wagtail, so these are the moments a service can hear of. Everything runs
in one transaction per signal.
"""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from playbook.models import PlayPage, StandardPage
from playbook.models.mixins import PortalPageMixin
from playbook.services.index_page import forget_page, touch_page
from playbook.services.publish_play import publish_play
from playbook.services.render_body import render_body
from playbook.services.settle_audience import settle_audience


@transaction.atomic
def on_published(instance: Page, revision: Any = None, **kwargs: Any) -> None:
    """A page went live, for the first time or changed."""
    if not isinstance(instance, PortalPageMixin):
        return
    if isinstance(instance, PlayPage):
        publish_play(play=instance, editor=revision.user if revision else None)
    if isinstance(instance, StandardPage):
        render_body(page=instance)
    settle_audience(page=instance)
    instance.refresh_from_db(fields=["effective_audience"])
    touch_page(page=instance)


@transaction.atomic
def on_unpublished(instance: Page, **kwargs: Any) -> None:
    """A page is not live any more: at once out of every answer."""
    if isinstance(instance, PortalPageMixin):
        touch_page(page=instance, narrowing=True)


@transaction.atomic
def on_moved(instance: Page, **kwargs: Any) -> None:
    """A page and all below it stand under other ancestors."""
    settle_audience(page=instance)


@transaction.atomic
def on_deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """A page is gone. Not earlier: Wagtail unpublishes a page on its way out, which would index it once more."""
    if isinstance(instance, PortalPageMixin):
        forget_page(page=instance)


def connect() -> None:
    """Listens; called once from `AppConfig.ready()`."""
    page_published.connect(on_published, dispatch_uid="playbook.published")
    page_unpublished.connect(on_unpublished, dispatch_uid="playbook.unpublished")
    post_page_move.connect(on_moved, dispatch_uid="playbook.moved")
    post_delete.connect(on_deleted, dispatch_uid="playbook.deleted")
