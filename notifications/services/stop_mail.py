"""Stops mail of some groups to a person, by a link in a mail and without a sign-in. Notices under the bell go on."""

from collections.abc import Iterable

from django.db import transaction

from notifications.services.save_settings import save_settings, settings_of
from people.models import User


@transaction.atomic
def stop_mail(*, person_id: int, groups: Iterable[str]) -> bool:
    """Returns whether it changed anything. Raises `User.DoesNotExist`. The audit row has no actor: nobody signed in."""
    person = User.objects.get_queryset().select_for_update().get(pk=person_id)
    off = settings_of(person).mail_off
    wanted = [*off, *sorted(set(groups) - set(off))]
    return bool(save_settings(person=person, values={"mail_off": wanted}, actor=None))
