"""A writing form as rooms make them, for the tests."""

from django import forms
from django.http import QueryDict

from composer.data import DraftPlace
from composer.forms import ComposerField, DraftingForm
from people.models import User

PLACE = DraftPlace(key="test:1", label="A reply", url="/forums/1/")


class ReplyForm(DraftingForm):
    """One of each kind of field."""

    label_field = "title"
    guard_fields = ("title", "body")

    title = forms.CharField(max_length=150, required=False)
    body = ComposerField(label="Your reply")
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], initial="a", required=False)
    tags = forms.MultipleChoiceField(choices=[("x", "X"), ("y", "Y"), ("z", "Z")], required=False)
    unnamed = forms.BooleanField(required=False, initial=True)


def sent(owner: User, *pairs: tuple[str, str], act: str = "post", prefix: str | None = None) -> ReplyForm:
    """The form as a browser sends it."""
    data = QueryDict(mutable=True)
    for name, value in (("act", act), *pairs):
        data.appendlist(name, value)
    return ReplyForm(data, owner=owner, place=PLACE, prefix=prefix)
