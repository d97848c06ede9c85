"""The process in which Markdown is rendered: reads a text, answers HTML, and dies of one that takes too long.

Started by pool.py as `python -m core.markdown.child FD` without the environment of the portal: it holds no secrets,
no database and no Django. Each job gets one CPU second. The profiling timer is exact and kills by its default action,
even inside a regular expression; RLIMIT_CPU counts whole seconds and stands behind it.
"""

import math
import resource
import signal
import sys
from multiprocessing.connection import Connection
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from core.markdown.clean import bleach_clean
from core.markdown.policy import EXTENSIONS

CPU_SECONDS_A_JOB = 1.0
AFTER_INLINE = 5


class LowerTitles(Treeprocessor):
    """A page has one first heading and it is not the member's: `# Title` becomes a second-level one."""

    def run(self, root: Element) -> None:
        for title in root.iter("h1"):
            title.tag = "h2"


def make_converter() -> Markdown:
    """Python-Markdown as the pipeline uses it."""
    converter = Markdown(
        extensions=list(EXTENSIONS),
        extension_configs={"tables": {"use_align_attribute": True}},
        output_format="html",
    )
    converter.treeprocessors.register(LowerTitles(converter), "lower_titles", AFTER_INLINE)
    return converter


def convert(converter: Markdown, source: str) -> str:
    """Markdown to HTML, cleaned once."""
    return bleach_clean(converter.reset().convert(source))


def _start_clock() -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used + CPU_SECONDS_A_JOB), hard))
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS_A_JOB)


def serve(connection: Connection) -> None:
    """Answers jobs until the other side closes. An error in a job ends the process, which is the answer."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    converter = make_converter()
    while True:
        try:
            source = connection.recv_bytes().decode("utf-8")
        except EOFError:
            return
        _start_clock()
        answer = convert(converter, source).encode("utf-8")
        signal.setitimer(signal.ITIMER_PROF, 0)
        connection.send_bytes(answer)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(Connection(int(sys.argv[1])))
