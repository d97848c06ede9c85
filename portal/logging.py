"""Logs: every event is one line, whoever wrote it, the portal, Django or gunicorn; whatever text stands in it.

Lines are JSON, or `key=value` where a person reads them (`LOG_FORMAT=text`). Text that came from outside cannot forge
a line, since both renderers escape line ends. A request is one event: its beginning is not logged.
"""

import logging
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
START_OF_REQUEST_LEVEL = logging.DEBUG
REQUEST_LEVEL = logging.INFO
FIRST_KEYS = ["timestamp", "level", "event"]


def without_user_agent(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Leaves out what tells nothing to an operator and something about a person."""
    event.pop("user_agent", None)
    return event


def text_line(_logger: object, _method: str, event: MutableMapping[str, Any]) -> str:
    """`key=value` pairs, the usual keys first, each value escaped."""
    keys = [key for key in FIRST_KEYS if key in event] + sorted(set(event) - set(FIRST_KEYS))
    return " ".join(f"{key}={_value(event[key])}" for key in keys)


def _value(value: object) -> str:
    text = str(value)
    return text if text.isprintable() and " " not in text and '"' not in text else repr(text)


def configuration(*, style: str, level: str) -> dict[str, Any]:
    """Django's LOGGING; also points structlog at the standard library's handlers."""
    _configure_structlog()
    renderer = structlog.processors.JSONRenderer() if style == "json" else text_line
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": ProcessorFormatter,
                "processors": [ProcessorFormatter.remove_processors_meta, without_user_agent, renderer],
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # django-structlog has told the same already, with the person and the request.
            "django.request": {"level": "CRITICAL"},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "elastic_transport": {"level": "ERROR"},
        },
    }


def _configure_structlog() -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
