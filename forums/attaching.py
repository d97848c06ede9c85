"""Files in a writing form. Each is kept by the server as soon as the form is sent, whatever the button, and stays
attached through preview, errors, drafts and other devices until it is posted or taken off. Works without JavaScript.
"""

from typing import cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from composer.data import Act
from composer.forms import DraftingForm
from forums.files.kinds import ACCEPTED
from forums.files.marks import FILES, UPLOAD, digests_of, keys_of, mark_of, without
from forums.models import Attachment
from forums.services.attach import attach
from forums.services.detach import detach

MOST_FILES = 10


class AttachingForm(DraftingForm):
    """A drafting form with files. The page includes forums/attach.html, and its form sends multipart/form-data."""

    accepted = ACCEPTED
    """What the file input offers to choose."""

    attachments = forms.CharField(label=gettext_lazy("Files"), required=False, widget=forms.HiddenInput)

    def wants_posting(self) -> bool:
        """As above; first keeps what was chosen. A file that was refused is said before anything is posted."""
        if self.is_bound:
            self._keep_files()
        return super().wants_posting()

    def posted_texts(self) -> dict[str, str]:
        """The same files are the same posting, sent once or twice."""
        return super().posted_texts() | {FILES: digests_of(self._marks)}

    @property
    def most_megabytes(self) -> int:
        """How large a file may be."""
        most: int = settings.ATTACHMENT_MEGABYTES
        return most

    @property
    def auto_id_of_upload(self) -> str:
        """The id of the file input, which is no field: what is chosen in it is kept at once and forgotten."""
        return f"id_{self.add_prefix(UPLOAD)}"

    @property
    def keys(self) -> list[UUID]:
        """The files to post."""
        return keys_of(self._marks)

    @property
    def attached(self) -> list[Attachment]:
        """The files as the page lists them; none that is somebody else's, posted or gone."""
        keys = self.keys
        if not keys:
            return []
        return list(Attachment.objects.filter(key__in=keys, owner=self.owner, post=None))

    @property
    def _marks(self) -> str:
        return str(self[FILES].value() or "")

    def _keep_files(self) -> None:
        before, refused = self._marks, []
        if self.act is Act.DETACH:
            self._take_off(str(self.data["act"]).partition(":")[2])
        for upload in self._uploads():
            try:
                self._add(upload)
            except ValidationError as refusal:
                refused += [f"{upload.name}: {sentence}" for sentence in refusal.messages]
        if self._marks != before:
            self.keep_draft()
        for sentence in refused:
            self.add_error(FILES, sentence)

    def _uploads(self) -> list[UploadedFile]:
        return cast("list[UploadedFile]", self.files.getlist(self.add_prefix(UPLOAD)))

    def _add(self, upload: UploadedFile) -> None:
        if len(self.keys) >= MOST_FILES:
            raise ValidationError(_("A post takes %(most)d files. Link what is more.") % {"most": MOST_FILES})
        kept = attach(owner=self.owner, upload=upload)
        self._set(f"{self._marks} {mark_of(kept.key, upload)}".strip())

    def _take_off(self, key: str) -> None:
        for one in self.keys:
            if one.hex == key:
                detach(owner=self.owner, key=one)
                self._set(without(self._marks, one))

    def _set(self, marks: str) -> None:
        changed = cast("QueryDict", self.data).copy()
        changed[self.add_prefix(FILES)] = marks
        self.data = changed
