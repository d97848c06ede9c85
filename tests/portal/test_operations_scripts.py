"""What goes wrong on a fresh machine is told in one sentence, and a failed step cannot hide among good ones."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings

from scripts import bootstrap, needs, processes
from scripts.steps import Outcome, Step, report, run, run_beside


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port somebody listens on."""
    with socket.socket() as server:
        server.bind((processes.HOST, 0))
        server.listen()
        yield server.getsockname()[1]


def start_bootstrap(port: str) -> "subprocess.CompletedProcess[str]":
    """What `make run` calls, with a port it cannot have."""
    return subprocess.run(
        [sys.executable, "scripts/bootstrap.py", "production", "scripts.run"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "PORT": port},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_taken_port_is_one_sentence(taken_port: int) -> None:
    refused = start_bootstrap(str(taken_port))
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Port {taken_port} is taken; choose another")
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("port", ["many", "0", "70000"])
def test_a_port_that_is_none_is_one_sentence(port: str) -> None:
    refused = start_bootstrap(port)
    assert (refused.returncode, refused.stderr) == (
        1,
        f"PORT must be a number from 1 to 65535, not {port}.\n",
    )


def one_sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """The last line on the error output."""
    return capsys.readouterr().err.strip().splitlines()[-1]


def test_an_old_python_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0, 0))
    with pytest.raises(SystemExit) as ended:
        bootstrap.main("production", "scripts.run")
    assert ended.value.code == 1
    assert "needs Python 3.11.5 or newer" in one_sentence(capsys)


def failing(output: str) -> "subprocess.CompletedProcess[bytes]":
    """A program that failed."""
    return subprocess.CompletedProcess([], 1, output.encode())


def test_a_python_without_venv_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "BIN", str(tmp_path / "bin"))
    monkeypatch.setattr(bootstrap, "_run", lambda command: failing("ensurepip is not available"))
    with pytest.raises(SystemExit):
        bootstrap._make_environment()
    assert one_sentence(capsys) == (
        "Python's venv module is missing or cannot write here: install it (Debian: apt-get install python3-venv)."
    )


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("Failed to build x\nerror: command 'gcc' failed", "there is no C compiler to build it"),
        ("x: no route to host", "The packages could not be installed: x: no route to host"),
    ],
    ids=["no compiler", "no network"],
)
def test_failed_packages_are_one_sentence(
    output: str,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(bootstrap, "VENV", str(tmp_path))
    monkeypatch.setattr("scripts.bootstrap.shutil.which", lambda name: None)
    monkeypatch.setattr(bootstrap, "_run", lambda command: failing(output))
    with pytest.raises(SystemExit):
        bootstrap._install("production")
    assert sentence in one_sentence(capsys)
    assert not (tmp_path / "installed-production").exists()


def test_packages_are_installed_only_when_their_list_changed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calls: list[list[str]] = []

    def succeed(command: list[str]) -> "subprocess.CompletedProcess[bytes]":
        calls.append(command)
        return subprocess.CompletedProcess(command, 0, b"")

    monkeypatch.setattr(bootstrap, "VENV", str(tmp_path))
    monkeypatch.setattr(bootstrap, "_run", succeed)
    bootstrap._install("production")
    bootstrap._install("production")
    assert len(calls) == 1
    assert "--require-hashes" in calls[0]


def test_a_guest_is_told_what_is_missing_and_which_variable_supplies_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("scripts.needs.os.geteuid", lambda: 1000)
    missing = [needs.Need("PostgreSQL", "postgresql", "DATABASE_URL", is_there=False)]
    monkeypatch.setattr(needs, "needs", lambda: missing)
    with pytest.raises(SystemExit):
        needs.provide()
    said = one_sentence(capsys)
    assert "PostgreSQL (or set DATABASE_URL)" in said
    assert "apt-get install postgresql" in said


def test_chromium_is_the_named_one_else_the_one_without_windows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shell, whole = programs = (tmp_path / "shell", tmp_path / "whole")
    monkeypatch.setattr(needs, "CHROMIUMS", programs)
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert needs.chromium_path() == str(shell)
    whole.touch()
    assert needs.chromium_path() == str(whole)
    shell.touch()
    assert needs.chromium_path() == str(shell)
    monkeypatch.setenv("CHROMIUM", "/elsewhere")
    assert needs.chromium_path() == "/elsewhere"


@pytest.mark.parametrize(
    ("line", "code", "ok", "counts"),
    [
        ("12 passed in 0.10s", 0, True, {"passed": 12}),
        (
            "=== 1 failed, 12 passed, 2 skipped in 61.10s (0:01:01) ===",
            1,
            False,
            {"failed": 1, "passed": 12, "skipped": 2},
        ),
        ("7 passed by the harbour", 0, True, {}),
        ("killed", -9 & 0xFF, False, {}),
    ],
)
def test_a_step_knows_what_pytest_counted(line: str, code: int, ok: bool, counts: dict[str, int]) -> None:
    program = f"print({line!r}); raise SystemExit({code})"
    outcome = run(Step("step", [sys.executable, "-c", program]))
    assert (outcome.ok, dict(outcome.counts)) == (ok, counts)


def test_a_failure_beside_the_tests_is_told_with_its_output(capsys: pytest.CaptureFixture[str]) -> None:
    long = Step("long", [sys.executable, "-c", "print('3 passed in 0.10s')"])
    short = [Step(name, [sys.executable, "-c", f"raise SystemExit('{name} fails')"]) for name in ("a", "b")]
    outcomes = run_beside(long, short)
    assert [(outcome.name, outcome.ok) for outcome in outcomes] == [
        ("a", False),
        ("b", False),
        ("long", True),
    ]
    assert "== b\nb fails\n" in capsys.readouterr().out
    assert report(outcomes) == 1


def test_the_last_line_is_the_sum_and_the_code_is_of_the_worst(capsys: pytest.CaptureFixture[str]) -> None:
    good = Outcome("one", 1.0, ok=True, counts={"passed": 5})
    bad = Outcome("two", 2.0, ok=False, counts={"passed": 3, "failed": 2, "errors": 1})
    assert report([good, bad, good]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "13 passed, 3 failed"
    assert lines[-2] == "Failed: two"
    assert report([good]) == 0


def test_stopping_a_child_stops_what_it_started(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        "import subprocess, sys, time; "
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
        f"open({str(note)!r}, 'w').write(str(child.pid)); time.sleep(60)"
    )
    child = processes.start([sys.executable, "-c", code])
    while not note.exists() or not note.read_text():
        assert child.poll() is None
    processes.stop(child)
    grandchild = Path(f"/proc/{note.read_text()}/stat")
    for _wait in range(100):  # the kernel takes a moment to end what was killed
        with suppress(FileNotFoundError, ProcessLookupError):
            if grandchild.read_text().split()[2] != "Z":
                time.sleep(0.05)
                continue
        return
    raise AssertionError("The child's child still runs.")


def test_a_step_that_hangs_is_ended_with_what_it_started(capsys: pytest.CaptureFixture[str]) -> None:
    hanging = "import subprocess; print('begun', flush=True); subprocess.run(['sleep', '600'])"
    outcome = run(Step("Hanging", [sys.executable, "-c", hanging], seconds=2))
    assert not outcome.ok
    assert outcome.seconds < 60
    assert "Hanging did not end within 2 s and was stopped." in capsys.readouterr().out
