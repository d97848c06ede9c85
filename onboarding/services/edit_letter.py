"""A facilitator edits a letter. Its placeholders are those that the portal fills; see `onboarding.placeholders`."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core.services.record import record
from onboarding.models import Letter
from onboarding.placeholders import check_letter
from onboarding.services.edit_step import conflict
from people.models import User


@transaction.atomic
def edit_letter(*, actor: User, key: str, subject: str, body: str, seen: int) -> bool:
    """Whether anything is different. `seen` is the version the editor began with; raises `ValidationError`."""
    letter = Letter.objects.select_for_update(of=("self",)).get(key=key)
    if letter.version != seen:
        raise conflict()
    if errors := check_letter(letter, subject=subject, body=body):
        raise ValidationError(errors)
    wanted = {"subject": subject, "body": body}
    changes = {
        name: (getattr(letter, name), text) for name, text in wanted.items() if getattr(letter, name) != text
    }
    if not changes:
        return False
    letter.subject, letter.body, letter.version = subject, body, letter.version + 1
    letter.edited, letter.edited_by = timezone.now(), actor
    letter.save()
    record(actor=actor, action="letter.edit", target=letter, changes=changes)
    return True
