"""What the parts of scripts/elasticsearch share: one kind of failure, where things lie, talking to a server.

Only the standard library: this runs before the project's packages are installed.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from scripts.lib.web import ask

HOST = "127.0.0.1"
VERSION = "9.4.3"


class TroubleError(Exception):
    """Something that stops the command; its text is the one sentence that is shown."""


def say(text: str) -> None:
    """Progress, on the error stream: the last line of the output stream belongs to the address."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def is_root() -> bool:
    """Whether we run as root, as which the server refuses to start."""
    return os.geteuid() == 0


def cache_folder() -> Path:
    """Where the unpacked server and the data of servers lie, once per machine.

    For root it is not in the home folder: the user the server runs as cannot look into /root.
    """
    if chosen := os.environ.get("ALLIANCE_COMMONS_CACHE"):
        return Path(chosen).resolve()
    if is_root():
        return Path("/var/cache/alliance-commons")
    return Path.home() / ".cache" / "alliance-commons"


def need(program: str, package: str) -> str:
    """The path of a program; on Debian as root it is installed where it is missing."""
    if found := shutil.which(program):
        return found
    if is_root() and shutil.which("apt-get"):
        say(f"Installing {package} ...")
        for words in (("update", "-q"), ("install", "-y", "-q", "--no-install-recommends", package)):
            silent = subprocess.DEVNULL
            subprocess.run(["apt-get", *words], check=False, stdout=silent, stderr=silent)
        if found := shutil.which(program):
            return found
    raise TroubleError(
        f"{program} is missing: install the package {package}, or name a server in ELASTICSEARCH_URL."
    )


def free_port(preferred: int = 0) -> int:
    """The preferred port where it is free, otherwise any free one."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise TroubleError("This machine has no free port left.")


def version_at(url: str, timeout: float = 2.0) -> str:
    """The version of the server that answers there, empty where none does."""
    try:
        with ask(url, timeout=timeout) as answer:
            return str(json.load(answer)["version"]["number"])
    except (OSError, ValueError, KeyError):
        return ""
