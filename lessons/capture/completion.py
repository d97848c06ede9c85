"""The form that completes a lesson after it was submitted: everything that is kept of it, on one page.

While the lesson waits for its screener, saving is all there is; when it came back, it is submitted again.
"""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from composer.data import DraftPlace
from core.models import Term, Vocabulary
from lessons.capture import fields
from lessons.capture.advice import composed
from lessons.capture.fields import answered
from lessons.capture.steps import WHYS
from lessons.capture.writing import GUARDED, LessonWritingForm
from lessons.models import Lesson
from lessons.services.snapshot import fingerprint
from people.models import User

SHORT = (
    "title",
    "summary",
    "outcome",
    "impact_days",
    "impact_money_musd",
    "impact_text",
    "advice_who",
    "advice_does",
    "advice_when",
)
LONG = (
    "context",
    "planned",
    "happened",
    "impact_relationship",
    "evidence",
    "recommendation",
    "proposed_change",
)
TERMS = ("phase", "alliance_type", "partner_type", "activity", "habit", "role_area", "risk_kind")
MOST_WORDS = 2000
SECTIONS = (
    (_("What happened"), ("title", "summary", "context", "planned", "happened", *WHYS, "outcome")),
    (
        _("What it cost, and how we know"),
        ("impact_days", "impact_money_musd", "impact_text", "impact_relationship", "evidence"),
    ),
    (
        _("What to do"),
        ("advice_who", "advice_does", "advice_when", "recommendation", "proposed_change"),
    ),
    (_("Where it belongs"), (*TERMS, "causes")),
)


class CompletionForm(LessonWritingForm):
    """Begins with the lesson, or with the draft of its place."""

    title = fields.title()
    summary = fields.line(
        _("In one sentence"), _("What happened and what it cost. This is what search shows.")
    )
    context = fields.body(
        _("Context"), _("The kind of alliance and moment, enough to see whether it resembles mine."), rows=3
    )
    planned = fields.planned()
    happened = fields.happened()
    outcome = fields.outcome()
    impact_days = fields.days()
    impact_money_musd = fields.money()
    impact_text = fields.line(_("Impact in one line"), _("The line that makes others read on."))
    impact_relationship = fields.relationship()
    evidence = fields.evidence()
    recommendation = fields.body(
        _("What to do, as it will appear"),
        _("Made of the three lines above as long as you leave it empty. Keep actor, act and moment."),
        rows=3,
    )
    proposed_change = forms.CharField(
        label=_("Words for the playbook"),
        help_text=_("A step, check or default as its owner could take it. It saves them an hour."),
        required=False,
        strip=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )
    phase = fields.term(Vocabulary.LIFECYCLE_PHASE, missing=_("Choose the phase."))
    alliance_type = fields.term(Vocabulary.ALLIANCE_TYPE, missing=_("Choose the closest type of alliance."))
    partner_type = fields.term(Vocabulary.PARTNER_TYPE, _("The type only, never the name."))
    activity = fields.term(
        Vocabulary.ACTIVITY, _("The one that would have prevented it, or that made it work.")
    )
    habit = fields.term(Vocabulary.HABIT, _("The one that a reader should strengthen."))
    role_area = fields.term(Vocabulary.ROLE_AREA, _("The part of the work it belongs to."))
    risk_kind = fields.term(Vocabulary.RISK_KIND, _("Where it hurt, or would have hurt."))
    causes = forms.ModelMultipleChoiceField(
        Term.objects.of(Vocabulary.CAUSE),
        to_field_name="code",
        label=_("Kinds of cause"),
        help_text=_("One or two that fit the last why."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    began = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, owner: User, lesson: Lesson) -> None:
        address = reverse("lessons:complete", args=[lesson.key])
        place = DraftPlace(key=f"lesson-complete:{lesson.pk}", label=lesson.title, url=address)
        stored = stored_in(lesson)
        super().__init__(data, owner=owner, place=place, initial=dict(stored))
        self.lesson, self.stored, self.said = lesson, stored, words_of(lesson)
        self.fields |= fields.whys() | fields.advice()
        added = (*WHYS, *fields.advice())
        self.initial.update({name: self.drafted[name] for name in added if name in self.drafted})
        self.guard_fields = tuple(name for name in GUARDED if name in self.fields)

    def written(self) -> Lesson:
        """The lesson with the values of the form; not saved."""
        cleaned, lesson = self.cleaned_data, self.lesson
        for name in (*SHORT, *LONG, *TERMS):
            setattr(lesson, name, cleaned[name])
        lesson.whys = answered([cleaned[name] for name in WHYS])
        if not lesson.recommendation.strip():
            lesson.recommendation = self._composed()
        if lesson.activity is not None and lesson.activity.parent is not None:
            lesson.component = lesson.activity.parent
        return lesson

    def _composed(self) -> str:
        return composed(*(self.cleaned_data[name] for name in ("advice_who", "advice_does", "advice_when")))

    @property
    def is_late(self) -> bool:
        """Whether the lesson was changed since its author began with this page."""
        return self.is_bound and self.text("began") not in ("", self.stored["began"])

    def changed_meanwhile(self) -> list[tuple[object, str]]:
        """What the lesson says now where that differs from the page, in words; empty where nobody was quicker."""
        if not self.is_late:
            return []
        names = (*SHORT, *LONG, *WHYS, *TERMS, "causes")
        return [(self.fields[name].label, self.said[name]) for name in names if self._differs(name)]

    def _differs(self, name: str) -> bool:
        if name == "causes":
            return sorted(self._values(name)) != sorted(self.stored[name])
        value = self.stored.get(name)
        return ("" if value is None else str(value)) != self.text(name)

    @property
    def sections(self) -> list[tuple[object, list[forms.BoundField]]]:
        """Headings with their fields."""
        return [(heading, [self[name] for name in names]) for heading, names in SECTIONS]

    @property
    def lines_shown(self) -> int:
        """All whys stand in the page."""
        return len(WHYS)


def stored_in(lesson: Lesson) -> dict[str, Any]:
    """What the lesson says now, by the fields of the form."""
    kept: dict[str, Any] = {name: getattr(lesson, name) for name in (*SHORT, *LONG)}
    kept |= {name: getattr(getattr(lesson, name), "code", "") for name in TERMS}
    kept["causes"] = [term.code for term in lesson.causes.all()]
    kept["began"] = fingerprint(lesson)
    kept |= {name: str(why) for name, why in zip(WHYS, lesson.whys, strict=False)}
    if lesson.recommendation == composed(lesson.advice_who, lesson.advice_does, lesson.advice_when):
        kept["recommendation"] = ""
    return kept


def words_of(lesson: Lesson) -> dict[str, str]:
    """The same as a reader would say it: terms by their labels, nothing where nothing was chosen."""
    said: dict[str, Any] = stored_in(lesson)
    said |= {name: getattr(getattr(lesson, name), "label", "") for name in TERMS}
    said["outcome"] = lesson.get_outcome_display()
    said["causes"] = ", ".join(term.label for term in lesson.causes.all())
    found = {name: said.get(name) for name in (*SHORT, *LONG, *WHYS, *TERMS, "causes")}
    return {name: "" if value is None else str(value) for name, value in found.items()}
