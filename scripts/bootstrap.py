"""Makes the environment in .venv and runs a module of this project in it.

    python3 scripts/bootstrap.py production scripts.run --full

Runs on any Python from 3.6 so that an old one gets a sentence and not a syntax error: keep it free of newer syntax. Installs
from the locked files with their hashes, and again only when a file has changed. Every failure is one sentence and exit
code 1. The package installer uv goes into .venv too, since the system's pip is closed on Debian.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from typing import NoReturn

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "bin")
OLDEST = (3, 11, 5)
NEWER = ("python3.11", "python3.12", "python3.13", "python3.14")
NO_COMPILER = ("gcc", "cc'", "clang", "compiler", "Failed to build", "build backend")


def main(kind: str, module: str, *words: str) -> None:
    """Prepares the environment for `kind` (production or development) and becomes the module."""
    _use_new_python()
    if module == "scripts.run":
        _check_port()
    _make_environment()
    _install(kind)
    python = os.path.join(BIN, "python")
    os.chdir(ROOT)
    os.execv(python, [python, "-m", module] + list(words))


def refuse(sentence: str) -> NoReturn:
    """Ends with one sentence."""
    sys.stderr.write(sentence + "\n")
    raise SystemExit(1)


def _use_new_python() -> None:
    if tuple(sys.version_info[:3]) >= OLDEST:
        return
    for name in NEWER:
        path = shutil.which(name)
        if path and _version_of(path) >= OLDEST:
            os.execv(path, [path, "-B"] + sys.argv)
    found = ".".join(str(number) for number in sys.version_info[:3])
    refuse(f"Alliance Commons needs Python 3.11.5 or newer and found {found}; name one with PYTHON=...")


def _version_of(path: str) -> "tuple[int, ...]":
    answer = subprocess.run(
        [path, "-c", "import sys; print(*sys.version_info[:3])"], stdout=subprocess.PIPE, check=False
    )
    return tuple(int(number) for number in answer.stdout.split() or [b"0"])


def _check_port() -> None:
    """Said first, because a taken port would otherwise be found after minutes."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        refuse(f"PORT must be a number from 1 to 65535, not {text}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((os.environ.get("HOST") or "127.0.0.1", int(text)))
        except PermissionError:
            refuse(f"Port {text} is closed to ordinary users; choose one above 1023: `make run PORT=8080`.")
        except OSError:
            refuse(f"Port {text} is taken; choose another, such as `make run PORT={int(text) % 65535 + 1}`.")


def _make_environment() -> None:
    if os.path.exists(os.path.join(BIN, "uv")):
        return
    _say("Making the environment in .venv")
    made = _run([sys.executable, "-m", "venv", "--clear", VENV])
    if made.returncode:
        refuse(
            "Python's venv module is missing or cannot write here: install it (Debian: apt-get install python3-venv)."
        )
    got = _run([os.path.join(BIN, "python"), "-m", "pip", "install", "--quiet", "uv"])
    if got.returncode:
        refuse(f"The package index cannot be reached, so uv was not installed: {_last_line(got)}")


def _install(kind: str) -> None:
    """Installs a locked file, unless it is the one installed last."""
    names = {"production": ["production", "development"], "development": ["development"]}[kind]
    if any(_stamp(name) == _digest(name) for name in names):
        return
    _say(f"Installing the packages of requirements/{kind}.txt")
    command = [os.path.join(BIN, "uv"), "pip", "install", "--quiet", "--require-hashes", "--link-mode=copy"]
    done = _run([*command, "--python", os.path.join(BIN, "python"), "-r", _locked(kind)])
    if done.returncode:
        text = done.stdout.decode("utf-8", "replace")
        if any(word in text for word in NO_COMPILER) and not (shutil.which("cc") or shutil.which("gcc")):
            refuse(
                "A package has no ready-made build for this machine and there is no C compiler to build it: "
                "install one (Debian: apt-get install build-essential python3-dev)."
            )
        refuse(f"The packages could not be installed: {_last_line(done)}")
    with open(os.path.join(VENV, f"installed-{kind}"), "w") as stamp:
        stamp.write(_digest(kind))


def _locked(kind: str) -> str:
    return os.path.join(ROOT, "requirements", f"{kind}.txt")


def _digest(kind: str) -> str:
    with open(_locked(kind), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def _stamp(kind: str) -> str:
    try:
        with open(os.path.join(VENV, f"installed-{kind}")) as stamp:
            return stamp.read().strip()
    except OSError:
        return ""


def _run(command: "list[str]") -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)


def _last_line(done: "subprocess.CompletedProcess[bytes]") -> str:
    lines = [line.strip() for line in done.stdout.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1] if lines else "no reason was given."


def _say(text: str) -> None:
    sys.stderr.write(text + " ...\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
