"""The tiers behind `make test` and its smaller sisters: which steps each has, on which servers.

    full     linters, types, checks; all tests on SQLite; tests on PostgreSQL with Elasticsearch; journeys in Chromium
    fast     linters, types, checks; tests on SQLite but the thorough ones
    lint     ruff, mypy, import-linter
    journeys journeys in Chromium alone
    faults   twenty kills of Elasticsearch
    client8  search tests with the 8.19 client

Servers are throw-away, on free ports, and stopped whatever happens. Prints seconds a step and closes with
"N passed, N failed"; the exit code is 1 where any step failed.
"""

import os
import secrets
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from scripts.needs import provide
from scripts.processes import PYTHON, ROOT, VAR_DIR, refuse
from scripts.servers import elasticsearch, postgresql
from scripts.steps import STEP_SECONDS, Outcome, Step, report, run, run_beside

BIN = PYTHON.parent
ROOMS = [
    "core",
    "search",
    "people",
    "composer",
    "notifications",
    "alliances",
    "playbook",
    "mentoring",
    "lessons",
    "forums",
    "onboarding",
    "portal",
    "scripts",
    "benchmarks",
]
WORKERS = ["-n", "2", "--dist", "loadfile"]
LONG_FIRST = [*WORKERS, "--no-loadscope-reorder"]
"""In the order of tests/conftest.py: else files of few tests come last, and those that walk every address leave a worker idle."""
MEASURING_SECONDS = 4 * 3600.0
FEW_KILLS, MANY_KILLS = 2, 20
KILL_SECONDS = 120.0
PLAIN = "not browser and not elasticsearch and not postgresql and not faults"
SERVED = "(database or elasticsearch or postgresql) and not browser and not faults"
"""What knows no server is the same on all of them, and is tried with SQLite."""
NO_SERVERS = {"DATABASE_URL": f"sqlite:///{VAR_DIR / 'tests.sqlite3'}", "ELASTICSEARCH_URL": ""}
CLIENT_8 = VAR_DIR / "client8"


def main() -> int:
    """Runs the tier that is named."""
    signal.signal(signal.SIGTERM, _interrupt)
    tiers: dict[str, Callable[[], Sequence[Outcome]]] = {
        "full": full,
        "fast": fast,
        "lint": lint,
        "journeys": journeys,
        "faults": faults,
        "client8": client8,
        "format": mend,
        "relevance": relevance,
        "duplicates": duplicates,
        "bench-search": bench_search,
        "bench-forums": bench_forums,
        "bench-matching": bench_matching,
        "bench-people": bench_people,
    }
    name = sys.argv[1] if len(sys.argv) > 1 else "full"
    if name not in tiers:
        refuse(f"There is no tier {name!r}; there are {', '.join(tiers)}.")
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    _keep_bytecode()
    try:
        return report(tiers[name]())
    except KeyboardInterrupt:
        refuse("Interrupted; the servers are stopped.")


def _keep_bytecode() -> None:
    """Lets no process compile what an earlier one has, pytest's rewriting of every test included; in a folder of ours."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(VAR_DIR / "bytecode")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def full() -> list[Outcome]:
    """Everything."""
    provide()
    outcomes = run_beside(on_sqlite(PLAIN), [*judges(), *checks()])
    with ExitStack() as stack:
        _serve(stack)
        outcomes.append(run(_pytest("Tests on PostgreSQL, Elasticsearch", "-m", SERVED, *LONG_FIRST)))
        outcomes.append(run(killing(FEW_KILLS)))
        outcomes.append(run(in_chromium()))
    return outcomes


def fast() -> list[Outcome]:
    """What needs no server and no browser; mypy keeps one processor busy, so the tests begin beside it."""
    return run_beside(on_sqlite(f"{PLAIN} and not thorough"), [*judges(), *checks()])


def lint() -> list[Outcome]:
    """Style, types, layers."""
    return [run(step) for step in judges()]


def judges() -> list[Step]:
    """The programs that read the code."""
    rooms = [room for room in ROOMS if any((ROOT / room).glob("**/*.py"))]
    return [
        Step("ruff check", [BIN / "ruff", "check", "."]),
        Step("ruff format", [BIN / "ruff", "format", "--check", "--quiet", "."]),
        Step("mypy", [BIN / "mypy", *rooms]),
        Step("import-linter", [BIN / "lint-imports"]),
    ]


def checks() -> list[Step]:
    """Pending migrations, and Django's own judgement of the production settings with secrets made for it."""
    manage: list[str | Path] = [PYTHON, ROOT / "manage.py"]
    production = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "commons.example",
        "DATABASE_URL": "postgresql://commons:secret@127.0.0.1:5432/commons",
        "BASE_URL": "https://commons.example",
        "EMAIL_URL": "smtp://127.0.0.1:25",
        "DEFAULT_FROM_EMAIL": "commons@commons.example",
    }
    tests = {"DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    return [
        Step("Pending migrations", [*manage, "makemigrations", "--check", "--dry-run"], tests),
        Step("check --deploy", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production),
    ]


def journeys() -> list[Outcome]:
    """What people do in a browser."""
    provide()
    with ExitStack() as stack:
        _serve(stack)
        return [run(in_chromium())]


