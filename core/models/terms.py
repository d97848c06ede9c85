"""Controlled vocabularies: one model for all of them.

Codes are stable and stand in URLs, files and indexes; labels and definitions may be edited by facilitators.
"""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Vocabulary(models.TextChoices):
    """The vocabularies the portal knows; the names are those of content/vocabularies.yaml."""

    LIFECYCLE_PHASE = "lifecycle_phase", _("Life-cycle phase")
    COMPONENT = "component", _("Component")
    ACTIVITY = "activity", _("Activity")
    CONTEXT = "context", _("Context")
    HABIT = "habit", _("Habit")
    ROLE_AREA = "role_area", _("Role area")
    ALLIANCE_TYPE = "alliance_type", _("Alliance type")
    PARTNER_TYPE = "partner_type", _("Partner type")
    BUSINESS_FUNCTION = "business_function", _("Business function")
    TIER = "tier", _("Tier")
    COMMITTEE_TYPE = "committee_type", _("Committee type")
    RISK_KIND = "risk_kind", _("Risk kind")
    CAUSE = "cause", _("Cause")
    DECISION_TYPE = "decision_type", _("Decision type")
    DECISION_STATUS = "decision_status", _("Decision status")
    LESSON_STATUS = "lesson_status", _("Lesson status")
    LESSON_UPTAKE = "lesson_uptake", _("Lesson uptake")
    VALUE_SOURCE = "value_source", _("Value source")
    IMPACT_TYPE = "impact_type", _("Impact type")
    TERMINATION_CAUSE = "termination_cause", _("Termination cause")
    STRATEGIC_AIM = "strategic_aim", _("Strategic aim")
    COPING = "coping", _("Coping")
    THERAPEUTIC_AREA = "therapeutic_area", _("Therapeutic area")


class TermQuerySet(models.QuerySet["Term"]):
    """Terms in the order of their vocabulary."""

    def of(self, vocabulary: str) -> "TermQuerySet":
        """The terms of one vocabulary, in reading order."""
        return self.filter(vocabulary=vocabulary).order_by("order", "code")

    def labels(self, vocabulary: str, codes: Iterable[str] | None = None) -> dict[str, str]:
        """Code to label, in reading order; all of the vocabulary where no codes are named."""
        terms = self.of(vocabulary)
        if codes is not None:
            terms = terms.filter(code__in=list(codes))
        return dict(terms.values_list("code", "label"))


class Term(models.Model):
    """One term of one vocabulary."""

    vocabulary = models.CharField(_("vocabulary"), max_length=32, choices=Vocabulary)
    code = models.CharField(
        _("code"),
        max_length=40,
        help_text=_("Stable. It stands in links and imports, so it is never changed."),
    )
    label = models.CharField(_("label"), max_length=120)
    definition = models.TextField(_("definition"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    crosswalk = models.JSONField(
        _("crosswalk"), default=dict, blank=True, help_text=_("Codes of the same idea in other frameworks.")
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["vocabulary", "order", "code"]
        constraints = [models.UniqueConstraint(fields=["vocabulary", "code"], name="term_code_once")]
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self) -> str:
        return self.label


def term_key(vocabulary: Vocabulary) -> "models.ForeignKey[Term | None, Term | None]":
    """A nullable key to one term of a vocabulary. No reverse accessor: terms know nothing of who names them."""
    return models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary": vocabulary},
        verbose_name=vocabulary.label,
    )
