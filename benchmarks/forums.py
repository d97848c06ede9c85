"""What a page of the forums costs, beside django-machina on the same data, in one interleaved run.

    python -m benchmarks.forums [1000 10000 100000]

Both sides run in processes of their own on SQLite and answer the same pages in turn: the list of a board, and a topic with
1 000 replies at its first and its last window. Printed are the medians of CPU milliseconds, the queries, and the share of
ours. The other side gets an environment in var/machina. The goal is a third of its CPU.
"""

import json
import os
import statistics
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from scripts.processes import PYTHON, ROOT, VAR_DIR, refuse

MACHINA = "django-machina==1.3.1"
SIZES = (1_000, 10_000, 100_000)
PAGES = ("list", "first", "last")
ROUNDS = 15
HERE = Path(__file__).parent


class Side:
    """One process and the line to it."""

    def __init__(self, name: str, command: list[str | Path], **environment: str) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [str(word) for word in command],
            cwd=ROOT,
            env={**os.environ, "ELASTICSEARCH_URL": "", **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **command: Any) -> dict[str, float]:
        """The answer to one command."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("There is no line to the process.")
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            refuse(f"The side of {self.name} has stopped; its reason stands above.")
        answer: dict[str, float] = json.loads(line)
        return answer

    def stop(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.wait()


def main(words: list[str]) -> int:
    """Measures each size; returns the exit code."""
    sizes = [int(word) for word in words] or list(SIZES)
    sides = (
        Side("ours", [PYTHON, "-m", "benchmarks.forum_ours"], DATABASE_URL="sqlite://:memory:"),
        Side("machina", [_machina(), HERE / "forum_machina.py"]),
    )
    try:
        for size in sorted(sizes):
            for side in sides:
                side.ask(load=size)
            for page in PAGES:
                print(_line(size, page, sides), flush=True)
    finally:
        for side in sides:
            side.stop()
    return 0


def _line(size: int, page: str, sides: tuple[Side, ...]) -> str:
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    for _round in range(ROUNDS):
        for side in sides:
            found[side.name].append(side.ask(page=page))
    cpu = {name: statistics.median(one["cpu"] for one in rows) for name, rows in found.items()}
    last = {name: rows[-1] for name, rows in found.items()}
    told = " ".join(
        f"{name}_cpu={cpu[name]:.1f}ms {name}_sql={last[name]['sql']} {name}_kb={last[name]['bytes'] / 1000:.0f}"
        for name in found
    )
    return f"forums topics={size} page={page} {told} share={cpu['ours'] / cpu['machina']:.2f}"


def _machina() -> Path:
    """The interpreter of an environment that has the other side."""
    folder = VAR_DIR / "machina"
    python = folder / "bin" / "python"
    if not python.exists():
        uv = PYTHON.with_name("uv")
        subprocess.run([uv, "venv", "--quiet", "--python", PYTHON, folder], check=True)
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, MACHINA], check=True)
    return python


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
