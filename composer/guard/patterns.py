"""What is found by its shape: amounts of money, e-mail addresses, phone numbers. All repetitions are bounded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SIZE = r"(?:k|K|m|M|mn|mio|Mio|bn|Mrd|thousand|million|billion|millions|billions)\b"
_NUMBER = r"\d[\d.,'\u2019\u00a0]{0,24}(?<![.,'\u2019])(?: \d{3}(?!\d)){0,4}"
_CURRENCY = (
    r"(?:USD|EUR|GBP|CHF|JPY|CNY|DKK|SEK|CAD|AUD|US\$|[$€£¥]|(?:US )?dollars?|euros?|pounds|francs|yen)"
)
AMOUNT = re.compile(
    rf"(?<!\w){_CURRENCY}[ \u00a0]?{_NUMBER}(?:[ \u00a0]?{_SIZE})?"
    rf"|(?<![\w.,]){_NUMBER}[ \u00a0]?(?:{_SIZE}[ \u00a0]?)?{_CURRENCY}(?!\w)"
)
ADDRESS = re.compile(
    r"(?<![\w.%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24}(?![\w-])"
)
PHONE = re.compile(r"(?<![\w+.,-])(?:\+|00|\(?0)[1-9](?:[ ()./-]{0,2}\d){6,14}(?![\w-])")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_WEB = re.compile(r"\b(?:https?://|www\.)[^\s<>\"')\]]+|\[@[^\]\n]{1,200}\]\(/people/\d{1,9}/\)")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text and what kind of thing it is."""

    start: int
    end: int
    kind: str


def shaped_spans(text: str) -> Iterator[Span]:
    """What is found by its shape, kind by kind; spans of different kinds may overlap."""
    for kind, pattern in (("address", ADDRESS), ("amount", AMOUNT), ("phone", PHONE)):
        for match in pattern.finditer(text):
            if kind != "phone" or not _DATE.fullmatch(match.group()):
                yield Span(match.start(), match.end(), kind)


def passed_over(text: str) -> list[Span]:
    """Where no name is looked for: addresses on the web, and mentions of colleagues."""
    return [Span(match.start(), match.end(), "web") for match in _WEB.finditer(text)]
