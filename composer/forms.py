"""What writing forms are made of: the field for Markdown, and a form that keeps its draft on the server.

A view handles all acts in the same few lines:

    form = ReplyForm(request.POST or None, owner=user, place=DraftPlace(key=..., label=..., url=...))
    if form.wants_posting() and (url := form.post(lambda: post_reply(...).get_absolute_url())):
        return redirect(url)
    return render(request, "forums/topic.html", {"form": form}, status=form.status)

Only the act "post" validates; preview, draft, files and the offers of the name guard give the form back as it was typed.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.utils import ErrorDict
from django.http import QueryDict

from composer.data import KEPT, Act, DraftData, DraftPlace, NameFinding
from composer.drafts import address_of, read_draft
from composer.fields import ComposerField
from composer.guard import check_names, swapped
from composer.places import SignedPlace
from composer.services.drop_draft import drop_draft
from composer.services.post_once import post_once
from composer.services.save_draft import save_draft
from core.markdown import Rendered, preview
from people.models import User

__all__ = ["ComposerField", "DraftingForm"]


class DraftingForm(forms.Form):
    """A form with a draft. Unbound it begins with what its owner had typed at this place, over `initial`."""

    label_field: ClassVar[str] = ""
    """The field whose text names the draft in the list; empty: always the label of the place."""
    guard_fields: tuple[str, ...] = ()
    """Fields that the name guard reads before the first posting."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        owner: User,
        place: DraftPlace,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.owner = owner
        self.place = place
        self.saved: DraftData | None = None
        self.findings: list[NameFinding] = []
        self.restored = None if self.is_bound else read_draft(owner=owner, key=place.key)
        if self.restored:
            self.initial.update(_initial_of(self, self.restored.fields))

    @property
    def act(self) -> Act:
        """What the button asked for."""
        name = str(self.data.get("act", "")).partition(":")[0]
        return next((act for act in Act if act == name), Act.POST)

    def wants_posting(self) -> bool:
        """Does what the button asked for; True where the text is to be posted, is valid and passed the name guard."""
        if not self.is_bound:
            return False
        match self.act:
            case Act.POST:
                return self.is_valid() and not self._warns()
            case Act.DRAFT:
                self.keep_draft()
            case Act.SWAP:
                self._swap()
        if self.act in (Act.SWAP, Act.KEEP):
            self.findings = self._look_for_names()
        return False

    def post(self, make: Callable[[], str], stands: Callable[[], bool] = lambda: True) -> str:
        """Posts once and drops the draft, in one transaction; the address of what was made.

        `stands` says whether what equal texts made before is still as they say. Empty where `make` refused with a
        `ValidationError`: its sentences are errors of the form then.
        """
        try:
            with transaction.atomic():
                url, _made = post_once(
                    owner=self.owner,
                    place=self.place.key,
                    texts=self.posted_texts(),
                    make=make,
                    stands=stands,
                )
                drop_draft(owner=self.owner, key=self.place.key)
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return ""
        return url

    @property
    def status(self) -> int:
        """The status of the page that shows this form again."""
        return 422 if self.is_bound and self.errors else 200

    def typed(self) -> dict[str, str]:
        """What was typed, by the names of the fields in the page; several values of a field are lines."""
        return {html: "\n".join(self._values(html)) for html in map(self.add_prefix, self.fields)}

    def posted_texts(self) -> dict[str, str]:
        """What makes two postings the same one."""
        return self.typed()

    @cached_property
    def draft_token(self) -> str:
        """The place of the draft for the hidden field `draft`."""
        guarded = tuple(map(self.add_prefix, self.guard_fields))
        named = self.add_prefix(self.label_field) if self.label_field else ""
        return SignedPlace(self.owner.pk, self.place, named, guarded).sign()

    @property
    def previews(self) -> list[tuple[str, Rendered]]:
        """What the Markdown of the form will look like, where a preview was asked for."""
        if not self.is_bound or self.act is not Act.PREVIEW:
            return []
        written = [(str(field.label), str(field.value() or "")) for field in self if _is_markdown(field)]
        return [(label, preview(text)) for label, text in written if text.strip()]

    @property
    def kept_words(self) -> list[str]:
        """Words that the writer, or the room that began the draft, said are no names."""
        begun = self.restored.fields.get(KEPT, "").splitlines() if self.restored else []
        words = [*begun, *self._values(KEPT)]
        if self.act is Act.KEEP:
            words.append(str(self.data["act"]).partition(":")[2])
        return list(dict.fromkeys(words))

    def full_clean(self) -> None:
        """Validates for posting only: whoever looks at a preview is not done yet."""
        if not self.is_bound or self.act is Act.POST:
            super().full_clean()
            return
        self._errors = ErrorDict()
        self.cleaned_data = {}

    def replace(self, html: str, value: str) -> None:
        """Puts a value into the page that shows this form again, in place of what was sent."""
        changed = cast("QueryDict", self.data).copy()
        changed[html] = value
        self.data = changed

    def _values(self, html: str) -> list[str]:
        read = getattr(self.data, "getlist", None)
        values = read(html) if read else [self.data.get(html, "")]
        return [str(value).replace("\r\n", "\n") for value in values]

    def _warns(self) -> bool:
        """Whether there are findings that the writer has not seen yet."""
        self.findings = self._look_for_names()
        seen = set(self._values("seen"))
        return any(finding.words not in seen for finding in self.findings)

    def _look_for_names(self) -> list[NameFinding]:
        typed = self.typed()
        texts = {html: typed[html] for html in map(self.add_prefix, self.guard_fields)}
        return check_names(texts, kept=self.kept_words) if texts else []

    def set_aside(self) -> str:
        """Keeps what was typed where it can be posted no more; the address at which its writer reads all of it."""
        self.keep_draft()
        return address_of(self.owner, self.place.key)

    def keep_draft(self) -> None:
        """Keeps what was typed as the draft of its place."""
        typed = self.typed()
        if kept := [word for word in self.kept_words if word]:
            typed[KEPT] = "\n".join(kept)
        named = typed.get(self.add_prefix(self.label_field), "") if self.label_field else ""
        place = self.place
        try:
            self.saved = save_draft(
                owner=self.owner,
                key=place.key,
                fields=typed,
                label=named.strip() or place.label,
                url=place.url,
            )
        except ValidationError as refusal:
            self.add_error(None, refusal)

    def _swap(self) -> None:
        _act, html, number, words = [*str(self.data["act"]).split(":", 3), "", "", ""][:4]
        for finding in self._look_for_names():
            if (finding.field, finding.words) == (html, words) and number in map(
                str, range(len(finding.offers))
            ):
                self.replace(html, swapped(self.typed()[html], finding, finding.offers[int(number)]))


def _is_markdown(field: forms.BoundField) -> bool:
    return isinstance(field.field, ComposerField)


def _initial_of(form: forms.Form, typed: Mapping[str, str]) -> dict[str, Any]:
    """A draft as initial values: an unticked box is one that the draft does not name."""
    values: dict[str, Any] = {}
    for name, field in form.fields.items():
        text = typed.get(form.add_prefix(name))
        if isinstance(field.widget, forms.CheckboxInput):
            values[name] = bool(text)
        elif text is not None:
            multiple = getattr(field.widget, "allow_multiple_selected", False)
            values[name] = text.split("\n") if multiple and text else [] if multiple else text
    return values
