"""What the tests need beside Python: Chromium, PostgreSQL, Elasticsearch. Installed where it may be, else asked for.

Root on a machine with apt may install Debian's packages. Anybody else is told what is missing, how to install it and
which variable names one that is elsewhere.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from scripts.processes import ROOT, refuse
from scripts.servers import postgresql_programs

CHROMIUMS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
"""The shell is the same engine without profiles, extensions and windows, which cost as much again as the pages do."""


@dataclass(frozen=True, slots=True)
class Need:
    """Something the tests need."""

    what: str
    package: str
    variable: str
    is_there: bool


def chromium_path() -> str:
    """Where Chromium is: the variable CHROMIUM, else the first that Debian has put here, else where one would be."""
    there = (path for path in CHROMIUMS if path.exists())
    return os.environ.get("CHROMIUM") or str(next(there, CHROMIUMS[0]))


def needs() -> list[Need]:
    """All of them, with whether they are there."""
    named = {name: bool(os.environ.get(name)) for name in ("DATABASE_URL", "ELASTICSEARCH_URL")}
    has_elasticsearch = named["ELASTICSEARCH_URL"] or _elasticsearch_at_hand() or bool(shutil.which("mvn"))
    return [
        Need("Chromium", "chromium-headless-shell", "CHROMIUM", Path(chromium_path()).exists()),
        Need(
            "PostgreSQL", "postgresql", "DATABASE_URL", named["DATABASE_URL"] or bool(postgresql_programs())
        ),
        Need("Maven, to fetch Elasticsearch", "maven", "ELASTICSEARCH_URL", has_elasticsearch),
    ]


def provide() -> None:
    """Installs what is missing; refuses with one sentence where it may not or cannot."""
    missing = [need for need in needs() if not need.is_there]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _install([need.package for need in missing])
        missing = [need for need in needs() if not need.is_there]
    if missing:
        packages = " ".join(need.package for need in missing)
        said = "; ".join(f"{need.what} (or set {need.variable})" for need in missing)
        refuse(
            f"The tests need {said}. Debian: apt-get install {packages}. `make test-fast` needs none of it."
        )


def _elasticsearch_at_hand() -> bool:
    """Whether a distribution is named or lies in the cache."""
    from scripts.lib.elasticsearch_fetch import cached_home, is_home

    return bool(os.environ.get("ELASTICSEARCH_HOME")) or is_home(cached_home())


def _install(packages: list[str]) -> None:
    print(f"Installing {', '.join(packages)} ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", *words], env=quiet, cwd=ROOT, check=False, capture_output=True, text=True
        )
        if done.returncode:
            print(
                done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "apt-get failed.", flush=True
            )
            return
