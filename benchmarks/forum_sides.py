"""What both sides of benchmarks.forums do alike: obey lines of JSON, and measure a page in CPU milliseconds.

Uses nothing but Django's test client, so that it runs in either environment. A command is `{"load": topics}` or
`{"page": name}`; the answer is one line of JSON.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

REPLIES_OF_EACH, REPLIES_OF_THE_LONG_ONE = 2, 1000
TOPICS_A_PAGE, POSTS_A_PAGE = 30, 25
TITLE = "How do you split the chair when one side has {number} time zones?"
BODY = (
    "The draft charter alternates the chair by meeting. When it is the partner's turn, our usual hour is 23:00.\n\n"
    "- of three late calls, none brought a **decision**\n- the minutes come in two languages\n\n"
    "> Every site has one bad hour in three.\n\nHas anyone found a rule that both sides signed? Reply {number}."
)


def measured(get: Callable[[str], Any], url: str) -> dict[str, float]:
    """CPU milliseconds and queries of one page; raises where it is no page."""
    from django.db import connection

    queries: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        get(url)
    start = time.process_time()
    answer = get(url)
    spent = (time.process_time() - start) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}.")
    return {"cpu": spent, "sql": len(queries), "bytes": len(answer.content)}


def obey(load: Callable[[int], Mapping[str, str]], get: Callable[[str], Any]) -> None:
    """Answers commands until there are none. `load` makes so many topics in all and returns the pages by name."""
    pages: Mapping[str, str] = {}
    for line in sys.stdin:
        command = json.loads(line)
        if "load" in command:
            pages = load(command["load"])
            print(json.dumps({"loaded": command["load"]}), flush=True)
        else:
            print(json.dumps(measured(get, pages[command["page"]])), flush=True)
