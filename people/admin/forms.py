"""The form of a person in the admin. It checks; the services save."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core.models import Term, Vocabulary
from people.models import User
from people.roles import ROLE_LABELS, Role
from people.services.change_person import FIELDS, change_person
from people.services.create_person import create_person


class PersonForm(WagtailAdminModelForm):
    """Everything administrators decide. The password is the person's own: they set it by the link on the sign-in page."""

    business_function = forms.ChoiceField(
        label=_("Business function"),
        required=False,
        help_text=_("Opens what is shared with that function."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=[(role.value, ROLE_LABELS[role]) for role in Role if role is not Role.MEMBER],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody is a member. Stewards and facilitators become practitioners."),
    )

    class Meta:
        model = User
        fields = ("name", "email", "business_function", "is_practitioner", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        functions = Term.objects.labels(Vocabulary.BUSINESS_FUNCTION)
        self.fields["business_function"].choices = [("", _("Not set")), *functions.items()]
        self.initial["roles"] = sorted(self.instance.role_names) if self.instance.pk else []

    def clean_email(self) -> str:
        """Refuses an address that somebody has, whatever its case."""
        email: str = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Somebody else signs in with this address."))
        return email

    def clean(self) -> dict[str, Any]:
        """Refuses what would lock the administrator out who does it."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        loses = Role.ADMINISTRATOR in self.instance.role_names if self.instance.pk else False
        keeps = Role.ADMINISTRATOR.value in values.get("roles", [])
        if self.instance == self.for_user and (not values.get("is_active") or (loses and not keeps)):
            raise ValidationError(_("Ask another administrator to take your own rights away."))
        return values

    def save(self, commit: bool = True) -> User:
        """Makes or changes the person by the services."""
        values = {name: self.cleaned_data[name] for name in FIELDS}
        roles = [Role(code) for code in self.cleaned_data["roles"]]
        if not self.instance.pk:
            person, _is_new = create_person(**values, actor=self.for_user, roles=roles, origin="admin")
            return person
        person = User.objects.get(pk=self.instance.pk)
        change_person(
            person=person,
            values=values,
            roles=roles,
            is_active=self.cleaned_data["is_active"],
            actor=self.for_user,
            origin="admin",
        )
        return person
