"""The forms of signing in, as allauth has them, in the dress of the portal: our inputs, no word said twice.

What they check and do is allauth's alone.
"""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms


class PortalDress(forms.Form):
    """Gives fields our class, without placeholders that repeat the label; a link to the reset is no help for a field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "input"
            if name in ("password", "oldpassword"):
                field.help_text = ""


class ChangePasswordForm(PortalDress, account.ChangePasswordForm):
    """A new password for somebody signed in."""


class ResetPasswordForm(PortalDress, account.ResetPasswordForm):
    """Asks for the mail with the link."""


class ResetPasswordKeyForm(PortalDress, account.ResetPasswordKeyForm):
    """A new password behind the link."""


class ReauthenticateForm(PortalDress, account.ReauthenticateForm):
    """The password once more."""


class AuthenticateForm(PortalDress, mfa.AuthenticateForm):
    """The code of the second step."""


class ReauthenticateByCodeForm(PortalDress, mfa.ReauthenticateForm):
    """The code once more."""


class ActivateAppForm(PortalDress, totp.ActivateTOTPForm):
    """The first code of a new app."""
