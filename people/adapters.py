"""How allauth behaves here: accounts are given, never taken."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUpAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closes sign-up: accounts come from the company's directory, the administrators or the demo."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
