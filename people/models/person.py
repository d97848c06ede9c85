"""User and profile.

Rights live on the user (`is_practitioner`, `business_function`, roles as groups), the description of the person on the
profile. A user signs in by e-mail, is never deleted, and is switched off by `is_active` when they leave.
"""

from collections.abc import Iterable
from datetime import time
from functools import cached_property
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.audiences import COMMUNITY, PRACTITIONERS, alliance_token, function_token
from core.models import Term, Vocabulary
from people.faces import tone_of
from people.managers import UserManager
from people.roles import ADMIN_ROLES, Role
from search.mixins import SearchableMixin


class User(SearchableMixin, AbstractBaseUser, PermissionsMixin):
    """An employee who may sign in."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    business_function = models.CharField(
        _("business function"),
        max_length=40,
        blank=True,
        help_text=_("Code. Opens what is shared with that function."),
    )
    is_practitioner = models.BooleanField(
        _("practitioner"),
        default=False,
        help_text=_("Granted by a facilitator. Opens what practitioners share."),
    )
    external_id = models.CharField(
        _("employee number"),
        max_length=40,
        null=True,
        blank=True,
        unique=True,
        help_text=_("What the personnel system calls this person."),
    )
    alliance_ids = models.JSONField(
        _("alliances"),
        default=list,
        editable=False,
        help_text=_("The alliances whose confirmed team this person is in; kept by the team's own services."),
    )
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Off when the person has left."))
    is_demo = models.BooleanField(_("demo person"), default=False, editable=False)
    session_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("Raised to end all sessions of this person.")
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name, as Wagtail and allauth ask for it."""
        return self.name

    def get_short_name(self) -> str:
        """The first word of the name."""
        return self.name.split(" ")[0]

    def get_absolute_url(self) -> str:
        """The page of the person."""
        return reverse("people:person", args=[self.pk])

    @property
    def initials(self) -> str:
        """One or two letters for the round face."""
        words = [word for word in self.name.split() if word]
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()

    @property
    def tone(self) -> str:
        """The tone of the round face; the same for a person on every page."""
        return tone_of(self.pk or 0)

    @property
    def is_staff(self) -> bool:
        """Whether the person may enter the admin."""
        return self.is_superuser or bool(self.role_names & ADMIN_ROLES)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must match: the password and the epoch, so that either change ends every session."""
        key = "people.User.session_auth_hash"
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac(key, value, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def role_names(self) -> frozenset[str]:
        """The portal roles held, as codes of `Role`."""
        return frozenset(self.groups.values_list("name", flat=True)) & frozenset(Role)

    @cached_property
    def audience_tokens(self) -> frozenset[str]:
        """The tokens of core/audiences.py that this person holds, without a query."""
        return frozenset(self._tokens())

    def _tokens(self) -> Iterable[str]:
        yield COMMUNITY
        if self.is_practitioner:
            yield PRACTITIONERS
        if self.business_function:
            yield function_token(self.business_function)
        yield from (alliance_token(pk) for pk in self.alliance_ids)


class MentorStatus(models.TextChoices):
    """Whether somebody may be asked to mentor: the same for whoever looks."""

    NONE = "", _("No mentor")
    OPEN = "open", _("Has a free place")
    FULL = "full", _("No free place at present")
    AWAY = "away", _("Away at present")


class Profile(models.Model):
    """What colleagues may know of a person."""

    user = models.OneToOneField(User, models.CASCADE, related_name="profile", verbose_name=_("user"))
    division = models.CharField(_("division"), max_length=80, blank=True)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Zurich")
    working_days = models.CharField(
        _("working week"),
        max_length=7,
        default="12345",
        help_text=_("Days worked, 1 is Monday and 7 Sunday."),
    )
    working_from = models.TimeField(_("works from"), default=time(9))
    working_until = models.TimeField(_("works until"), default=time(17))
    languages = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_("Working languages, ISO 639-1 codes.")
    )
    therapeutic_areas = models.JSONField(_("therapeutic areas"), default=list, blank=True)
    role_areas = models.ManyToManyField(
        Term,
        related_name="+",
        blank=True,
        limit_choices_to={"vocabulary": Vocabulary.ROLE_AREA},
        verbose_name=_("role areas"),
    )
    habits = models.ManyToManyField(
        Term,
        related_name="+",
        blank=True,
        limit_choices_to={"vocabulary": Vocabulary.HABIT},
        verbose_name=_("strong habits"),
    )
    alliance_types = models.ManyToManyField(
        Term,
        related_name="+",
        blank=True,
        limit_choices_to={"vocabulary": Vocabulary.ALLIANCE_TYPE},
        verbose_name=_("alliance types handled"),
    )
    phases = models.ManyToManyField(
        Term,
        related_name="+",
        blank=True,
        limit_choices_to={"vocabulary": Vocabulary.LIFECYCLE_PHASE},
        verbose_name=_("phases worked in"),
    )
    in_role_since = models.DateField(_("in this role since"), null=True, blank=True)
    manager = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("line manager")
    )
    has_alliance_duties = models.BooleanField(_("alliance duties"), default=False)
    share_of_time = models.PositiveSmallIntegerField(
        _("share of time"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("Per cent of a full post."),
    )
    bio = models.TextField(_("about"), blank=True, max_length=1000)
    mentor_status = models.CharField(
        _("mentor"), max_length=8, choices=MentorStatus, default=MentorStatus.NONE, blank=True, editable=False
    )
    badges = models.JSONField(_("badges"), default=list, blank=True, editable=False)
    confirmed_on = models.DateField(_("confirmed as still right"), null=True, blank=True, editable=False)
    ui_language = models.CharField(_("language of the portal"), max_length=10, blank=True)
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return str(self.user)

    @property
    def zone(self) -> ZoneInfo:
        """Where the person works; UTC should the zone have left the database of zones."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    @property
    def place(self) -> str:
        """City and country in one line, as far as known."""
        return ", ".join(part for part in (self.city, self.country) if part)
