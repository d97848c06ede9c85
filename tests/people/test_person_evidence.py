"""What stands on a person's page, what a leaver leaves behind, and the yearly word on one's profile."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from people import slots
from people.data import Evidence, OwnedThing
from people.models import Profile
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_leavers_are_flagged_to_facilitators_alone(client: Client) -> None:
    gone = UserFactory(name="Gone", is_active=False)
    slots.owned_things.register(
        "test", lambda ids, _reader: {pk: [OwnedThing("A thing", "/x/", "Thing")] for pk in ids}
    )
    slots.evidence.register("test", lambda ids, _reader: {pk: [Evidence("things", 3)] for pk in ids})
    try:
        client.force_login(UserFactory(roles=("facilitator",)))
        assert "A thing" in client.get("/people/leavers/").content.decode()
        assert "A thing" in client.get(gone.get_absolute_url()).content.decode()
        client.force_login(UserFactory())
        assert client.get("/people/leavers/").status_code == 404
        page = client.get(gone.get_absolute_url()).content.decode()
        assert "A thing" not in page
        assert "3 things" in page
    finally:
        slots.owned_things.unregister("test")
        slots.evidence.unregister("test")


def test_a_profile_is_confirmed_once_a_year(client: Client) -> None:
    me = UserFactory(date_joined=timezone.now() - timedelta(days=400))
    client.force_login(me)
    assert "Still right" in client.get("/people/me/").content.decode()
    client.post("/people/me/confirm/")
    assert Profile.objects.get(user=me).confirmed_on == timezone.localdate()
    assert "Still right" not in client.get("/people/me/").content.decode()
