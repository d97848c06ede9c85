"""Starting and stopping one server, from configuration we write, never as root.

A server is known by its data folder: everything of it lies there, `server.json` says where it answers and which
process it is. Several servers run at once from one distribution with folders of their own.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts.lib.elasticsearch_common import HOST, TroubleError, free_port, is_root, need, say, version_at
from scripts.lib.elasticsearch_fetch import install_java, java_home

SERVER_USER = "alliance-commons-es"
USUAL_PORT = 9200
START_SECONDS = 180.0
STOP_SECONDS = 40.0
LAUNCHER = "org.elasticsearch.server.launcher.ServerLauncher"
UNWANTED_JVM_OPTIONS = ("-XX:+UseG1GC", "-Xlog")


@dataclass(frozen=True, slots=True)
class Server:
    """A server this machine started: a process, or a container where `container` is set."""

    url: str
    pid: int = 0
    container: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a server shall be started."""

    data: Path
    port: int = 0
    transport_port: int = 0
    heap: str = "1g"
    fast: bool = False


def known(data: Path) -> Server | None:
    """The server of this data folder, where it was started and not stopped."""
    try:
        server = Server(**json.loads((data / "server.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return server if server.container or is_launcher(server.pid) else None


def remember(data: Path, server: Server) -> None:
    """Write down what runs, for status and stop."""
    (data / "server.json").write_text(json.dumps(asdict(server)))


def is_launcher(pid: int) -> bool:
    """Whether this process is a launcher of ours: a number may have been given to another program since."""
    try:
        return LAUNCHER in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


def child_of(pid: int) -> int:
    """The node's own process under its launcher, 0 where there is none; crash tests kill it."""
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        if children := thread.read_text().split():
            return int(children[0])
    return 0


def start(home: Path, wish: Wish) -> Server:
    """Start a server and wait until it answers."""
    try:
        java = java_home(home)
    except TroubleError:
        install_java()
        java = java_home(home)
    port = wish.port or free_port(USUAL_PORT)
    if wish.port and free_port(wish.port) != wish.port:
        raise TroubleError(f"Port {wish.port} is taken: choose another with --port.")
    configure(home, wish, port)
    own_user = prepare_user(wish.data, home) if is_root() else ()
    log = wish.data / "start.log"
    with log.open("w") as output:
        job = subprocess.Popen(
            [*own_user, str(java / "bin" / "java"), "-Xms4m", "-Xmx64m", "-XX:+UseSerialGC",
             "-cp", f"{home}/lib/tools/server-launcher/*", LAUNCHER],
            cwd=home, env=environment(home, java, wish), stdin=subprocess.DEVNULL,
            stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    server = Server(url=f"http://{HOST}:{port}", pid=job.pid)
    remember(wish.data, server)
    wait_until_ready(server, job, log)
    return server


def configure(home: Path, wish: Wish, port: int) -> None:
    """The configuration folder of this server, written anew at every start."""
    folder = wish.data / "config"
    for inside in ("config", "data", "logs", "repo", "tmp"):
        (wish.data / inside).mkdir(parents=True, exist_ok=True)
    shutil.copy(home / "config" / "log4j2.properties", folder)
    options = (home / "config" / "jvm.options").read_text().splitlines()
    kept = [line for line in options if not any(word in line for word in UNWANTED_JVM_OPTIONS)]
    (folder / "jvm.options").write_text("\n".join(kept) + "\n")
    settings: Mapping[str, object] = {
        "cluster.name": f"alliance-commons-{port}",
        "node.name": "one",
        "discovery.type": "single-node",
        "network.host": HOST,
        "http.port": port,
        "transport.port": wish.transport_port or free_port(),
        "xpack.security.enabled": "false",
        "xpack.license.self_generated.type": "basic",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "path.data": wish.data / "data",
        "path.logs": wish.data / "logs",
        "path.repo": wish.data / "repo",
    }
    (folder / "elasticsearch.yml").write_text(
        "".join(f"{name}: {value}\n" for name, value in settings.items())
    )


def environment(home: Path, java: Path, wish: Wish) -> dict[str, str]:
    """What the launcher expects to find in its environment."""
    options = f"-Xms{wish.heap} -Xmx{wish.heap} -XX:+UseSerialGC"
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(wish.data),
        "ES_HOME": str(home),
        "ES_PATH_CONF": str(wish.data / "config"),
        "ES_TMPDIR": str(wish.data / "tmp"),
        "ES_JAVA_HOME": str(java),
        "JAVA": str(java / "bin" / "java"),
        "JAVA_TYPE": "ES_JAVA_HOME",
        "ES_DISTRIBUTION_TYPE": "zip",
        "ES_JAVA_OPTS": f"{options} -XX:TieredStopAtLevel=1" if wish.fast else options,
    }


def prepare_user(data: Path, home: Path) -> tuple[str, ...]:
    """Root only: a system user that owns the data; gives the words that start a program as that user."""
    setpriv, useradd = need("setpriv", "util-linux"), need("useradd", "passwd")
    if subprocess.run(["id", "-u", SERVER_USER], capture_output=True, check=False).returncode:
        subprocess.run([useradd, "-r", "-M", "-s", "/usr/sbin/nologin", SERVER_USER], check=True)
    subprocess.run(["chown", "-R", f"{SERVER_USER}:", str(data)], check=True)
    words = (setpriv, f"--reuid={SERVER_USER}", f"--regid={SERVER_USER}", "--init-groups")
    for folder in (data, home):
        if subprocess.run([*words, "test", "-x", str(folder)], check=False).returncode:
            raise TroubleError(
                f"The server's user {SERVER_USER} cannot enter {folder}: choose a folder outside /root."
            )
    return words


def wait_until_ready(server: Server, job: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return when the server answers; a server that gives up or takes too long is an error."""
    say(f"Starting Elasticsearch at {server.url} ...")
    began = time.monotonic()
    while time.monotonic() - began < START_SECONDS:
        if version_at(server.url):
            say(f"  ready after {time.monotonic() - began:.0f} s")
            return
        if job.poll() is not None:
            raise TroubleError(
                f"Elasticsearch did not start: {last_words(log)}; the whole report is in {log}."
            )
        time.sleep(0.5)
    os.kill(job.pid, signal.SIGTERM)
    raise TroubleError(f"Elasticsearch did not answer within {START_SECONDS:.0f} s; its report is in {log}.")


def last_words(log: Path) -> str:
    """The line of the report that most likely tells why."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    told = [
        line for line in lines if re.search(r"(Exception|Error)\b.*: ", line) and "JVM arguments" not in line
    ]
    return (told or lines or ["it said nothing"])[0][:300]


def stop(data: Path) -> bool:
    """Stop the server of this data folder; False where none runs."""
    server = known(data)
    if server is None:
        return False
    if server.container:
        subprocess.run(["docker", "rm", "-f", server.container], capture_output=True, check=True)
    else:
        end(server.pid)
    (data / "server.json").unlink(missing_ok=True)
    return True


def end(pid: int) -> None:
    """Ask the launcher to stop its node and wait for both; what does not stop in time is ended."""
    processes = [process for process in (child_of(pid), pid) if process]
    os.kill(pid, signal.SIGTERM)
    if all_dead(processes, within=STOP_SECONDS):
        return
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    all_dead(processes, within=STOP_SECONDS)


def all_dead(processes: Iterable[int], *, within: float) -> bool:
    """Wait until all processes have ended; False where time was too short."""
    deadline = time.monotonic() + within
    while not all(is_dead(process) for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def is_dead(pid: int) -> bool:
    """Whether a process has ended and only waits to be collected by its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
