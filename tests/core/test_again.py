"""Services that lost a deadlock: begun anew a bounded number of times, and only by the call that opened the transaction."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from core.services import again
from core.services.again import ATTEMPTS, again_after_deadlock, lost_a_deadlock

Service = Callable[..., str]


class Server(Exception):
    """What the driver says, with the code of PostgreSQL."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def lost(code: str = "40P01") -> OperationalError:
    """A fault as Django passes it on."""
    error = OperationalError("deadlock detected")
    error.__cause__ = Server(code)
    return error


def service(*faults: Exception) -> tuple[Service, list[tuple[object, ...]]]:
    """Something that fails with these faults, one a call, and then works; and its calls."""
    waiting, calls = list(faults), list[tuple[object, ...]]()

    @again_after_deadlock
    def work(*args: object, **fields: object) -> str:
        """Works."""
        calls.append((*args, *fields.items()))
        if waiting:
            raise waiting.pop(0)
        return "done"

    return work, calls


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses, none of them waited."""
    taken: list[float] = []
    monkeypatch.setattr(again, "time", SimpleNamespace(sleep=taken.append))
    return taken


@pytest.mark.parametrize("losses", range(ATTEMPTS))
def test_what_loses_now_and_then_is_done_in_the_end(losses: int, waits: list[float]) -> None:
    work, calls = service(*(lost() for _ in range(losses)))
    assert work(1, name="x") == "done"
    assert calls == [(1, ("name", "x"))] * (losses + 1)
    assert len(waits) == losses
    assert all(0 <= pause <= again.LONGEST_WAIT for pause in waits)


def test_what_loses_every_time_is_an_error() -> None:
    work, calls = service(*(lost("40001") for _ in range(ATTEMPTS)))
    with pytest.raises(OperationalError, match="deadlock"):
        work()
    assert len(calls) == ATTEMPTS


@pytest.mark.parametrize("fault", [OperationalError("database is locked"), lost("53300"), ValueError("no")])
def test_any_other_fault_is_passed_on_at_once(fault: Exception, waits: list[float]) -> None:
    work, calls = service(fault)
    with pytest.raises(type(fault)):
        work()
    assert (len(calls), waits) == (1, [])


@pytest.mark.django_db
def test_inside_another_transaction_it_is_that_one_which_fails() -> None:
    work, calls = service(lost())
    with pytest.raises(OperationalError):  # every test of the database stands in a transaction
        work()
    assert len(calls) == 1


def test_a_service_keeps_its_name_and_its_words() -> None:
    work, _calls = service()
    assert (work.__name__, work.__doc__) == ("work", "Works.")


def test_a_fault_without_a_cause_is_no_deadlock() -> None:
    assert not lost_a_deadlock(OperationalError("deadlock detected"))
    assert lost_a_deadlock(lost())
