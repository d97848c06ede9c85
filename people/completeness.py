"""How complete a profile is, and which field would help colleagues most next. For its person alone.

Fields that somebody may honestly leave empty do not count: nobody is asked for a therapeutic area, and who has no
alliance duties is asked for nothing that only alliance work fills.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import Profile
from people.services.update_profile import CHOSEN


@dataclass(frozen=True, slots=True)
class AskedField:
    """One field that counts: how much, what filling it means, and whether only alliance work fills it."""

    name: str
    weight: int
    ask: str | Promise
    for_duties: bool = False

    @property
    def url(self) -> str:
        """The very field of the form."""
        return f"{reverse('people:me')}#id_{self.name}"


@dataclass(frozen=True, slots=True)
class Completeness:
    """Per cent of what counts for this person, and the field to fill next; None where nothing is missing."""

    percent: int
    next: AskedField | None


FIELDS = (
    AskedField("alliance_types", 4, _("Tick the alliance types you have handled"), for_duties=True),
    AskedField("role_areas", 3, _("Tick the role areas you look after"), for_duties=True),
    AskedField("bio", 3, _("Write two sentences about you")),
    AskedField("languages", 2, _("Say which languages you work in")),
    AskedField("phases", 2, _("Tick the phases you have worked in"), for_duties=True),
    AskedField("job_title", 2, _("Write your job title")),
    AskedField("city", 1, _("Write the city you work in")),
    AskedField("country", 1, _("Write the country you work in")),
    AskedField("division", 1, _("Write your division")),
    AskedField("habits", 1, _("Tick the habits you are strong in"), for_duties=True),
)
"""By weight, the heaviest first: the first empty one is the best next step."""


def completeness_of(profile: Profile) -> Completeness:
    """No query where the terms of the profile are fetched already, else one for each vocabulary."""
    counted = [field for field in FIELDS if profile.has_alliance_duties or not field.for_duties]
    missing = [field for field in counted if not _is_filled(profile, field.name)]
    whole, open_weight = (sum(field.weight for field in fields) for fields in (counted, missing))
    return Completeness(100 * (whole - open_weight) // whole, next(iter(missing), None))


def _is_filled(profile: Profile, name: str) -> bool:
    if name in CHOSEN:
        return profile.pk is not None and bool(getattr(profile, name).all())
    return bool(getattr(profile, name))
