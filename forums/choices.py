"""The closed scales of the forums."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TopicKind(models.TextChoices):
    """What somebody opens: a question can be answered, a discussion goes on."""

    QUESTION = "question", _("Question")
    DISCUSSION = "discussion", _("Discussion")


class Level(models.TextChoices):
    """How closely somebody follows a board, tag or topic; docs/members.md has the table of what each one brings."""

    WATCHING = "watching", _("Watching: every reply")
    TRACKING = "tracking", _("Tracking: count what is new")
    FIRST_POST = "first_post", _("First post only")
    NORMAL = "normal", _("Normal")
    MUTED = "muted", _("Muted")


class FollowKind(models.TextChoices):
    """What can be followed; a topic beats a tag, a tag beats a board."""

    BOARD = "board", _("Board")
    TAG = "tag", _("Tag")
    TOPIC = "topic", _("Topic")


class SourceFormat(models.TextChoices):
    """What a stored body is written in. HTML comes from imports only and goes through the same cleaning."""

    MARKDOWN = "markdown", "Markdown"
    HTML = "html", "HTML"


class FlagReason(models.TextChoices):
    """Why somebody asks the facilitators to look. Confidential hides the post at once."""

    CONFIDENTIAL = "confidential", _("Confidential: a name, a deal, a person or unpublished data")
    UNKIND = "unkind", _("Unkind or personal")
    OFF_TOPIC = "off_topic", _("In the wrong place")
    WRONG = "wrong", _("Wrong in a way that could do harm")
    OTHER = "other", _("Something else")


class FlagDecision(models.TextChoices):
    """What the facilitators decided."""

    OPEN = "open", _("Waiting for a decision")
    UPHELD = "upheld", _("Taken down")
    EDITED = "edited", _("Shown again after a change")
    DISMISSED = "dismissed", _("Stays as it is")
