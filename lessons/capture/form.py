"""The form of recording a lesson: all of it in each step, one step shown, the rest carried along.

A step validates its own fields and meets the name guard on the way to the next; the last one validates everything and
opens the first step that lacks something. Going back, adding a why and the like only save the draft.
"""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from composer.api import read_draft
from composer.data import Act, DraftData, DraftPlace
from core import audiences
from core.audience_kinds import further_choices
from core.models import Term, Vocabulary
from lessons.capture import fields
from lessons.capture.steps import BY_KEY, FIRST, LAST, STEPS, WHYS, Step, step_after, step_before, step_of
from lessons.capture.writing import GUARDED, LessonWritingForm
from people.models import User

MOVES = ("back", "go", "more", "less")
BESIDE = ("audience", "unnamed")
"""Stand beside every step."""
EVERYWHERE = {"__all__", *BESIDE}


class CaptureForm(LessonWritingForm):
    """Bound to what was posted, or beginning with the draft of its place."""

    title = fields.title()
    planned = fields.planned()
    alliance_type = fields.term(Vocabulary.ALLIANCE_TYPE, missing=_("Choose the closest type of alliance."))
    phase = fields.term(
        Vocabulary.LIFECYCLE_PHASE,
        _("Where the cause lay, even if it showed later."),
        missing=_("Choose the phase."),
    )
    happened = fields.happened()
    outcome = fields.outcome()
    impact_days = fields.days()
    impact_money_musd = fields.money()
    impact_relationship = fields.relationship()
    evidence = fields.evidence()
    unnamed = forms.BooleanField(label=_("Submit without my name"), required=False)
    play = forms.CharField(required=False, max_length=20)
    grew_from = forms.RegexField(r"^[a-z_]{1,20}:\d{1,12}$", required=False)
    lines = forms.CharField(required=False, max_length=2)

    def __init__(
        self, data: Any = None, *, owner: User, token: str, step: Step | None = None, **kwargs: Any
    ) -> None:
        url = f"{reverse('lessons:new')}?draft={token}"
        place = DraftPlace(key=f"lesson:{token}", label=_now("A lesson without a title"), url=url)
        super().__init__(data, owner=owner, place=place, **kwargs)
        self.token = token
        self.passed = False
        self.fields |= fields.whys() | fields.advice()
        held = audiences.tokens_of(owner)
        every = [*audiences.choices(_functions(owner)), *further_choices(owner)]
        offered = [choice for choice in every if choice[0] in held]
        audience = forms.ChoiceField(
            label=_("Who may read it"), choices=offered, widget=forms.Select(attrs={"class": "input"})
        )
        self.fields["audience"] = audience
        self.audience_is_open = len(offered) > 1
        for name in BESIDE:
            self.fields[name].widget.attrs["form"] = "capture"
        self._begin()
        self.step = step or (FIRST if self.is_bound else self._first_open())
        self.guard_fields = tuple(
            name for name in GUARDED if name in self.fields and (self.is_last or name in self.step.fields)
        )

    def _begin(self) -> None:
        """A new lesson begins with what the profile knows; a draft brings the fields that each form adds."""
        if self.restored:
            added = ("audience", *WHYS, *fields.advice())
            self.initial.update({name: self.drafted[name] for name in added if name in self.drafted})
        elif not self.is_bound:
            profile = getattr(self.owner, "profile", None)
            known = {"audience": audiences.COMMUNITY}
            if profile is not None:
                known["alliance_type"] = _first_code(profile.alliance_types)
                known["phase"] = _first_code(profile.phases)
            self.initial = {**known, **self.initial}

    def _first_open(self) -> Step:
        """Where whoever comes back to a draft goes on."""
        if not self.restored:
            return FIRST
        return next((step for step in STEPS if not self._is_filled(step)), LAST)

    @property
    def is_last(self) -> bool:
        """Whether the button of this step submits."""
        return self.step is LAST

    @property
    def move(self) -> str:
        """The move between steps that the button asked for; else the act of the composer."""
        return str(self.data.get("act", "")).partition(":")[0] if self.is_bound else ""

    @property
    def act(self) -> Act:
        """A move saves the draft and no more."""
        return Act.DRAFT if self.move in MOVES else super().act

    @property
    def next_step(self) -> Step:
        """Where the button leads once everything is saved."""
        match self.move:
            case "back":
                return step_before(self.step)
            case "go":
                return BY_KEY.get(self._told, self.step)
            case "more" | "less" | "draft":
                return self.step
        return step_after(self.step)

    @property
    def _told(self) -> str:
        return str(self.data.get("act", "")).partition(":")[2]

    @property
    def goes_on(self) -> bool:
        """Whether the button leads to another page: a move, a draft, or a step that is right and passed the guard."""
        if self.move in MOVES or self.move == Act.DRAFT:
            return True
        return self.passed and not self.is_last

    def wants_posting(self) -> bool:
        """As every writing form."""
        self.passed = super().wants_posting()
        return self.passed

    def keep(self) -> bool:
        """Saves the draft; False where it cannot be, with the reason as an error of the form."""
        if self.saved is None and not self.errors:
            self.keep_draft()
        return not self.errors

    def keep_draft(self) -> None:
        if self.move == "more":
            self.put(lines=str(self.lines_shown + 1))
        elif self.move == "less":
            left = [self.text(name) for name in WHYS[: self.lines_shown] if name != f"why_{self._told}"]
            padded = [*left, *[""] * len(WHYS)]
            self.put(lines=str(max(len(left), 1)), **dict(zip(WHYS, padded, strict=False)))
        super().keep_draft()

    def clean(self) -> dict[str, Any]:
        """Whys that were opened are answered, or taken away."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for number, name in enumerate(WHYS[: self.lines_shown], start=1):
            if number > 1 and not self.text(name).strip():
                words = _now("Say why number %(number)d happened, or take it away") % {"number": number}
                self.add_error(name, words)
        return cleaned

    def full_clean(self) -> None:
        """Errors of other steps wait until the lesson is submitted; then the first of them opens its step."""
        super().full_clean()
        if not self.is_bound or not self._errors:
            return
        elsewhere = [name for name in self._errors if name not in EVERYWHERE]
        if self.is_last and elsewhere:
            self.step = min(map(step_of, elsewhere), key=STEPS.index)
        for name in elsewhere:
            if name not in self.step.fields:
                del self._errors[name]

    @property
    def lines_shown(self) -> int:
        """How many whys stand in the page: those that were opened, and all up to the last that holds something."""
        filled = max((place for place, name in enumerate(WHYS, 1) if self.text(name).strip()), default=1)
        asked = self.text("lines")
        opened = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 1
        return min(max(filled, opened), len(WHYS))

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields of this step; of the whys only the lines that are open."""
        closed = WHYS[self.lines_shown :]
        return [self[name] for name in self.step.fields if name not in closed]

    @property
    def faulty_fields(self) -> list[forms.BoundField]:
        """The fields with errors, in the order of the page."""
        return [field for field in [*self.shown_fields, self["audience"]] if field.errors]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Name and text of what this step does not show."""
        shown = {*BESIDE, *(field.name for field in self.shown_fields)}
        return [(name, self.text(name)) for name in self.fields if name not in shown]

    def _is_filled(self, step: Step) -> bool:
        return all(self.text(name).strip() for name in step.required)

    @property
    def last_line(self) -> str:
        """The number of the last why that is open."""
        return str(self.lines_shown)

    @property
    def next_label(self) -> str:
        """The next step inside a sentence."""
        label = str(step_after(self.step).label)
        return label[:1].lower() + label[1:]

    @property
    def saved_draft(self) -> DraftData | None:
        """The draft as it was saved last."""
        return self.saved or read_draft(owner=self.owner, key=self.place.key)

    @property
    def steps(self) -> list[tuple[Step, bool]]:
        """The steps, each with whether it is done: it has what it needs, and somebody has been there."""
        return [(step, self._is_filled(step) and self._was_here(step)) for step in STEPS]

    def _was_here(self, step: Step) -> bool:
        own = [name for name in step.fields if name not in ("alliance_type", "phase")]
        passed = STEPS.index(step) < STEPS.index(self.step)
        return passed or any(self.text(name).strip() for name in own)


def _functions(owner: User) -> list[tuple[str, str]]:
    code = owner.business_function
    return list(Term.objects.labels(Vocabulary.BUSINESS_FUNCTION, [code]).items()) if code else []


def _first_code(terms: Any) -> str:
    return terms.order_by("order").values_list("code", flat=True).first() or ""
