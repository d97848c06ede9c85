"""Refuses audience tokens that nobody can hold: what nobody may read would be lost without a trace."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.audience_kinds import kind_of
from core.audiences import COMMUNITY, FUNCTION_PREFIX, PRACTITIONERS
from core.models import Term, Vocabulary


def check_audience(token: str) -> None:
    """Raises `ValidationError` for an unknown token."""
    if token in (COMMUNITY, PRACTITIONERS):
        return
    kind = kind_of(token)
    if kind is not None and kind.exists(token):
        return
    code = token.removeprefix(FUNCTION_PREFIX)
    functions = Term.objects.of(Vocabulary.BUSINESS_FUNCTION)
    if not token.startswith(FUNCTION_PREFIX) or not functions.filter(code=code).exists():
        raise ValidationError(_("“%(token)s” is no known audience."), params={"token": token})
