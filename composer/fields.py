"""The field for what members write: Markdown, kept exactly as it was typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from composer.widgets import ComposerWidget

MAX_CHARACTERS = 50_000
MAX_BYTES = 50_000
NUL = "\x00"


class ComposerField(forms.CharField):
    """Markdown of at most 50 000 characters and 50 kB. Nothing is trimmed; blank, too long and NUL are refused."""

    widget = ComposerWidget
    default_error_messages = {
        "required": _("Write something here."),
        "unreadable": _("This text holds a character that cannot be stored. Paste it again as plain text."),
        "too_heavy": _("This text is longer than 50 kB. Shorten it, or attach the long part as a file."),
    }

    def __init__(self, *, max_length: int = MAX_CHARACTERS, **kwargs: Any) -> None:
        super().__init__(max_length=None, strip=False, **kwargs)
        self.limit = max_length

    def to_python(self, value: Any) -> str:
        """The text with line ends as one character, as browsers send two."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        """Refuses what is blank, too long or cannot be stored."""
        if self.required and not value.strip():
            raise ValidationError(self.error_messages["required"], code="required")
        if NUL in value:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        if len(value) > self.limit:
            raise ValidationError(_too_long(self.limit), code="max_length")
        if len(value.encode("utf-8", "replace")) > MAX_BYTES:
            raise ValidationError(self.error_messages["too_heavy"], code="too_heavy")


def _too_long(limit: int) -> str:
    return ngettext(
        "This text is longer than %(limit)d character. Shorten it.",
        "This text is longer than %(limit)d characters. Shorten it.",
        limit,
    ) % {"limit": limit}
