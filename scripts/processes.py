"""Child processes, ports and answers over HTTP, for the scripts. Standard library only: it runs before .venv exists.

Every child gets its own process group, so that stopping it also stops what it started.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from scripts.lib.web import ask

ROOT = Path(__file__).resolve().parents[1]
VAR_DIR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
PYTHON = ROOT / ".venv" / "bin" / "python"
HOST = "127.0.0.1"
STOP_SECONDS = 15.0


def refuse(sentence: str) -> NoReturn:
    """Ends the script with one sentence and exit code 1."""
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def is_taken(port: int, host: str = HOST) -> bool:
    """Whether somebody already listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def start(
    command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None, log: Path | None = None
) -> subprocess.Popen[bytes]:
    """Starts a child in its own process group; its output goes to `log`, else to ours."""
    target = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            [str(word) for word in command],
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=target,
            stderr=subprocess.STDOUT if target else None,
            start_new_session=True,
        )
    finally:
        if target:
            target.close()


def stop(child: subprocess.Popen[Any], *, seconds: float = STOP_SECONDS) -> int:
    """Asks the child's whole group to end, kills what has not ended in time, returns the child's exit code."""
    _signal_group(child, signal.SIGTERM)
    try:
        return child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        _signal_group(child, signal.SIGKILL)
        return child.wait(timeout=seconds)


def _signal_group(child: subprocess.Popen[Any], number: signal.Signals) -> None:
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return


def answers(url: str) -> bool:
    """Whether the address answers without an error."""
    try:
        with ask(url, timeout=2):
            return True
    except OSError:
        return False


def wait_for(url: str, child: subprocess.Popen[bytes], *, seconds: float) -> bool:
    """Waits until the address answers; False where the child ended or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and child.poll() is None:
        if answers(url):
            return True
        time.sleep(0.1)
    return False


def gunicorn(port: int, *, host: str = HOST, workers: int = 1) -> list[str | Path]:
    """The command line of the web process."""
    return [
        PYTHON.with_name("gunicorn"),
        "portal.wsgi",
        "--worker-class=gthread",
        f"--workers={workers}",
        "--threads=8",
        f"--bind={host}:{port}",
        "--graceful-timeout=5",
        "--log-level=warning",
        "--no-control-socket",
    ]


def worker() -> list[str | Path]:
    """The command line of the worker process."""
    return [PYTHON, ROOT / "manage.py", "worker"]
