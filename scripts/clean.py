"""Deletes what this checkout made: var/, caches, bytecode. Keeps .venv, and everything that is not ignored by git."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHES = (".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache", "test-results", "static-root")


def main() -> None:
    """Deletes them."""
    for folder in [ROOT / "var", *(ROOT / name for name in CACHES), *_bytecode()]:
        shutil.rmtree(folder, ignore_errors=True)


def _bytecode() -> list[Path]:
    return [path for path in ROOT.rglob("__pycache__") if ".venv" not in path.parts]


if __name__ == "__main__":
    main()
