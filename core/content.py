"""Reads the content files of the project, with libyaml where it is there: it is ten times as fast and as safe."""

from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """What a YAML file holds, as plain data; raises `OSError` and `yaml.YAMLError`."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # a safe loader either way
