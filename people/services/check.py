"""Checks that several services share. They raise `ValidationError` with words for people."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.models import Term, Vocabulary


def check_business_function(code: str) -> None:
    """Refuses a code outside the vocabulary: it would open an audience that nobody can name."""
    if code and not Term.objects.of(Vocabulary.BUSINESS_FUNCTION).filter(code=code).exists():
        raise ValidationError(_("There is no business function “%(code)s”."), params={"code": code})
