"""How a form names the files that are attached to it: by a mark each, so that they are part of its draft.

A mark is the key of the file and the beginning of the digest of what was chosen. Keys differ each time a file is sent;
the digest tells a second click that it posts the same. Nothing is granted by a mark: whoever reads one asks whose it is.
"""

import hashlib
import re
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

FILES, UPLOAD = "attachments", "upload"
_MARK = re.compile(r"\b([0-9a-f]{32})\.([0-9a-f]{16})\b")


def mark_of(key: UUID, upload: UploadedFile) -> str:
    """The mark of a file that was kept under a key."""
    digest = hashlib.sha256((upload.name or "").encode("utf-8", "replace"))
    for chunk in upload.chunks():
        digest.update(chunk)
    return f"{key.hex}.{digest.hexdigest()[:16]}"


def keys_of(marks: str) -> list[UUID]:
    """The files that marks name, each once."""
    return list(dict.fromkeys(UUID(hex=key) for key, _digest in _MARK.findall(marks)))


def digests_of(marks: str) -> str:
    """What the files of marks hold, whatever their keys."""
    return " ".join(digest for _key, digest in _MARK.findall(marks))


def without(marks: str, key: UUID) -> str:
    """Marks but for one file."""
    return " ".join(f"{one}.{digest}" for one, digest in _MARK.findall(marks) if one != key.hex)
