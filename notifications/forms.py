"""What people want to be told, by group and way, and the hours in which no mail comes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.models import NoticeSettings
from notifications.registries import groups

CLOCK = "%H:%M"
HOURS = ("quiet_from", "quiet_to", "quiet_free_days")


def _clock() -> forms.TimeInput:
    return forms.TimeInput(format=CLOCK, attrs={"type": "time", "class": "input short"})


class SettingsForm(forms.Form):
    """Boxes that are ticked are wanted; what is stored is what is not. Fields `bell_GROUP` and `mail_GROUP`."""

    quiet_from = forms.TimeField(label=_("Quiet from"), widget=_clock())
    quiet_to = forms.TimeField(label=_("Quiet until"), widget=_clock())
    quiet_free_days = forms.BooleanField(label=_("No mail on days I do not work"), required=False)

    def __init__(self, *args: Any, wish: NoticeSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wish = wish
        self.initial = {name: getattr(wish, name) for name in HOURS}
        for group in groups:
            for way, off in (("bell", wish.bell_off), ("mail", wish.mail_off)):
                field = forms.BooleanField(
                    label=str(group.label), required=False, initial=group.key not in off
                )
                self.fields[f"{way}_{group.key}"] = field

    def rows(self) -> list[dict[str, Any]]:
        """The table: a group and its two boxes."""
        return [
            {"group": group, "bell": self[f"bell_{group.key}"], "mail": self[f"mail_{group.key}"]}
            for group in groups
        ]

    def values(self) -> dict[str, Any]:
        """What `save_settings` takes. Groups that no room registers just now stay as they were."""
        hours = {name: self.cleaned_data[name] for name in HOURS}
        return hours | {
            "bell_off": self._off("bell", self.wish.bell_off),
            "mail_off": self._off("mail", self.wish.mail_off),
        }

    def _off(self, way: str, before: list[str]) -> list[str]:
        unknown = [key for key in before if key not in groups]
        return [*unknown, *(key for key in groups.keys() if not self.cleaned_data[f"{way}_{key}"])]
