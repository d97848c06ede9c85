"""Keeps a file for a post that is still being written. It belongs to whoever attached it until it is posted."""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from forums.files.kinds import kind_of
from forums.files.names import clean_name
from forums.files.pictures import redrawn
from forums.models import Attachment
from people.models import User

MOST_WAITING = 40
"""How many files of drafts a person may have; a form takes fewer."""


@transaction.atomic
def attach(*, owner: User, upload: UploadedFile) -> Attachment:
    """The file, kept. Raises `ValidationError` with a sentence that says what to do."""
    _check_room(owner, upload)
    name = clean_name(upload.name or "")
    kind = kind_of(name, upload)
    kept: File[bytes] = upload
    if kind.is_image:
        kept = ContentFile(redrawn(upload, kind.media_type))
    attachment = Attachment(
        owner=owner, name=name, media_type=kind.media_type, size=kept.size, is_image=kind.is_image
    )
    attachment.file.save(f"file{PurePosixPath(name).suffix}", kept, save=False)
    attachment.save()
    return attachment


def _check_room(owner: User, upload: UploadedFile) -> None:
    most = settings.ATTACHMENT_MEGABYTES
    if (upload.size or 0) > most * 1_000_000:
        raise ValidationError(
            _("It is larger than %(most)d MB. Put it in a shared folder and link it.") % {"most": most}
        )
    if not upload.size:
        raise ValidationError(_("It is empty. Choose the file again."))
    if Attachment.objects.filter(owner=owner, post=None).count() >= MOST_WAITING:
        raise ValidationError(
            _("Too many files wait in your drafts. Post or throw away a draft, then attach it again.")
        )
