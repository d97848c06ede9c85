"""Office files are archives: what is looked at before one is kept. Only the list of their parts is read."""

import zipfile
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_PARTS = 5_000
MOST_BYTES = 500_000_000
MOST_TIMES_LARGER = 200
SMALL = 5_000_000
"""Up to so many bytes unpacked, how much larger that is does not matter."""


def check_office(file: IO[bytes], part: str) -> None:
    """Raises `ValidationError` unless it is an Office file of this kind, without macros, of a bearable size unpacked."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ValidationError(_("It cannot be opened. Save it anew and attach it again.")) from error
    names = [info.filename for info in parts]
    if "[Content_Types].xml" not in names or not any(name.startswith(part) for name in names):
        raise ValidationError(_("Its content is not what its name says. Save it anew and attach it again."))
    if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in names):
        raise ValidationError(_("It holds macros. Save it without them and attach it again."))
    if len(parts) > MOST_PARTS or _bursts(parts) or any(map(_leads_out, names)):
        raise ValidationError(_("It cannot be opened safely. Save it anew and attach it again."))


def _bursts(parts: list[zipfile.ZipInfo]) -> bool:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    return unpacked > MOST_BYTES or (unpacked > SMALL and unpacked > MOST_TIMES_LARGER * packed)


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in PurePosixPath(name.replace("\\", "/")).parts