def faults() -> list[Outcome]:
    """Many kills."""
    provide()
    with ExitStack() as stack:
        _serve(stack)
        return [run(killing(MANY_KILLS))]


def client8() -> list[Outcome]:
    """The search tests with the older client, which sites on an 8.19 server install."""
    provide()
    python = CLIENT_8 / "bin" / "python"
    install: list[str | Path] = [
        BIN / "uv",
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "--python",
        python,
    ]
    prepared = [
        run(Step("Environment", [BIN / "uv", "venv", "--quiet", "--clear", "--python", PYTHON, CLIENT_8])),
        run(Step("Packages", [*install, "-r", ROOT / "requirements" / "development.txt"])),
        run(Step("Client 8.19", [*install, "-r", ROOT / "requirements" / "client8.txt"])),
    ]
    with ExitStack() as stack:
        _serve(stack)
        command: list[str | Path] = [
            python,
            "-m",
            "pytest",
            "tests/contracts",
            "tests/search",
            "-m",
            SERVED,
            *WORKERS,
        ]
        return [*prepared, run(Step("Search tests, client 8.19", command))]


def relevance() -> list[Outcome]:
    """How well the search finds, on all engines."""
    command: list[str | Path] = [PYTHON, "-m", "benchmarks.relevance", "database"]
    return [
        *_measured("Relevance", ROOT / "benchmarks" / "relevance.py"),
        run(Step("Relevance on SQLite", command, NO_SERVERS, seconds=MEASURING_SECONDS)),
    ]


def duplicates() -> list[Outcome]:
    """Whether what is written again is noticed, on all engines."""
    forum: list[str | Path] = [PYTHON, "-m", "benchmarks.forum_duplicates"]
    return [
        *_measured("Duplicates", ROOT / "benchmarks" / "duplicates.py"),
        run(Step("Duplicates of a forum", forum, NO_SERVERS)),
    ]


def bench_search() -> list[Outcome]:
    """How fast it finds."""
    return _measured("Speed of search", ROOT / "benchmarks" / "search_speed.py")


def bench_forums() -> list[Outcome]:
    """What a page of the forums costs, beside another forum."""
    return [run(Step("Cost of forums", [PYTHON, "-m", "benchmarks.forums"], seconds=MEASURING_SECONDS))]


def bench_matching() -> list[Outcome]:
    """How fast and how well a round pairs, beside two other ways."""
    rounds: list[str | Path] = [PYTHON, "-m", "benchmarks.matching"]
    shortlist: list[str | Path] = [PYTHON, "-m", "benchmarks.matching_shortlist"]
    return [
        run(Step("Rounds of mentors", rounds, seconds=MEASURING_SECONDS)),
        run(Step("Three proposals from the database", shortlist, NO_SERVERS, seconds=MEASURING_SECONDS)),
    ]


def bench_people() -> list[Outcome]:
    """What a page of the directory costs, on both databases."""
    command: list[str | Path] = [PYTHON, "-m", "benchmarks.people_directory"]
    provide()
    outcomes = [run(Step("Cost of the directory, SQLite", command, NO_SERVERS, seconds=MEASURING_SECONDS))]
    with postgresql(kept=False) as url:
        served = {**NO_SERVERS, "DATABASE_URL": url}
        outcomes.append(
            run(Step("Cost of the directory, PostgreSQL", command, served, seconds=MEASURING_SECONDS))
        )
    return outcomes


def mend() -> list[Outcome]:
    """Formats, and mends what can be mended."""
    return [
        run(Step("ruff check --fix", [BIN / "ruff", "check", "--fix", "."])),
        run(Step("ruff format", [BIN / "ruff", "format", "."])),
    ]


def on_sqlite(chosen: str) -> Step:
    """Tests that need nothing but Python."""
    return _pytest("Tests on SQLite", "-m", chosen, *LONG_FIRST, environment=NO_SERVERS)


def in_chromium() -> Step:
    """The journeys; each worker has a portal and a browser of its own."""
    return _pytest("Journeys in Chromium", "-m", "browser", *WORKERS)


def killing(kills: int) -> Step:
    """The tests that kill servers while the portal works."""
    command: list[str | Path] = [PYTHON, "-m", "pytest", "-m", "faults"]
    seconds = STEP_SECONDS + kills * KILL_SECONDS
    return Step(f"Faults, {kills} kills", command, {"FAULT_KILLS": str(kills)}, seconds=seconds)


def _serve(stack: ExitStack, *, fast_elasticsearch: bool = True) -> None:
    """Starts both servers and names them to every step that follows."""
    os.environ["DATABASE_URL"] = stack.enter_context(postgresql(kept=False))
    os.environ["ELASTICSEARCH_URL"] = stack.enter_context(elasticsearch(kept=False, fast=fast_elasticsearch))


def _measured(name: str, program: Path) -> list[Outcome]:
    provide()
    with ExitStack() as stack:
        _serve(stack, fast_elasticsearch=False)
        command: list[str | Path] = [PYTHON, "-m", f"benchmarks.{program.stem}"]
        return [run(Step(name, command, seconds=MEASURING_SECONDS))]


def _pytest(name: str, *words: str, environment: dict[str, str] | None = None) -> Step:
    return Step(name, [PYTHON, "-m", "pytest", *words], environment or {})


if __name__ == "__main__":
    sys.exit(main())
