"""Pages of the playbook and the rows kept beside them."""

from playbook.models.glossary import GlossaryArea, GlossaryTerm
from playbook.models.index import PagesIndexPage, PhasePage, PlaybookIndexPage
from playbook.models.play import PlayPage
from playbook.models.records import LoadedPage, PlayVersion, ToolUse
from playbook.models.standard import StandardPage
from playbook.models.tool import ToolIndexPage, ToolPage

__all__ = [
    "GlossaryArea",
    "GlossaryTerm",
    "LoadedPage",
    "PagesIndexPage",
    "PhasePage",
    "PlayPage",
    "PlayVersion",
    "PlaybookIndexPage",
    "StandardPage",
    "ToolIndexPage",
    "ToolPage",
    "ToolUse",
]
