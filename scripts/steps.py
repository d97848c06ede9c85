"""Steps of `make test`: what is run, how long it took, what pytest counted. One failed step does not hide the others.

A step that hangs is ended with all it started, so that the steps after it still run and the summary is printed.
"""

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer

from scripts.processes import ROOT, stop

COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)\b")
SUMMARY = re.compile(r"^=*\s*\d+ (passed|failed|errors?|skipped|xfailed|xpassed|deselected)\b.* in [\d.]+s")
NO_TESTS_COLLECTED = 5
STEP_SECONDS = 30 * 60.0
BAD = ("failed", "error", "errors")


@dataclass(frozen=True, slots=True)
class Step:
    """A command line with what it needs in its environment."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str] = field(default_factory=dict)
    may_be_empty: bool = False
    seconds: float = STEP_SECONDS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a step."""

    name: str
    seconds: float
    ok: bool
    counts: Mapping[str, int]

    @property
    def line(self) -> str:
        """One line for the summary."""
        counted = ", ".join(f"{number} {word}" for word, number in self.counts.items())
        return (
            f"{'ok    ' if self.ok else 'FAILED'} {self.seconds:7.1f} s  {self.name:<34} {counted}".rstrip()
        )


def run(step: Step) -> Outcome:
    """Runs a step, showing its output as it comes."""
    print(f"\n== {step.name}", flush=True)
    return _run(step, lambda line: print(line, end="", flush=True))


def run_beside(long: Step, short: Sequence[Step]) -> list[Outcome]:
    """Runs short steps one after the other beside a long one; each shows its output when it has ended."""
    with ThreadPoolExecutor(max_workers=1) as lane:
        try:
            beside = [lane.submit(_run_aside, step) for step in short]
            outcome = run(long)
            return [*(each.result() for each in beside), outcome]
        except BaseException:
            lane.shutdown(wait=False, cancel_futures=True)
            raise


def _run_aside(step: Step) -> Outcome:
    lines: list[str] = []
    outcome = _run(step, lines.append)
    print(f"\n== {step.name}\n{''.join(lines)}", end="", flush=True)
    return outcome


def _run(step: Step, show: Callable[[str], object]) -> Outcome:
    begun = time.monotonic()
    counts: dict[str, int] = {}
    with (
        subprocess.Popen(
            [str(word) for word in step.command],
            cwd=ROOT,
            env={**os.environ, **step.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process,
        _ended_in_time(process, step, show),
    ):
        for line in process.stdout or ():
            show(line)
            if SUMMARY.match(line):
                counts = {word: int(number) for number, word in COUNT.findall(line)}
        code = process.wait()
    ok = code == 0 or (code == NO_TESTS_COLLECTED and step.may_be_empty)
    return Outcome(step.name, time.monotonic() - begun, ok, counts)


@contextmanager
def _ended_in_time(
    process: subprocess.Popen[str], step: Step, show: Callable[[str], object]
) -> Iterator[None]:
    """Ends the step's whole group of processes after `step.seconds`, and whatever interrupts the waiting."""

    def end() -> None:
        show(f"{step.name} did not end within {step.seconds:.0f} s and was stopped.\n")
        stop(process)

    timer = Timer(step.seconds, end)
    timer.start()
    try:
        yield
    except BaseException:
        stop(process)
        raise
    finally:
        timer.cancel()


def report(outcomes: Sequence[Outcome]) -> int:
    """Prints a line a step and, last, the sum of all tests; returns the exit code."""
    print("\n== Summary")
    for outcome in outcomes:
        print(outcome.line)
    passed = sum(outcome.counts.get("passed", 0) for outcome in outcomes)
    failed = sum(outcome.counts.get(word, 0) for outcome in outcomes for word in BAD)
    skipped = sum(outcome.counts.get("skipped", 0) for outcome in outcomes)
    broken = [outcome.name for outcome in outcomes if not outcome.ok]
    if skipped:
        print(f"{skipped} skipped")
    if broken:
        print(f"Failed: {', '.join(broken)}")
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if broken else 0
