"""Querysets and the manager of people.

Every signed-in colleague may see every colleague, also one who has left (the page says so); a stranger sees nobody.
"""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import BaseUserManager
from django.db import models

from core.audiences import COMMUNITY, tokens_of

if TYPE_CHECKING:
    from people.models import User


class UserQuerySet(models.QuerySet["User"]):
    """People, with the one access rule for their pages."""

    def visible_to(self, reader: object) -> Self:
        """All people for a reader who is signed in and active, else none."""
        return self.all() if COMMUNITY in tokens_of(reader) else self.none()

    def present(self) -> Self:
        """People who have not left."""
        return self.filter(is_active=True)

    def with_profile(self) -> Self:
        """With everything a profile page or a search document reads, in a fixed number of queries."""
        return self.select_related("profile", "profile__manager").prefetch_related(
            "groups", "profile__role_areas", "profile__habits", "profile__alliance_types", "profile__phases"
        )


class UserManager(BaseUserManager["User"]):
    """Makes users; the e-mail address is the name they sign in with, kept in lower case."""

    def get_queryset(self) -> UserQuerySet:
        """The queryset above."""
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, reader: object) -> UserQuerySet:
        """See `UserQuerySet.visible_to`."""
        return self.get_queryset().visible_to(reader)

    def present(self) -> UserQuerySet:
        """See `UserQuerySet.present`."""
        return self.get_queryset().present()

    def with_profile(self) -> UserQuerySet:
        """See `UserQuerySet.with_profile`."""
        return self.get_queryset().with_profile()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with a usable password only where one is given. Code calls the service create_person instead."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with all rights, for the first sign-in of an installation."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Looks a user up by e-mail, whatever its case."""
        return self.get(email__iexact=username or "")
