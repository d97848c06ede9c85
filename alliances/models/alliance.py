"""An alliance under its code name. Who the partner is stands nowhere in this portal.

Invariant: `audience` is the token of the alliance itself, so that everything shared with its team carries the same one.
"""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.managers import AllianceQuerySet
from core.audiences import NOBODY
from core.models import Vocabulary, term_key
from search.mixins import SearchableMixin

NAME_LENGTH = 40


class Alliance(SearchableMixin):
    """What we do with one partner."""

    code_name = models.CharField(_("code name"), max_length=NAME_LENGTH, unique=True)
    partner_type = term_key(Vocabulary.PARTNER_TYPE)
    alliance_type = term_key(Vocabulary.ALLIANCE_TYPE)
    phase = term_key(Vocabulary.LIFECYCLE_PHASE)
    tier = term_key(Vocabulary.TIER)
    started = models.DateField(
        _("started"),
        null=True,
        blank=True,
        help_text=_("Day of signature; where it is not signed yet, the day on which talks began."),
    )
    counterpart_role = models.CharField(
        _("counterpart"), max_length=200, blank=True, help_text=_("Their role, never a name.")
    )
    north_star = models.TextField(_("North Star"), blank=True, max_length=1000)
    note = models.TextField(_("where it stands"), blank=True, max_length=2000)
    audience = models.CharField(_("audience"), max_length=60, default=NOBODY, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = AllianceQuerySet.as_manager()

    class Meta:
        ordering = ["code_name"]
        verbose_name = _("alliance")
        verbose_name_plural = _("alliances")

    def __str__(self) -> str:
        return self.code_name

    def get_absolute_url(self) -> str:
        """The page of the alliance."""
        return reverse("alliances:alliance", args=[self.pk])
