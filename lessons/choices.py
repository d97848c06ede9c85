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


class ReviewAct(models.TextChoices):
    """What somebody said of a lesson on its way; each is a row beside the audit trail, with words for the author."""

    SUBMITTED = "submitted", _("Submitted")
    SCREENED = "screened", _("Screened")
    VALIDATED = "validated", _("Validated and published")
    RETURNED = "returned", _("Returned to the author")
    REOPENED = "reopened", _("Reopened")
    ARCHIVED = "archived", _("Archived")


class RouteState(models.TextChoices):
    """What the owner of a play made of a lesson that was sent to them."""

    OPEN = "open", _("Waiting for the owner")
    EMBEDDED = "embedded", _("In the playbook")
    CHECKED = "checked", _("Effect checked")
    REJECTED = "rejected", _("Rejected")


class UseOutcome(models.TextChoices):
    """What came of using a lesson."""

    WORKED = "worked", _("It worked")
    ADAPTED = "adapted", _("It worked after a change")
    DID_NOT = "did_not", _("It did not work")


class Likeness(models.TextChoices):
    """What an author says of a lesson that looks like theirs."""

    SAME = "same", _("Same")
    ADDS = "adds", _("Adds to it")
    DIFFERENT = "different", _("Different")


class WhyNot(models.TextChoices):
    """Why a lesson did not help."""

    NOT_MY_CASE = "not_my_case", _("Not my kind of alliance")
    UNCLEAR = "unclear", _("I do not see what to do")
    OUTDATED = "outdated", _("Outdated")
    WRONG = "wrong", _("I think it is wrong")
    OTHER = "other", _("Something else")


READABLE = (Status.PUBLISHED, Status.ARCHIVED)
IN_REVIEW = (Status.SUBMITTED, Status.SCREENED)
IN_THE_PLAYBOOK = (Uptake.EMBEDDED, Uptake.CHECKED)
QUALITY_MAX = 5


def stage_of(status: str, uptake: str) -> Stage:
    """The derived stage of a lesson."""
    if status not in READABLE:
        return Stage.OBSERVATION
    return Stage.LEARNED if uptake == Uptake.CHECKED else Stage.IDENTIFIED
