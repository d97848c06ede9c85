"""The fixed pages everything hangs from: the front of the playbook, its four phases, the front of the free pages.

Idempotent: what is there stays as editors left it.
"""

from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page, Site

from core.models import Term, Vocabulary
from playbook.models import PagesIndexPage, PhasePage, PlaybookIndexPage
from playbook.models.mixins import PortalPageMixin

Kind = TypeVar("Kind", bound=PortalPageMixin)
ROOT_TITLE = "Alliance Commons"
LEAD = (
    "Plays from the first idea to the last obligation. "
    "Each has one owner, a version, and the lessons that shaped it."
)


@dataclass(frozen=True, slots=True)
class Tree:
    """The pages to put others under."""

    playbook: PlaybookIndexPage
    pages: PagesIndexPage


@transaction.atomic
def ensure_tree() -> Tree:
    """Makes what is missing, and returns the fronts."""
    root = _site_root()
    playbook = PlaybookIndexPage.objects.first() or add_page(
        parent=root, page=PlaybookIndexPage(title="The standard playbook", slug="playbook", lead=LEAD)
    )
    pages = PagesIndexPage.objects.first() or add_page(
        parent=root, page=PagesIndexPage(title="About this portal", slug="pages")
    )
    known = set(PhasePage.objects.values_list("phase_id", flat=True))
    for term in Term.objects.of(Vocabulary.LIFECYCLE_PHASE).exclude(pk__in=known):
        page = PhasePage(title=term.label, slug=_phase_slug(term), phase=term, lead=term.definition)
        add_page(parent=playbook, page=page)
    return Tree(playbook=playbook, pages=pages)


def add_page(*, parent: Page, page: Kind) -> Kind:
    """Adds a page and publishes its first revision."""
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _phase_slug(term: Term) -> str:
    return slugify(term.label.replace("&", "and"))


def _site_root() -> Page:
    """The page of the site at "/". The home page itself is a view of the portal and stands in front of it."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    root = site.root_page if site else Page.get_first_root_node().add_child(title=ROOT_TITLE, slug="home")
    if site is None:
        Site.objects.create(hostname="localhost", root_page=root, is_default_site=True, site_name=ROOT_TITLE)
    if root.title != ROOT_TITLE:
        Page.objects.filter(pk=root.pk).update(title=ROOT_TITLE, draft_title=ROOT_TITLE)
    return root
