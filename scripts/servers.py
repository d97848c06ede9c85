"""PostgreSQL and Elasticsearch for `make test` and `make run-full`: started here on free ports, stopped at the end.

A server named by DATABASE_URL or ELASTICSEARCH_URL is used as it is and never stopped. PostgreSQL refuses to run as
root, so root starts it as the user postgres, in a folder that this user owns and can reach, on a Unix socket only.
Standard library only.
"""

import getpass
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.processes import ROOT, VAR_DIR, refuse

POSTGRESQL_FOLDERS = Path("/usr/lib/postgresql")
POSTGRESQL_USER = "postgres"
DATABASE = "commons"
START_SECONDS = 60
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def postgresql_programs() -> Path | None:
    """The folder of the newest PostgreSQL's programs, if there is one."""
    found = sorted(POSTGRESQL_FOLDERS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def postgresql(*, kept: bool) -> Iterator[str]:
    """A DATABASE_URL. `kept` keeps the data in var/postgresql between runs, safely; else it is fast and thrown away."""
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith(("postgres", "psql")):
        yield named
        return
    programs = postgresql_programs()
    if programs is None:
        refuse(
            "There is no PostgreSQL here: install it (Debian: apt-get install postgresql) or set DATABASE_URL."
        )
    cluster = _Cluster(programs, kept=kept)
    try:
        cluster.start()
        yield cluster.url
    finally:
        cluster.stop()


class _Cluster:
    """One database cluster."""

    def __init__(self, programs: Path, *, kept: bool) -> None:
        self.programs = programs
        self.kept = kept
        self.socket = Path(tempfile.mkdtemp(prefix="commons-pg-", dir="/tmp"))
        self.data = _kept_folder() if kept else self.socket / "data"
        self.url = f"postgresql://{POSTGRESQL_USER}@:5432/{self.socket}/{DATABASE}"

    def start(self) -> None:
        """Makes what is missing and starts; refuses with PostgreSQL's own last word."""
        self.socket.chmod(0o700)
        self.data.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            for folder in (self.socket, self.data):
                shutil.chown(folder, POSTGRESQL_USER, POSTGRESQL_USER)
        if not (self.data / "PG_VERSION").exists():
            self._call(
                "initdb",
                "-A",
                "trust",
                "-U",
                POSTGRESQL_USER,
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                *self._no_sync(),
            )
        elif self._as_owner("pg_ctl", "-D", str(self.data), "status").returncode == 0:
            refuse(
                f"PostgreSQL already runs on {self.data}, perhaps for another `make run-full`; "
                f"stop that, or else: {self.programs}/pg_ctl -D {self.data} stop"
            )
        settings = f"-k {self.socket} -c listen_addresses= {'' if self.kept else FAST}"
        log = str(self.data / "server.log")
        self._call("pg_ctl", "-w", "-t", str(START_SECONDS), "-l", log, "-o", settings, "start")
        self._make_database()

    def stop(self) -> None:
        """Stops; deletes the data where it is not kept."""
        self._as_owner("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")
        shutil.rmtree(self.socket, ignore_errors=True)

    def _no_sync(self) -> list[str]:
        return [] if self.kept else ["--no-sync"]

    def _make_database(self) -> None:
        where = ["-h", str(self.socket), "-U", POSTGRESQL_USER]
        self._as_owner("createdb", *where, DATABASE)  # fails where a kept cluster has it already

    def _call(self, program: str, *words: str) -> None:
        done = self._as_owner(program, "-D", str(self.data), *words)
        if done.returncode:
            refuse(f"PostgreSQL did not start: {_last_line(done.stdout)}")

    def _as_owner(self, program: str, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [str(self.programs / program), *words]
        if os.geteuid() == 0:
            command = ["runuser", "-u", POSTGRESQL_USER, "--", *command]
        with tempfile.TemporaryFile("w+") as output:  # a pipe would be held open by the server
            done = subprocess.run(command, cwd="/", stdout=output, stderr=subprocess.STDOUT, check=False)
            output.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, output.read())


def _kept_folder() -> Path:
    """Where data is kept: var/, unless the user postgres cannot reach it there."""
    folder = VAR_DIR / "postgresql"
    folder.parent.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0 or _reachable(folder.parent):
        return folder
    kept = Path("/var/lib/alliance-commons")
    kept.mkdir(exist_ok=True)
    return kept / "postgresql"


def _reachable(folder: Path) -> bool:
    test = subprocess.run(
        ["runuser", "-u", POSTGRESQL_USER, "--", "test", "-x", str(folder)], check=False, capture_output=True
    )
    return test.returncode == 0


@contextmanager
def elasticsearch(*, kept: bool, fast: bool = False) -> Iterator[str]:
    """An ELASTICSEARCH_URL, from scripts/elasticsearch. `kept` keeps the index in var/elasticsearch."""
    named = os.environ.get("ELASTICSEARCH_URL", "")
    if named:
        yield named
        return
    folder = VAR_DIR / "elasticsearch" if kept else Path(tempfile.mkdtemp(prefix="commons-es-"))
    where = ["--data", str(folder)]
    speed = ["--fast"] if fast else []
    try:
        started = _elasticsearch("start", *where, *speed)
        if started.returncode:
            refuse(
                "Elasticsearch did not start; its reason stands above. ELASTICSEARCH_URL may name a server that runs."
            )
        yield started.stdout.split()[-1]
    finally:
        _elasticsearch("stop", *where)
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)


def _elasticsearch(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "scripts" / "elasticsearch"), *words]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else f"it gave no reason to {getpass.getuser()}."
