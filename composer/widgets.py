"""The text area of the composer: an ordinary one that pages make more of where JavaScript runs."""

from typing import Any

from django import forms


class ComposerWidget(forms.Textarea):
    """Marked for static/js/composer.js. The browser's own limit is left out: it would cut what is pasted, silently."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 8, "data-composer-text": True, "spellcheck": "true", **(attrs or {})})
