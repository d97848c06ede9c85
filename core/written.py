"""What of the values of a form its person wrote, and what are keys and choices of the form itself."""

import re

_ONE_CODE = re.compile(r"[!-~]*")


def is_written(text: str) -> bool:
    """Whether it is words: they have a gap, or signs beyond those of codes, as languages without gaps do."""
    return _ONE_CODE.fullmatch(text.strip()) is None
