"""Words are told from keys and choices of a form, in languages without gaps too."""

import pytest

from core.written import is_written


@pytest.mark.parametrize("text", ["Two words", "会議の前夜に資料が届きました", "überall", "one\n\n- two"])
def test_words(text: str) -> None:
    assert is_written(text)


@pytest.mark.parametrize("text", ["", "  ", "governance", "3f2a9c1e-77aa-4b0e", "/forums/?tab=mine", " on\n"])
def test_keys_and_choices(text: str) -> None:
    assert not is_written(text)
