"""What forms share: a field of lines, fields by their kind, and what was sent to a form."""

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from core.forms import LinesField, field_of, send_instead, sent

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]))


class ThingForm(forms.Form):
    """A name, and colours."""

    name = forms.CharField()
    colours = forms.MultipleChoiceField(choices=[("r", "Red"), ("g", "Green")])


def test_a_field_is_found_by_its_kind_or_one_above_it() -> None:
    form = ThingForm()
    field_of(form, "colours", forms.ChoiceField).choices = [("b", "Blue")]
    assert form.fields["colours"].widget.choices == [("b", "Blue")]
    assert ThingForm().fields["colours"].widget.choices == [("r", "Red"), ("g", "Green")]


def test_a_field_of_another_kind_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="name is a CharField, not a ModelChoiceField"):
        field_of(ThingForm(), "name", forms.ModelChoiceField)


def test_a_field_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="size"):
        field_of(ThingForm(), "size", forms.Field)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (QueryDict("name=Ada&colours=r&colours=g"), "colours", ["r", "g"]),
        (QueryDict("name=Ada&colours=r&colours=g"), "name", ["Ada"]),
        (QueryDict("name="), "name", [""]),
        (QueryDict(""), "name", []),
        ({"name": "Ada"}, "name", ["Ada"]),
        (None, "name", []),
    ],
)
def test_all_values_that_were_sent_are_told(data: object, name: str, expected: list[str]) -> None:
    assert sent(ThingForm(data), name) == expected


def test_what_is_sent_instead_leaves_the_request_and_the_rest_as_they_were() -> None:
    data = QueryDict("name=Ada&colours=r&colours=g")
    form = ThingForm(data)
    send_instead(form, "name", "Grace")
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Grace", "colours": ["r", "g"]}
    assert data.urlencode() == "name=Ada&colours=r&colours=g"


@given(st.lists(WORDS.map(str.strip).filter(bool)))
def test_lines_come_back_as_they_were_shown(lines: list[str]) -> None:
    field = LinesField(required=False)
    assert field.clean(field.prepare_value(lines)) == lines


@pytest.mark.parametrize(
    ("value", "lines"),
    [(" a \r\n\n b", ["a", "b"]), (None, []), ("  \n ", []), (["x", " ", 3], ["x", "3"])],
)
def test_lines_are_stripped_and_empty_ones_left_out(value: object, lines: list[str]) -> None:
    assert LinesField(required=False).clean(value) == lines


def test_lines_that_must_be_there_are_asked_for() -> None:
    with pytest.raises(forms.ValidationError, match="required"):
        LinesField().clean(" \n ")


def test_what_was_typed_is_shown_again_as_it_stands() -> None:
    assert LinesField().prepare_value("one\ntwo ") == "one\ntwo "
