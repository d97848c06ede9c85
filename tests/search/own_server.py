"""A real Elasticsearch that a test may kill: started by scripts/elasticsearch with data and ports of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings

from scripts.lib.elasticsearch_common import free_port, version_at
from scripts.lib.elasticsearch_node import child_of

SCRIPT = settings.BASE_DIR / "scripts" / "elasticsearch"
START_SECONDS = 300.0


class OwnServer:
    """Use as a context. `kill` is what a power cut is to the node; `revive` starts it again on the same data."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        # Not pytest's own folder: the server's user may not enter that one.
        self.data = Path(tempfile.mkdtemp(prefix="alliance-commons-es-"))
        self.data.chmod(0o755)

    def __enter__(self) -> Self:
        self.revive()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._run("stop")
        shutil.rmtree(self.data, ignore_errors=True)

    def kill(self) -> None:
        """SIGKILL to the node; returns when it no longer answers."""
        launcher = int(json.loads((self.data / "server.json").read_text())["pid"])
        node = child_of(launcher)
        assert node, "the launcher has no node to kill"  # 0 would be this process and all it started
        os.kill(node, signal.SIGKILL)
        while version_at(self.url, timeout=0.5):
            time.sleep(0.05)

    def kill_in(self, seconds: float) -> threading.Timer:
        """Kills it a little later, whatever is going on then."""
        timer = threading.Timer(seconds, self.kill)
        timer.start()
        return timer

    def revive(self) -> None:
        """Starts it and waits until it answers."""
        self._run("start", "--port", str(self.port), "--heap", "512m", "--fast")

    def revive_meanwhile(self) -> threading.Thread:
        """The same beside what the test does."""
        thread = threading.Thread(target=self.revive)
        thread.start()
        return thread

    def _run(self, verb: str, *options: str) -> None:
        environment = {name: value for name, value in os.environ.items() if name != "ELASTICSEARCH_URL"}
        subprocess.run(
            [sys.executable, str(SCRIPT), verb, "--data", str(self.data), *options],
            env=environment, check=True, timeout=START_SECONDS, capture_output=True,
        )  # fmt: skip
