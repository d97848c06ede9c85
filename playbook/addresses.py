"""Addresses of pages without a query: the portal is one site, and its root page stands right below the tree's root."""

from wagtail.models import Page


def address_of(page: Page) -> str:
    """The address of a page of any type: its path in the tree without the root page's part."""
    below_root: str = page.url_path.lstrip("/").partition("/")[2]
    return f"/{below_root}"
