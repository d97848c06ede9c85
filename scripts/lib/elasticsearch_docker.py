"""The same server as a container, where a Docker engine answers."""

import os
import shutil
import subprocess
import time

from scripts.lib.elasticsearch_common import HOST, VERSION, TroubleError, free_port, say, version_at
from scripts.lib.elasticsearch_node import START_SECONDS, USUAL_PORT, Server, Wish, remember

IMAGE = os.environ.get("ELASTICSEARCH_IMAGE", f"elasticsearch:{VERSION}")
SETTINGS = (
    "discovery.type=single-node",
    "xpack.security.enabled=false",
    "xpack.license.self_generated.type=basic",
    "cluster.routing.allocation.disk.threshold_enabled=false",
)


def answers() -> bool:
    """Whether a Docker engine can be used here."""
    if not shutil.which("docker"):
        return False
    try:
        return (
            subprocess.run(["docker", "info"], capture_output=True, check=False, timeout=10).returncode == 0
        )
    except subprocess.TimeoutExpired:
        return False


def pull() -> bool:
    """Have the image on this machine; False where it cannot be had."""
    if (
        subprocess.run(["docker", "image", "inspect", IMAGE], capture_output=True, check=False).returncode
        == 0
    ):
        return True
    say(f"Fetching the image {IMAGE} ...")
    return subprocess.run(["docker", "pull", "-q", IMAGE], capture_output=True, check=False).returncode == 0


def start(wish: Wish) -> Server:
    """Start a container and wait until it answers; its data ends with it."""
    port = wish.port or free_port(USUAL_PORT)
    options = [f"-eES_JAVA_OPTS=-Xms{wish.heap} -Xmx{wish.heap}", *(f"-e{setting}" for setting in SETTINGS)]
    run = subprocess.run(
        ["docker", "run", "-d", "-p", f"{HOST}:{port}:9200", *options, IMAGE],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode:
        raise TroubleError(f"Docker did not start Elasticsearch: {run.stderr.strip().splitlines()[-1]}")
    server = Server(url=f"http://{HOST}:{port}", container=run.stdout.strip())
    wish.data.mkdir(parents=True, exist_ok=True)
    remember(wish.data, server)
    say(f"Starting Elasticsearch at {server.url} in a container ...")
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if version_at(server.url):
            return server
        time.sleep(0.5)
    raise TroubleError(
        f"Elasticsearch did not answer in its container; see: docker logs {server.container[:12]}"
    )
