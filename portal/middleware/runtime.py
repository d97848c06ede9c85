"""What a page cost, in its answer's headers: X-Runtime, X-Sql-Calls, X-Sql-Time, X-Search-Calls, X-Search-Time.

Switched on by `RUNTIME_HEADERS`; tests and benchmarks read them. Times are seconds. Counts come from execution
wrappers and are exact; a streamed answer is measured up to its first byte.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connections
from django.http import HttpRequest, HttpResponseBase

from core.timing import Tally, measured


class RuntimeHeadersMiddleware:
    """Stands first, so that everything is inside it; takes itself out where the setting is off."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.RUNTIME_HEADERS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sql = Tally()
        start = time.perf_counter()
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(_counter(sql)))
            search = stack.enter_context(measured())
            response = self.get_response(request)
        response["X-Runtime"] = f"{time.perf_counter() - start:.6f}"
        response["X-Sql-Calls"] = str(sql.calls)
        response["X-Sql-Time"] = f"{sql.seconds:.6f}"
        response["X-Search-Calls"] = str(search.calls)
        response["X-Search-Time"] = f"{search.seconds:.6f}"
        return response


def _counter(tally: Tally) -> Callable[..., Any]:
    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            tally.add(time.perf_counter() - start)

    return wrapper
