"""The headers tell exactly what a page cost, and are absent where the setting is off."""

import time

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from core.timing import measured, search_call
from portal.middleware.runtime import RuntimeHeadersMiddleware


def ask_three_times(request: HttpRequest) -> HttpResponse:
    """A view with three statements and two searches."""
    with connection.cursor() as cursor:
        for _ in range(3):
            cursor.execute("SELECT 1")
    for _ in range(2):
        with search_call():
            time.sleep(0.001)
    return HttpResponse("done")


@pytest.mark.django_db
def test_calls_are_counted_exactly() -> None:
    response = RuntimeHeadersMiddleware(ask_three_times)(RequestFactory().get("/"))
    assert response["X-Sql-Calls"] == "3"
    assert response["X-Search-Calls"] == "2"
    assert 0 < float(response["X-Sql-Time"]) < float(response["X-Runtime"])
    assert 0.002 <= float(response["X-Search-Time"]) < float(response["X-Runtime"])


@pytest.mark.django_db
def test_counting_ends_with_the_request() -> None:
    middleware = RuntimeHeadersMiddleware(ask_three_times)
    first = middleware(RequestFactory().get("/"))
    second = middleware(RequestFactory().get("/"))
    assert first["X-Sql-Calls"] == second["X-Sql-Calls"] == "3"
    assert connection.execute_wrappers == []


def test_without_the_setting_it_takes_itself_out(settings: Settings) -> None:
    settings.RUNTIME_HEADERS = False
    with pytest.raises(MiddlewareNotUsed):
        RuntimeHeadersMiddleware(ask_three_times)


def test_every_answer_has_them(client: Client) -> None:
    answer = client.get("/health/live")
    assert answer["X-Sql-Calls"] == "0"
    assert answer["X-Search-Calls"] == "0"


def test_a_failed_search_is_counted() -> None:
    with measured() as tally, pytest.raises(TimeoutError), search_call():
        raise TimeoutError
    assert tally.calls == 1


def test_outside_of_a_request_nothing_is_counted() -> None:
    with search_call():
        pass
    with measured() as tally:
        pass
    assert tally.calls == 0


def test_an_inner_measurement_does_not_end_the_outer_one() -> None:
    with measured() as outer:
        with measured() as inner, search_call():
            pass
        with search_call():
            pass
    assert (inner.calls, outer.calls) == (1, 1)
