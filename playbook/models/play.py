"""A play: one practice of alliance management, step by step, with an owner, a version and a date of review.

Invariants: `code` is unique and stands in links between plays, tools and lessons; the keys of steps never change;
`version` rises by one with every publish that changes what readers see, and only playbook.services.publish_play sets
it; trust is what people said of the play (`play_owner`, `last_verified`), never the date of a load.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Page

from core.models import Term, Vocabulary
from playbook.blocks.play import PitfallsBlock, StepsBlock, VariantsBlock
from playbook.forms import PlayPageForm
from playbook.models import play_panels
from playbook.models.mixins import PortalPageMixin
from playbook.review import RiskTier, Trust, next_review, trust_of

MAX_TITLE = 60
MAX_SUMMARY = 170


def terms(vocabulary: Vocabulary) -> ParentalManyToManyField:
    """The terms of one vocabulary that a play carries."""
    return ParentalManyToManyField(
        Term,
        related_name="+",
        blank=True,
        limit_choices_to={"vocabulary": vocabulary},
        verbose_name=vocabulary.label,
    )


class PlayPage(PortalPageMixin, Page):
    """One play."""

    parent_page_types = ["playbook.PlaybookIndexPage"]
    subpage_types: list[str] = []
    template = "playbook/play.html"
    search_kind = "play"
    base_form_class = PlayPageForm
    kept_over_revisions = (*PortalPageMixin.kept_over_revisions, "version", "content_digest")
    exclude_fields_in_copy = ["code", "version", "content_digest", "last_verified", "play_owner"]

    code = models.CharField(
        _("code"),
        max_length=8,
        unique=True,
        null=True,
        validators=[RegexValidator(r"^P\d{2,3}[a-z]?$", _("A play's code is P and two digits, as P07."))],
        help_text=_("P and two digits. It stands in links, tools and lessons: choose it once."),
    )
    summary = models.CharField(
        _("summary"), max_length=MAX_SUMMARY, help_text=_("One sentence: what a reader gets from this play.")
    )
    purpose = models.TextField(_("purpose"), help_text=_("What it is for, and what goes wrong without it."))
    when = models.CharField(
        _("when"), max_length=300, blank=True, help_text=_("What makes this the right moment.")
    )
    effort = models.CharField(_("effort"), max_length=300, blank=True, help_text=_("Who, and how long."))

    phases = terms(Vocabulary.LIFECYCLE_PHASE)
    main_component = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.COMPONENT},
        verbose_name=_("row on the map"),
        help_text=_("The component under which the play stands on the map."),
    )
    components = terms(Vocabulary.COMPONENT)
    activities = terms(Vocabulary.ACTIVITY)
    habits = terms(Vocabulary.HABIT)
    role_areas = terms(Vocabulary.ROLE_AREA)

    inputs = models.TextField(_("you need"), blank=True, help_text=_("One thing a line."))
    outputs = models.TextField(_("you get"), blank=True, help_text=_("One thing a line."))
    steps = StreamField(StepsBlock(), blank=True, verbose_name=_("steps"))
    pitfalls = StreamField(PitfallsBlock(), blank=True, verbose_name=_("watch out"))
    signs = models.TextField(_("how you see that it worked"), blank=True, help_text=_("One sign a line."))
    variants = StreamField(VariantsBlock(), blank=True, verbose_name=_("variants"))
    more_tools = ParentalManyToManyField(
        "playbook.ToolPage",
        blank=True,
        related_name="+",
        verbose_name=_("further tools"),
        help_text=_("Tools that help with the play as a whole. Those of a step are chosen in the step."),
    )
    related = ParentalManyToManyField(
        "self", blank=True, symmetrical=False, related_name="+", verbose_name=_("related plays")
    )

    play_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"is_active": True},
        verbose_name=_("owner"),
        help_text=_("Answers for the play. Without one, readers see “No owner yet”."),
    )
    risk_tier = models.CharField(
        _("review"),
        max_length=8,
        choices=RiskTier,
        default=RiskTier.NORMAL,
        help_text=_("How often it is verified."),
    )
    last_verified = models.DateField(
        _("last verified"), null=True, blank=True, help_text=_("The day the owner last checked every line.")
    )
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    content_digest = models.CharField(max_length=64, default="", editable=False)
    change_note = models.CharField(
        _("what changed"),
        max_length=200,
        blank=True,
        help_text=_("One sentence for readers. It stands under “Changed lately” with the new version."),
    )

    content_panels = play_panels.CONTENT
    edit_handler = play_panels.EDIT_HANDLER

    class Meta:
        verbose_name = _("play")

    def get_admin_display_title(self) -> str:
        """The code before the title, as people speak of plays."""
        return f"{self.code or ''} {super().get_admin_display_title()}".strip()

    @property
    def next_review(self) -> date | None:
        """The day of the next review; None while nobody has verified the play."""
        return next_review(self.last_verified, self.risk_tier)

    @property
    def trust(self) -> Trust:
        """What a reader may think of the play's state today."""
        return trust_of(self.last_verified, self.risk_tier)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The play as the reader sees it."""
        from playbook.reading.play import play_context

        return {**super().get_context(request, *args, **kwargs), **play_context(self, request)}

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The page, or the play as it prints."""
        return "playbook/book.html" if "print" in request.GET else self.template
