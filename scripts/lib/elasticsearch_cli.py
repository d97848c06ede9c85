"""The command `scripts/elasticsearch`: what may be asked of it and in which order a server is looked for."""

import argparse
import os
import sys
from pathlib import Path

from scripts.lib import elasticsearch_docker as docker
from scripts.lib import elasticsearch_node as node
from scripts.lib.elasticsearch_common import TroubleError, cache_folder, say, version_at
from scripts.lib.elasticsearch_fetch import cached_home, fetch, is_home, named_home

DESCRIPTION = """\
A real Elasticsearch for this machine.

  fetch    have the program in the cache (one download of 946 MB, about a minute; 210 MB stay)
  start    start a server and print its address as the last line
  stop     stop the server of this data folder
  status   say whether it runs: exit code 0 when it does, 3 when not

In a shell:   export ELASTICSEARCH_URL=$(scripts/elasticsearch start)
Throw-away:   scripts/elasticsearch start --data DIR --fast; scripts/elasticsearch stop --data DIR

Looked for in this order: ELASTICSEARCH_URL (a server that runs; nothing is started) > --home or ELASTICSEARCH_HOME
(an unpacked distribution) > the cache > Docker where an engine answers > Maven Central.
The cache is ~/.cache/alliance-commons (/var/cache/alliance-commons for root); ALLIANCE_COMMONS_CACHE overrides it.
Needs a JDK 21 or newer: ES_JAVA_HOME, JAVA_HOME or one under /usr/lib/jvm. 1.3 GB of memory with --heap 1g.
"""


def arguments() -> argparse.ArgumentParser:
    """What may be typed."""
    parser = argparse.ArgumentParser(
        prog="scripts/elasticsearch",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("verb", choices=["fetch", "start", "stop", "status"])
    parser.add_argument("--port", type=int, default=0, help="for HTTP; default 9200, or any free one")
    parser.add_argument("--transport-port", type=int, default=0, help="between nodes; default any free one")
    parser.add_argument("--home", type=Path, help="an unpacked distribution to use")
    parser.add_argument("--data", type=Path, help="folder of this server; default in the cache")
    parser.add_argument("--heap", default="1g", help="memory for the server's heap, such as 512m; default 1g")
    parser.add_argument(
        "--fast", action="store_true", help="starts sooner, works slower: for tests, not benchmarks"
    )
    return parser


def main() -> int:
    """Do what was asked; each failure is one sentence and exit code 1."""
    asked = arguments().parse_args()
    data = (asked.data or cache_folder() / "server").resolve()
    wish = node.Wish(data, asked.port, asked.transport_port, asked.heap, asked.fast)
    try:
        if asked.verb == "fetch":
            return fetched(asked.home)
        if asked.verb == "start":
            return started(asked.home, wish)
        return stopped(data) if asked.verb == "stop" else status(data)
    except TroubleError as trouble:
        say(f"scripts/elasticsearch: {trouble}")
    except OSError as error:
        say(f"scripts/elasticsearch: {error.strerror or error}: {error.filename or 'no file'}.")
    except KeyboardInterrupt:
        say("scripts/elasticsearch: stopped by you.")
    return 1


def home_at_hand(given: Path | None) -> Path | None:
    """An unpacked distribution that needs no download."""
    if given:
        if not is_home(given):
            raise TroubleError(f"{given} is not an unpacked Elasticsearch.")
        return given.resolve()
    return named_home() or (cached_home() if is_home(cached_home()) else None)


def fetched(given: Path | None) -> int:
    """Have a program; which one is printed."""
    home = home_at_hand(given)
    if home is None and docker.answers() and docker.pull():
        return answer(docker.IMAGE)
    return answer(str(home or fetch()))


def started(given: Path | None, wish: node.Wish) -> int:
    """Have a server that answers."""
    if url := os.environ.get("ELASTICSEARCH_URL"):
        if not version_at(url):
            raise TroubleError(
                f"ELASTICSEARCH_URL names {url}, where no server answers; unset it to start one here."
            )
        return answer(url)
    if (running := node.known(wish.data)) and version_at(running.url):
        return answer(running.url)
    home = home_at_hand(given)
    if home is None and docker.answers() and docker.pull():
        return answer(docker.start(wish).url)
    return answer(node.start(home or fetch(), wish).url)


def stopped(data: Path) -> int:
    """Stop what start began; that nothing ran is no failure."""
    say("Stopped." if node.stop(data) else f"No server of {data} runs.")
    return 0


def status(data: Path) -> int:
    """Whether the server of this folder, or the named one, answers."""
    running = node.known(data)
    url = os.environ.get("ELASTICSEARCH_URL") or (running.url if running else "")
    version = version_at(url) if url else ""
    if not version:
        say(f"No server answers at {url}." if url else f"No server of {data} runs.")
        return 3
    say(f"Elasticsearch {version}" + (f", process {running.pid}" if running and running.pid else ""))
    return answer(url)


def answer(text: str) -> int:
    """The one line on the output stream."""
    sys.stdout.write(f"{text}\n")
    return 0
