"""The kinds of file that members may attach, and how each is told by its first bytes and its inside.

Invariants: a file is taken only where its name and its content say the same; SVG and HTML are no kind at all, because
a browser runs what they hold; nothing is unpacked to find out what an archive is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forums.files.archives import check_office

HEAD = 16
TEXT_BYTES = 1_000_000
"""How much of a text file is read to see that it is one."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind: its extensions, how it is served, and what tells it."""

    extensions: tuple[str, ...]
    media_type: str
    fits: Callable[[bytes], bool]
    is_image: bool = False
    office_part: str = ""
    """Where an Office file keeps its text."""
    is_text: bool = False

    @property
    def tells_its_author(self) -> bool:
        """Whether it may carry who wrote it, where nothing here can take that out."""
        return not self.is_image and not self.is_text


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


def _is_webp(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _office(extension: str, kind: str, part: str) -> FileKind:
    media_type = f"application/vnd.openxmlformats-officedocument.{kind}"
    return FileKind((extension,), media_type, _begins(b"PK\x03\x04"), office_part=part)


def _anything(head: bytes) -> bool:
    return True


KINDS = (
    FileKind(("pdf",), "application/pdf", _begins(b"%PDF-")),
    _office("docx", "wordprocessingml.document", "word/"),
    _office("xlsx", "spreadsheetml.sheet", "xl/"),
    _office("pptx", "presentationml.presentation", "ppt/"),
    FileKind(("png",), "image/png", _begins(b"\x89PNG\r\n\x1a\n"), is_image=True),
    FileKind(("jpg", "jpeg"), "image/jpeg", _begins(b"\xff\xd8\xff"), is_image=True),
    FileKind(("gif",), "image/gif", _begins(b"GIF87a", b"GIF89a"), is_image=True),
    FileKind(("webp",), "image/webp", _is_webp, is_image=True),
    FileKind(("txt",), "text/plain; charset=utf-8", _anything, is_text=True),
    FileKind(("csv",), "text/csv; charset=utf-8", _anything, is_text=True),
)
BY_EXTENSION = {extension: kind for kind in KINDS for extension in kind.extensions}
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}
ACCEPTED = ",".join(f".{extension}" for extension in BY_EXTENSION)
"""What a file input offers to choose."""


def kind_of(name: str, file: IO[bytes]) -> FileKind:
    """The kind of a file; raises `ValidationError` with a sentence where name and content do not fit, or nothing does."""
    kind = BY_EXTENSION.get(PurePosixPath(name).suffix.lstrip(".").lower())
    if kind is None:
        raise ValidationError(
            _(
                "Files of this kind are not taken. Attach PDF, Word, Excel, PowerPoint, a picture, text or CSV."
            )
        )
    file.seek(0)
    if not kind.fits(file.read(HEAD)):
        raise ValidationError(_("Its content is not what its name says. Save it anew and attach it again."))
    if kind.office_part:
        check_office(file, kind.office_part)
    if kind.is_text:
        _check_text(file)
    file.seek(0)
    return kind


def _check_text(file: IO[bytes]) -> None:
    file.seek(0)
    beginning = file.read(TEXT_BYTES)
    try:
        beginning.decode("utf-8")
    except UnicodeDecodeError as error:
        cut_short = error.start >= TEXT_BYTES - 4
        if not cut_short:
            raise ValidationError(_("It is no plain text. Save it as text in UTF-8.")) from error
    if b"\x00" in beginning:
        raise ValidationError(_("It is no plain text. Save it as text in UTF-8."))
