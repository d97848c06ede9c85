"""What the forms of a lesson share: texts as typed, the memory of the name guard, and what was said of similar lessons."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

from django import forms
from django.http import QueryDict

from composer.api import check_names
from composer.forms import DraftingForm
from lessons.capture.steps import WHYS
from lessons.choices import Likeness

LIKE = re.compile(r"like_(\d{1,9})")
GUARDED = (
    "title",
    "summary",
    "context",
    "planned",
    "happened",
    *WHYS,
    "impact_relationship",
    "impact_text",
    "evidence",
    "advice_who",
    "advice_does",
    "advice_when",
    "recommendation",
    "proposed_change",
)


def remembered() -> forms.CharField:
    """A hidden field with one entry a line."""
    return forms.CharField(required=False, max_length=20_000, strip=False, widget=forms.HiddenInput)


class LessonWritingForm(DraftingForm):
    """`harmless` are words that the writer kept, `shown` those that they saw and posted all the same."""

    label_field = "title"
    harmless = remembered()
    shown = remembered()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drafted: Mapping[str, Any] = self.restored.fields if self.restored else {}

    def text(self, name: str) -> str:
        """What stands in a field now, as text that every database takes; validation reads what was typed."""
        if self.is_bound:
            return str(self.data.get(name, "")).replace("\r\n", "\n").replace("\x00", "")
        value = self.get_initial_for_field(self.fields[name], name)
        return "" if value is None else str(getattr(value, "code", value))

    def lines_of(self, name: str) -> list[str]:
        """The lines of a field, without empty ones."""
        return [line for line in self.text(name).split("\n") if line.strip()]

    @property
    def kept_words(self) -> list[str]:
        """What the writer called harmless, now or before."""
        return list(dict.fromkeys([*self.lines_of("harmless"), *super().kept_words]))

    @property
    def memory(self) -> list[tuple[str, str]]:
        """The fields by which the guard remembers, for a page that shows everything else."""
        return [(name, self.text(name)) for name in ("harmless", "shown")]

    @property
    def names(self) -> list[str]:
        """What the guard finds in the whole text and the writer did not call harmless."""
        texts = {name: self.text(name) for name in GUARDED if name in self.fields}
        findings = check_names(texts, kept=self.kept_words)
        return list(dict.fromkeys(finding.words for finding in findings))

    def wants_posting(self) -> bool:
        """As every writing form; what the guard was told once is remembered, so that it does not ask again."""
        passed = super().wants_posting()
        if self.is_bound:
            shown = [*self.lines_of("shown"), *filter(None, self._values("seen"))]
            self.put(harmless="\n".join(self.kept_words), shown="\n".join(dict.fromkeys(shown)))
        return passed

    def put(self, **values: str) -> None:
        """Changes what was posted."""
        changed = cast("QueryDict", self.data).copy()
        for name, value in values.items():
            changed[name] = value
        self.data = changed

    def _warns(self) -> bool:
        self.findings = self._look_for_names()
        seen = {*self._values("seen"), *self.lines_of("shown")}
        return any(finding.words not in seen for finding in self.findings)

    @cached_property
    def likenesses(self) -> dict[int, Likeness]:
        """What the author said of lessons that look like this one."""
        source: Mapping[str, Any] = self.data if self.is_bound else self.drafted
        return {
            int(found[1]): Likeness(source[name])
            for name in source
            if (found := LIKE.fullmatch(name)) and source[name] in Likeness
        }

    def typed(self) -> dict[str, str]:
        """With what was said of similar lessons."""
        return super().typed() | {f"like_{pk}": str(answer) for pk, answer in self.likenesses.items()}
