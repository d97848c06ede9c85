"""What forms of several rooms share: a field of lines, the fields of a form by their kind, and what was sent to it."""

from typing import Any, TypeVar

from django import forms
from django.http import QueryDict

Kind = TypeVar("Kind", bound=forms.Field)


def field_of(form: forms.BaseForm, name: str, kind: type[Kind]) -> Kind:
    """The field of a name, which is of that kind; raises `TypeError` where it is not."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is a {type(field).__name__}, not a {kind.__name__}.")
    return field


def sent(form: forms.BaseForm, name: str) -> list[str]:
    """All values that were sent under a name."""
    return _copy_of_data(form).getlist(name)


def send_instead(form: forms.BaseForm, name: str, value: str) -> None:
    """Puts another value into what was sent, in a copy: a request's own data never changes."""
    data = _copy_of_data(form)
    data[name] = value
    form.data = data


def _copy_of_data(form: forms.BaseForm) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(form.data)
    return data


class LinesField(forms.Field):
    """A list of words or sentences, one a line."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        """The list as lines."""
        return "\n".join(str(line) for line in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """The lines as a list, without empty ones."""
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return [str(line).strip() for line in lines if str(line).strip()]
