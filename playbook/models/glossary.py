"""The glossary: what a term or a short form of alliance work means, and what it does not mean.

Invariants: everybody who is signed in may read every term; `slug` is unique, made once from the term and never changed,
since links point to it; writes go through playbook.services.save_term and delete_term, which audit and index.
"""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.audiences import COMMUNITY, tokens_of
from search.mixins import SearchableMixin


class GlossaryArea(models.TextChoices):
    """The groups of the glossary, in reading order; content/glossary.yaml names them by their English labels."""

    LIFE_CYCLE = "life-cycle", _("Life cycle")
    PRACTICE = "practice", _("Practice")
    ALLIANCE_TYPES = "alliance-types", _("Alliance types")
    PARTNERS = "partners", _("Partners")
    GOVERNANCE = "governance", _("Governance")
    DECISIONS = "decisions", _("Decisions")
    RISK = "risk-and-problems", _("Risk and problems")
    CONTRACT = "contract", _("Contract")
    REGULATORY = "regulatory-and-safety", _("Regulatory and safety")
    DEVELOPMENT = "development-and-supply", _("Development and supply")
    VALUE = "value-and-money", _("Value and money")
    PEOPLE = "people-and-community", _("People and community")
    MEASURES = "measures-and-tools", _("Measures and tools")


class GlossaryQuerySet(models.QuerySet["GlossaryTerm"]):
    """Terms from A to Z."""

    def visible_to(self, reader: object) -> Self:
        """All terms for everybody who is signed in, none for anybody else."""
        return self if COMMUNITY in tokens_of(reader) else self.none()


class GlossaryTerm(SearchableMixin):
    """One term."""

    term = models.CharField(_("term"), max_length=80, help_text=_("As it stands in a sentence, spelt out."))
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    abbreviation = models.CharField(
        _("short form"), max_length=20, blank=True, help_text=_("As people write it, such as JSC.")
    )
    definition = models.TextField(
        _("definition"),
        max_length=400,
        help_text=_("One or two sentences that somebody new to alliances understands."),
    )
    also = models.JSONField(_("also called"), default=list, blank=True)
    confuse = models.CharField(
        _("not to be confused with"),
        max_length=200,
        blank=True,
        help_text=_("A full sentence: what the term is not, or what else its short form stands for."),
    )
    area = models.CharField(_("area"), max_length=30, choices=GlossaryArea)
    content_hash = models.CharField(_("hash of the file"), max_length=64, blank=True, editable=False)

    objects = GlossaryQuerySet.as_manager()

    class Meta:
        ordering = ["term", "id"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")

    def __str__(self) -> str:
        return f"{self.term} ({self.abbreviation})" if self.abbreviation else self.term

    def get_absolute_url(self) -> str:
        """The place of the term on the page of all terms."""
        return f"{reverse('playbook:glossary')}#{self.slug}"
