"""Names of files as they are shown: without folders, signs that cannot be seen, or what turns the reading direction."""

import unicodedata
from pathlib import PurePosixPath

NAME_LENGTH = 120
FORBIDDEN = frozenset('<>:"/\\|?*%')


def clean_name(name: str) -> str:
    """Such as "minutes.docx" for "../../minutes.docx". Never empty, never more than 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in unicodedata.normalize("NFC", last) if _is_shown(sign))
    path = PurePosixPath(" ".join(shown.split()).strip(". ") or "file")
    suffix = path.suffix.lower()
    stem = path.name[: len(path.name) - len(suffix)].strip(". ") or "file"
    return stem[: NAME_LENGTH - len(suffix)] + suffix


def neutral_name(name: str, number: int) -> str:
    """What a file of an unnamed post is called: its own name may tell whose it was."""
    return f"file-{number}{PurePosixPath(name).suffix}"


def _is_shown(sign: str) -> bool:
    return sign not in FORBIDDEN and (sign == " " or not unicodedata.category(sign).startswith(("C", "Z")))
