"""The breaker, with a clock of our own."""

import threading

from search.breaker import FAILURES, PAUSE_SECONDS, WINDOW_SECONDS, Breaker


class Clock:
    """Time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def broken(clock: Clock) -> Breaker:
    """A breaker that has just opened."""
    breaker = Breaker(clock=clock)
    for _number in range(FAILURES):
        breaker.failed()
    return breaker


def test_it_opens_at_the_fifth_failure_and_not_before() -> None:
    breaker = Breaker(clock=Clock())
    for _number in range(FAILURES - 1):
        breaker.failed()
        assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()


def test_failures_far_apart_do_not_open_it() -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    for _number in range(20):
        breaker.failed()
        clock.now += WINDOW_SECONDS / (FAILURES - 1) + 0.1
    assert breaker.allows()


def test_a_success_in_between_starts_the_count_again() -> None:
    breaker = Breaker(clock=Clock())
    for _number in range(FAILURES - 1):
        breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.allows()


def test_after_the_pause_exactly_one_probe_goes() -> None:
    clock = Clock()
    breaker = broken(clock)
    clock.now += PAUSE_SECONDS - 0.1
    assert not breaker.allows()
    clock.now += 0.2
    assert [breaker.allows() for _number in range(5)] == [True, False, False, False, False]


def test_a_probe_that_succeeds_closes_it() -> None:
    clock = Clock()
    breaker = broken(clock)
    clock.now += PAUSE_SECONDS
    assert breaker.allows()
    breaker.succeeded()
    assert [breaker.allows() for _number in range(3)] == [True] * 3
    assert not breaker.is_open


def test_a_probe_that_fails_opens_it_for_another_pause() -> None:
    clock = Clock()
    breaker = broken(clock)
    clock.now += PAUSE_SECONDS
    assert breaker.allows()
    breaker.failed()
    clock.now += PAUSE_SECONDS - 0.1
    assert not breaker.allows()
    clock.now += 0.2
    assert breaker.allows()


def test_a_probe_that_never_reports_is_forgotten() -> None:
    clock = Clock()
    breaker = broken(clock)
    clock.now += PAUSE_SECONDS
    assert breaker.allows()
    clock.now += PAUSE_SECONDS
    assert breaker.allows()


def test_of_many_threads_one_probes() -> None:
    clock = Clock()
    breaker = broken(clock)
    clock.now += PAUSE_SECONDS
    allowed: list[bool] = []
    threads = [threading.Thread(target=lambda: allowed.append(breaker.allows())) for _number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert allowed.count(True) == 1
