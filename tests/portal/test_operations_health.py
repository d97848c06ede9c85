"""Live touches nothing, ready tells a lost database from a lost search server, and neither tells a stranger why."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django.fixtures import Settings

from scripts.processes import HOST, free_port


def test_live_needs_no_database(client: Client) -> None:
    assert client.get("/health/live").json() == {"status": "live"}


@pytest.mark.django_db
def test_ready_on_the_database_alone(client: Client, settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = ""
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "database": "up", "search": "database"}


@pytest.mark.django_db
def test_a_lost_search_server_is_degraded_and_still_ready(client: Client, settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = f"http://{HOST}:{free_port()}"
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["database"] == "up"


@pytest.mark.django_db
def test_a_lost_database_is_not_ready_and_says_no_more(client: Client) -> None:
    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        raise OperationalError("password of commons at 10.1.2.3 is wrong")

    with connection.execute_wrapper(refuse):
        answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "database": "away"}


@pytest.mark.elasticsearch
@pytest.mark.django_db
def test_ready_with_elasticsearch(client: Client) -> None:
    assert client.get("/health/ready").json() == {
        "status": "ready",
        "database": "up",
        "search": "elasticsearch",
    }


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_is_read_only(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
