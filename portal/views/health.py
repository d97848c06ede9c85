"""Whether the portal lives and whether it is ready; for load balancers and operators, open to strangers.

Says which part is away and never why: reasons stand in the log.
"""

from http import HTTPStatus

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from elasticsearch import Elasticsearch

PING_SECONDS = 1.0

log = structlog.get_logger(__name__)


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers. Touches nothing else."""
    return JsonResponse({"status": "live"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """503 where the database is away; degraded, and still ready, where only the search server is."""
    if not _database_answers():
        return JsonResponse(
            {"status": "unavailable", "database": "away"}, status=HTTPStatus.SERVICE_UNAVAILABLE
        )
    if not settings.ELASTICSEARCH_URL:
        return JsonResponse({"status": "ready", "database": "up", "search": "database"})
    up = _elasticsearch_answers()
    return JsonResponse(
        {
            "status": "ready" if up else "degraded",
            "database": "up",
            "search": "elasticsearch" if up else "database, since Elasticsearch is away",
        }
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError) as error:
        log.warning("database_away", error=str(error))
        return False
    return True


def _elasticsearch_answers() -> bool:
    """Asked afresh, without retries; the client is closed again so that nothing is shared with searches."""
    with Elasticsearch(settings.ELASTICSEARCH_URL, request_timeout=PING_SECONDS, max_retries=0) as client:
        return bool(client.ping())
