"""Signs people in with allauth, and reads who they are together with where they live, in one query a request."""

from allauth.account.auth_backends import AuthenticationBackend

from people.models import User


class PortalBackend(AuthenticationBackend):
    """allauth's backend; the profile comes with the user, because every page shows local time."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, unless they have left."""
        person = User.objects.select_related("profile").filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None
