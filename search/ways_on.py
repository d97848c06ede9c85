"""Where a reader may go on who found nothing; upper rooms register their ways from `AppConfig.ready()`."""

from dataclasses import dataclass

from django.utils.functional import Promise

from core.registries import Registry


@dataclass(frozen=True, slots=True)
class WayOn:
    """A button; the words that found nothing are appended to `url`."""

    label: str | Promise
    icon: str
    url: str


ways_on: Registry[WayOn] = Registry("Ways on from an empty search")
