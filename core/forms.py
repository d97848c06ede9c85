"""Form fields that several rooms use in the admin."""

from typing import Any

from django import forms


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
