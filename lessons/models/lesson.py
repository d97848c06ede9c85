"""The structured lesson, ours or imported.

Invariants, kept by the database: an external lesson has a source and a key that is unique in it, ours has neither;
quality is 0 to 5; a code is given once. Changes go through `lessons.services`, which keep the audit trail and the
search index; the model itself decides nothing when it is saved.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audiences import COMMUNITY
from core.markdown import CONFIG_HASH
from core.models import RenderedMixin, Term, Vocabulary, term_key
from lessons.choices import QUALITY_MAX, Outcome, Stage, Status, Uptake, stage_of
from lessons.managers import LessonQuerySet
from lessons.models.source import LessonSource
from search.mixins import SearchableMixin

TITLE_LENGTH = 300


def _today() -> object:
    return timezone.localdate()


class Lesson(RenderedMixin, SearchableMixin):
    """What somebody learned in an alliance, or in another trade.

    `unnamed`: readers see "a colleague", those who screen still know the author. `grew_from` names what it came out of,
    such as `topic:12`, without knowing that room. What members write is Markdown, what a source tells is plain text.
    """

    markdown_fields = ("context", "planned", "happened", "recommendation", "impact_relationship", "evidence")

    code = models.CharField(
        _("code"), max_length=20, blank=True, help_text=_("Short name in links, such as L07. Never changed.")
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("What happened and what it cost, in one sentence."),
    )
    context = models.TextField(
        _("context"), blank=True, help_text=_("The kind of alliance and moment. No company names.")
    )
    planned = models.TextField(_("planned"), blank=True, help_text=_("What was meant to happen."))
    happened = models.TextField(_("happened"), blank=True, help_text=_("What did happen."))
    whys = models.JSONField(
        _("whys"),
        default=list,
        blank=True,
        help_text=_(
            "Three to five lines; each answers the one before, the last is a cause people can change."
        ),
    )
    impact_days = models.PositiveIntegerField(_("working days"), null=True, blank=True)
    impact_money_musd = models.DecimalField(
        _("money, million US dollars"), max_digits=9, decimal_places=3, null=True, blank=True
    )
    impact_relationship = models.TextField(_("effect on the relationship"), blank=True)
    impact_text = models.CharField(_("impact in one line"), max_length=300, blank=True)
    recommendation = models.TextField(
        _("what to do"), blank=True, help_text=_("Who does what, and when: the first thing a reader sees.")
    )

    advice_who = models.CharField(_("who"), max_length=120, blank=True)
    advice_does = models.CharField(_("does what"), max_length=300, blank=True)
    advice_when = models.CharField(_("when"), max_length=200, blank=True)
    evidence = models.TextField(
        _("how we know"),
        blank=True,
        help_text=_("Sources only: logs, minutes by date, figures with who checked them."),
    )
    proposed_change = models.TextField(
        _("words for the playbook"),
        blank=True,
        help_text=_("A step, check or default as its owner could take it."),
    )

    phase = term_key(Vocabulary.LIFECYCLE_PHASE)
    component = term_key(Vocabulary.COMPONENT)
    activity = term_key(Vocabulary.ACTIVITY)
    habit = term_key(Vocabulary.HABIT)
    role_area = term_key(Vocabulary.ROLE_AREA)
    alliance_type = term_key(Vocabulary.ALLIANCE_TYPE)
    partner_type = term_key(Vocabulary.PARTNER_TYPE)
    risk_kind = term_key(Vocabulary.RISK_KIND)
    causes = models.ManyToManyField(
        Term,
        related_name="+",
        blank=True,
        limit_choices_to={"vocabulary": Vocabulary.CAUSE},
        verbose_name=_("causes"),
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)

    recorded = models.DateField(_("recorded"), default=_today)
    quality = models.PositiveSmallIntegerField(
        _("quality"),
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(QUALITY_MAX)],
        help_text=_("0 to 5. Four of five are needed to publish."),
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    uptake = models.CharField(_("uptake"), max_length=12, choices=Uptake, default=Uptake.NONE)
    audience = models.CharField(_("audience"), max_length=60, default=COMMUNITY)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )

    unnamed = models.BooleanField(_("without the author's name"), default=False)
    credited = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("also thanks to")
    )
    grew_from = models.CharField(_("grew from"), max_length=60, blank=True, editable=False, db_index=True)
    submitted = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    screened = models.DateTimeField(_("screened"), null=True, blank=True, editable=False)
    published = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    screened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    use_count = models.PositiveIntegerField(_("used"), default=0, editable=False)
    worked_count = models.PositiveIntegerField(_("worked"), default=0, editable=False)
    adapted_count = models.PositiveIntegerField(_("worked after a change"), default=0, editable=False)
    seen_again_count = models.PositiveIntegerField(_("seen again"), default=0, editable=False)
    helpful_count = models.PositiveIntegerField(_("helpful"), default=0, editable=False)

    is_external = models.BooleanField(_("external"), default=False, editable=False)
    source = models.ForeignKey(
        LessonSource,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="lessons",
        verbose_name=_("source"),
    )
    external_key = models.CharField(_("key in the source"), max_length=120, blank=True, editable=False)
    source_url = models.URLField(_("original"), max_length=500, blank=True, editable=False)
    text = models.TextField(
        _("text"), blank=True, help_text=_("The lesson as its source tells it. Plain text.")
    )
    extra = models.JSONField(_("further fields"), default=dict, blank=True, editable=False)
    content_hash = models.CharField(_("hash of the import"), max_length=64, blank=True, editable=False)

    created = models.DateTimeField(_("created"), auto_now_add=True)
    updated = models.DateTimeField(_("updated"), auto_now=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded", "-id"]
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        indexes = [
            models.Index(fields=["is_external", "status", "-recorded", "-id"], name="lesson_newest"),
            models.Index(fields=["is_external", "status", "-use_count", "-id"], name="lesson_most_used"),
            models.Index(fields=["status", "audience"], name="lesson_audience"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="lesson_code_once"),
            models.UniqueConstraint(
                fields=["source", "external_key"], condition=Q(is_external=True), name="lesson_key_once"
            ),
            models.CheckConstraint(
                condition=Q(is_external=False, source=None, external_key="")
                | (Q(is_external=True, source__isnull=False) & ~Q(external_key="")),
                name="lesson_external_has_source",
            ),
            models.CheckConstraint(
                condition=Q(quality__gte=0, quality__lte=QUALITY_MAX), name="lesson_quality_range"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """By code where there is one: it is what people say to each other."""
        return reverse("lessons:detail", args=[self.key])

    @property
    def key(self) -> str:
        """What stands for it in addresses."""
        return self.code or str(self.pk)

    def render_texts(self) -> tuple[str, ...]:
        """As every Markdown of members; the fields of an external lesson stay the plain text they are."""
        if not self.is_external:
            return super().render_texts()
        self.rendered, self.rendered_with = {}, CONFIG_HASH
        return ("rendered", "rendered_with")

    def plain(self, field: str) -> str:
        """The words of a text field without marks; a field that was not rendered is plain already."""
        return self.words(field) if field in self.rendered else str(getattr(self, field))

    @property
    def stage(self) -> Stage:
        """Observation, identified or learned."""
        return stage_of(self.status, self.uptake)

    @property
    def is_learned(self) -> bool:
        """Whether its effect was checked."""
        return self.stage == Stage.LEARNED
