"""Tables of the search engine: the index in the database, the outbox, the synonyms, words that found nothing.

The index in the database is written in the transaction of every change, always (search/services/index.py): it is what
answers without Elasticsearch and during an outage. The full text lives beside `IndexEntry`: on SQLite in the FTS5 tables
of migration 0002 (rowid = pk of the entry), on PostgreSQL in `vector`. Nothing here holds HTML.
"""

from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.lint import lint_group


class IndexEntry(models.Model):
    """One document (search.documents.Document) as the database engines search it."""

    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.BigIntegerField(_("object"))
    version = models.BigIntegerField(_("version"))
    audience = models.CharField(_("audience"), max_length=80)
    in_everything = models.BooleanField(_("counts as everything"), default=True)
    date = models.DateTimeField(_("date"), null=True, blank=True)
    reuse = models.PositiveBigIntegerField(_("verified uses"), default=0)
    helpful = models.PositiveBigIntegerField(_("helpful votes"), default=0)
    title_key = models.CharField(
        _("normalised title"), max_length=300, help_text=_("For the exact title, first in every list.")
    )
    title = models.CharField(_("title"), max_length=500)
    facets = models.JSONField(_("facets"), default=dict)
    vector = SearchVectorField(_("full text"), null=True, editable=False)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")]
        indexes = [
            models.Index(fields=["audience", "kind", "in_everything"], name="search_entry_access"),
            models.Index(fields=["audience", "title_key"], name="search_entry_title"),
        ]
        verbose_name = _("index entry")
        verbose_name_plural = _("index entries")

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The id in every index: `kind:object_id`."""
        return f"{self.kind}:{self.object_id}"


class IndexTerm(models.Model):
    """One facet code of an entry, for counts."""

    entry = models.ForeignKey(IndexEntry, models.CASCADE, related_name="terms", db_index=False)
    facet = models.CharField(_("facet"), max_length=40)
    code = models.CharField(_("code"), max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "facet", "code"], name="search_term_once")]
        verbose_name = _("index term")
        verbose_name_plural = _("index terms")

    def __str__(self) -> str:
        return f"{self.facet}={self.code}"


class IndexWord(models.Model):
    """A word that stands in some document of an audience: where did-you-mean finds its candidates.

    Words are only added. One that stands nowhere any more does no harm: a candidate is offered only when it has hits
    that the reader may see.
    """

    word = models.CharField(_("word"), max_length=40)
    audience = models.CharField(_("audience"), max_length=80)
    length = models.PositiveSmallIntegerField(_("length"))
    head = models.CharField(_("first letters"), max_length=2)
    tail = models.CharField(_("last letters"), max_length=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "audience"], name="search_word_once")]
        indexes = [
            models.Index(fields=["head", "length"], name="search_word_head"),
            models.Index(fields=["tail", "length"], name="search_word_tail"),
        ]
        verbose_name = _("index word")
        verbose_name_plural = _("index words")

    def __str__(self) -> str:
        return self.word


class OutboxQuerySet(models.QuerySet["OutboxEntry"]):
    """What Elasticsearch has still to learn."""

    def due(self) -> "OutboxQuerySet":
        """Rows to be tried now, oldest first."""
        return self.filter(parked=False, next_at__lte=timezone.now()).order_by("id")


class OutboxEntry(models.Model):
    """One change that Elasticsearch has not confirmed. Written in the transaction of the change, by services.

    It carries no content: the worker reads the object again and writes it whole with an external version. `version` is
    that of the change, for tombstones of objects that are gone. Rows with `narrowing` are excluded from queries (parked
    ones too) until they leave.
    """

    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.BigIntegerField(_("object"))
    version = models.BigIntegerField(_("version"))
    narrowing = models.BooleanField(_("narrows access"), default=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    error = models.TextField(_("last error"), blank=True)
    parked = models.BooleanField(_("parked"), default=False, help_text=_("Failed too often; needs a person."))
    created = models.DateTimeField(_("created"), default=timezone.now)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["parked", "next_at", "id"], name="search_outbox_due"),
            models.Index(fields=["kind", "object_id"], name="search_outbox_object"),
            models.Index(
                fields=["kind", "object_id"],
                name="search_outbox_narrowing",
                condition=models.Q(narrowing=True),
            ),
        ]
        verbose_name = _("outbox entry")
        verbose_name_plural = _("outbox entries")

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @property
    def key(self) -> str:
        """The id in the index."""
        return f"{self.kind}:{self.object_id}"


class SynonymGroup(models.Model):
    """Words that mean the same to a reader who searches. Expanded at query time, so an edit counts at once."""

    terms = models.JSONField(
        _("terms"), help_text=_("A list of words or phrases, all equal to each other, the short form first.")
    )
    means = models.JSONField(
        _("one way"),
        default=list,
        blank=True,
        help_text=_("What the terms also find, but not the other way round."),
    )
    ambiguous = models.JSONField(
        _("ambiguous"),
        default=dict,
        blank=True,
        help_text=_(
            "Short forms with another meaning, and that meaning (null where unnamed). Never expanded silently."
        ),
    )
    active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=80, blank=True, editable=False, db_index=True)
    edited = models.BooleanField(_("edited here"), default=False, editable=False)
    changed = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("synonym group")
        verbose_name_plural = _("synonym groups")

    def __str__(self) -> str:
        arrow = " → " + ", ".join(self.means) if self.means else ""
        return ", ".join(self.terms) + arrow

    def clean(self) -> None:
        """Refuses what `lint_group` finds: wrong shapes, duplicates, loops, forms another group has."""
        others = [
            term
            for group in SynonymGroup.objects.exclude(pk=self.pk).filter(active=True)
            for term in group.terms
        ]
        if problems := lint_group(self.terms, self.means, self.ambiguous, others=others):
            raise ValidationError(problems)


class ZeroResultTerm(models.Model):
    """Words that found nothing, for editors. It names nobody and tells no single visit: a term, a count, a day."""

    term = models.CharField(_("words"), max_length=100, unique=True)
    count = models.PositiveIntegerField(_("times"), default=0)
    last_seen = models.DateField(_("last seen"))

    class Meta:
        ordering = ["-count", "term"]
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")

    def __str__(self) -> str:
        return self.term
