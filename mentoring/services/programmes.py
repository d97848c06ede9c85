"""The programme of the first ninety days, which is always there."""

from django.utils.translation import gettext as _

from mentoring.choices import ProgrammeKind, ProgrammeState
from mentoring.models import Programme
from mentoring.programmes import standing_programme


def onboarding_programme() -> Programme:
    """The oldest open one of its kind; made where none is."""
    found = standing_programme()
    if found is not None:
        return found
    made, _is_new = Programme.objects.update_or_create(
        name=_("The first ninety days"),
        defaults={"kind": ProgrammeKind.ONBOARDING, "state": ProgrammeState.OPEN},
    )
    return made
