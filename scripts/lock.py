"""Locks the packages: newest allowed versions with hashes into requirements/, without the addresses they came from.

UPGRADE=1 raises what is locked already; otherwise versions change only where pyproject.toml asks for it.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.processes import PYTHON, ROOT

REQUIREMENTS = ROOT / "requirements"
PYTHON_VERSION = "3.11"
CLIENT_8 = "elasticsearch>=8.19.3,<9\n"


def main() -> int:
    """Writes the three files."""
    _compile("production.txt", "pyproject.toml")
    _compile("development.txt", "pyproject.toml", "--group", "dev")
    with tempfile.TemporaryDirectory() as folder:
        wish = Path(folder) / "client8.in"
        wish.write_text(CLIENT_8, encoding="utf-8")
        _compile("client8.txt", str(wish), "--no-annotate", "--no-header")
    return 0


def _compile(target: str, *words: str) -> None:
    upgrade = ["--upgrade"] if os.environ.get("UPGRADE") else []
    options = [
        "--universal",
        "--python-version",
        PYTHON_VERSION,
        "--generate-hashes",
        "--no-emit-index-url",
        "--quiet",
    ]
    output = ["--custom-compile-command", "make lock", "-o", str(REQUIREMENTS / target)]
    command = [str(PYTHON.with_name("uv")), "pip", "compile", *options, *upgrade, *words, *output]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
