"""Text that is safe to put into a cell of a table that people open elsewhere: workbooks and CSV files."""

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LINE = re.compile(r"(?<=[\n\v\f\x1c-\x1e\x85\u2028\u2029])|(?<=\r)(?!\n)")
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_CELL = 32_000

CellValue = str | bool | int | float | None


def plain(text: str) -> str:
    """Text without the signs that no office format can hold."""
    return ILLEGAL.sub("", text)


def safe_cell(value: object) -> CellValue:
    """A value for a cell. Text of which any line begins like a formula gets an apostrophe in front of that line."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = plain(str(value))[:LONGEST_CELL]
    return "".join(f"'{line}" if line.startswith(FORMULA_STARTS) else line for line in LINE.split(text))
