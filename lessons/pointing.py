"""Tells a text that only points elsewhere, such as "see attached": whoever finds it later finds nothing."""

import re

LONGEST_POINTER = 120
POINTS_ELSEWHERE = re.compile(
    r"(please )?(see|refer to|cf\.?) (the )?[\"“”']?"
    r"(attach\w*|enclos\w*|recommendation\W?s?\W*|lessons? \d+|above|below|abstract|link|document|report)\b"
    r"|(see |refer to )?(the )?attached\b"
    r"|(n/?a|none|tbd|not applicable|to be determined)\W*$",
    re.IGNORECASE,
)


def points_elsewhere(text: str) -> bool:
    """Whether a text holds nothing but a pointer."""
    text = text.strip()
    return len(text) <= LONGEST_POINTER and bool(POINTS_ELSEWHERE.match(text))
