"""The closed scales of a lesson. Codes are those of the vocabularies `lesson_status` and `lesson_uptake`.

`Status` says how far people have validated a lesson, `Uptake` how far practice has changed because of it, `Stage` is
derived from both and never stored.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """How it went. External lessons carry none."""

    NEGATIVE = "negative", _("Went wrong")
    POSITIVE = "positive", _("Went well")
    MIXED = "mixed", _("Mixed")


class Status(models.TextChoices):
    """Validation: publication by a peer is the last step, archiving takes a lesson out of the default search."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    SCREENED = "screened", _("Screened")
    PUBLISHED = "published", _("Published")
    RETURNED = "returned", _("Returned")
    ARCHIVED = "archived", _("Archived")


class Uptake(models.TextChoices):
    """What became of it: each value includes the ones before it."""

    NONE = "none", _("Not taken up yet")
    ROUTED = "routed", _("Routed to a play owner")
    EMBEDDED = "embedded", _("In the playbook")
    CHECKED = "checked", _("Effect checked")


class Stage(models.TextChoices):
    """Observation, lesson identified, lesson learned: only a checked change makes a lesson learned."""

    OBSERVATION = "observation", _("Observation")
    IDENTIFIED = "identified", _("Lesson identified")
    LEARNED = "learned", _("Lesson learned")


READABLE = (Status.PUBLISHED, Status.ARCHIVED)
IN_THE_PLAYBOOK = (Uptake.EMBEDDED, Uptake.CHECKED)
QUALITY_MAX = 5


def stage_of(status: str, uptake: str) -> Stage:
    """The derived stage of a lesson."""
    if status not in READABLE:
        return Stage.OBSERVATION
    return Stage.LEARNED if uptake == Uptake.CHECKED else Stage.IDENTIFIED
