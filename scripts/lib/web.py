"""Asks an address over HTTP and by no other way: no files, no proxies. Standard library only."""

import urllib.request
from http.client import HTTPResponse


def _opener() -> urllib.request.OpenerDirector:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def ask(url: str, *, timeout: float) -> HTTPResponse:
    """The answer, to be closed; raises `OSError` (of which `URLError` is one) where there is none or an error."""
    answer: HTTPResponse = _opener().open(url, timeout=timeout)
    return answer
