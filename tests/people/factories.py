"""Makes people for tests. `UserFactory(roles=("steward",), is_practitioner=True)`; a profile comes with each."""

from typing import Any

from django.contrib.auth.models import Group
from factory.declarations import Sequence
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from people.models import Profile, User

PASSWORD = "correct horse battery staple"


class UserFactory(DjangoModelFactory[User]):
    """An active member who may sign in with PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = Sequence(lambda number: f"person-{number}@example.com")
    name = Sequence(lambda number: f"Person Number{number}")
    is_active = True

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        password = kwargs.pop("password", PASSWORD)
        return User.objects.create_user(kwargs.pop("email"), password, **kwargs)

    @post_generation
    def roles(self: Any, create: bool, extracted: tuple[str, ...] | None, **kwargs: Any) -> None:
        """Groups by role code; a member where nothing is said."""
        for role in ("member",) if extracted is None else extracted:
            self.groups.add(Group.objects.get_or_create(name=str(role))[0])

    @post_generation
    def profile(self: Any, create: bool, extracted: dict[str, Any] | None, **kwargs: Any) -> None:
        """A profile; pass `profile={"division": ...}` to fill it."""
        Profile.objects.create(user=self, **(extracted or kwargs))
