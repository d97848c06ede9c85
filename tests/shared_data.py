"""Finds the shared test data. Where it is missing a test is skipped loudly; in CI it fails."""

import os
from pathlib import Path

import pytest
from django.conf import settings


def shared(*parts: str) -> Path:
    """A file or folder of the shared test data."""
    path: Path = settings.SHARED_DATA_DIR.joinpath(*parts)
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{path} is missing, and CI has to have it.")
        pytest.skip(f"{path} is missing: set SHARED_DATA_DIR")
    return path
