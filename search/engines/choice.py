"""Which engine answers: Elasticsearch where it is configured and can, else the database.

Elasticsearch learns of changes later than the database, hence it is told which documents to leave out meanwhile; where
these are too many for a query, the database answers too. No engine that failed is shown as "nothing found".
"""

from collections.abc import Callable
from typing import TypeVar

import structlog
from django.conf import settings

from search.engines.base import Engine, EngineUnavailable
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.metrics import search_fallbacks
from search.services.outbox import TooManyNarrowings, pending_narrowings

logger = structlog.get_logger(__name__)
Answer = TypeVar("Answer")
Question = Callable[[Engine, frozenset[str]], Answer]


def answered(question: Question[Answer]) -> tuple[Answer, bool]:
    """Puts a question to the engine, with the keys it must leave out; tells whether the database had to step in."""
    if not settings.ELASTICSEARCH_URL:
        return question(DatabaseEngine(), frozenset()), False
    try:
        return question(ElasticsearchEngine(), pending_narrowings()), False
    except (EngineUnavailable, TooManyNarrowings) as reason:
        search_fallbacks.add(type(reason).__name__)
        logger.warning("search_answered_by_database", reason=type(reason).__name__)
        return question(DatabaseEngine(), frozenset()), True
