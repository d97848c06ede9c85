"""How complete a profile is: the weights, the next best field, its link, and that nobody else is shown it."""

import pytest
from django.test import Client

from core.models import Term
from people.completeness import FIELDS, AskedField, completeness_of
from people.data import Badge
from people.models import Profile, User
from people.slots import badges
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
WHOLE = {
    "job_title": "Alliance lead",
    "division": "Oncology",
    "city": "Basel",
    "country": "Switzerland",
    "languages": ["en"],
    "bio": "Ask me about exits.",
}


@pytest.fixture
def me(client: Client) -> User:
    person: User = UserFactory(name="Me", profile=WHOLE)
    client.force_login(person)
    return person


def fill(person: User, terms: dict[str, Term]) -> Profile:
    """All that counts for somebody with alliance duties."""
    profile = person.profile
    profile.has_alliance_duties = True
    profile.save()
    for name, code in (
        ("role_areas", "contract"),
        ("habits", "H1"),
        ("alliance_types", "codev"),
        ("phases", "startup"),
    ):
        getattr(profile, name).add(terms[code])
    return profile


def test_a_whole_profile_is_whole_with_and_without_duties(me: User, terms: dict[str, Term]) -> None:
    assert (completeness_of(me.profile).percent, completeness_of(me.profile).next) == (100, None)
    known = completeness_of(fill(me, terms))
    assert (known.percent, known.next) == (100, None)


def test_duties_ask_for_what_alliance_work_fills(me: User) -> None:
    me.profile.has_alliance_duties = True
    known = completeness_of(me.profile)
    assert known.percent == 50
    assert known.next is not None
    assert known.next.name == "alliance_types"


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_each_field_counts_and_is_linked_to_where_it_is_filled(
    client: Client, me: User, terms: dict[str, Term], field: AskedField
) -> None:
    name = field.name
    profile = fill(me, terms)
    if name in WHOLE:
        setattr(profile, name, type(WHOLE[name])())
        profile.save()
    else:
        getattr(profile, name).clear()
    page = client.get(f"/people/{me.pk}/").content.decode()
    assert f'href="/people/me/#id_{name}"' in page
    form = client.get("/people/me/").content.decode()
    assert f'href="/people/me/#id_{name}"' in form
    assert f' id="id_{name}"' in form
    assert completeness_of(Profile.objects.get(pk=profile.pk)).percent < 100


def test_the_next_field_is_the_heaviest_that_is_empty() -> None:
    weights = [field.weight for field in FIELDS]
    assert weights == sorted(weights, reverse=True)
    assert len({field.name for field in FIELDS}) == len(FIELDS)


@pytest.mark.parametrize("role", ["member", "facilitator", "administrator"])
def test_nobody_else_is_shown_how_complete_it_is(client: Client, me: User, role: str) -> None:
    assert "Only you see this." in client.get(f"/people/{me.pk}/").content.decode()
    client.force_login(UserFactory(roles=(role,), profile=WHOLE))
    assert "Only you see this." not in client.get(f"/people/{me.pk}/").content.decode()
    assert "per cent complete" not in client.get("/people/").content.decode()


def test_an_account_without_a_profile_is_asked_too(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root@example.com", "correct horse battery staple"))
    page = client.get("/people/me/").content.decode()
    assert "Your profile is 0 per cent complete" in page


def test_a_slip_in_the_form_does_not_count_as_filled(client: Client, me: User) -> None:
    Profile.objects.filter(user=me).update(bio="")
    page = client.post("/people/me/", {"bio": "Ask me.", "time_zone": "Mars/Olympus"})
    assert page.status_code == 422
    assert page.context["completeness"].next.name == "bio"


def test_badges_stand_in_words_in_the_directory_and_on_the_page(client: Client, me: User) -> None:
    Profile.objects.filter(user=me).update(badges=["first_90_days", "forgotten"])
    for address in ("/people/", f"/people/{me.pk}/"):
        page = client.get(address).content.decode()
        assert page.count("First 90 days completed") == 1
        assert "forgotten" not in page


def test_every_badge_has_words_and_an_icon_of_the_sprite() -> None:
    from django.conf import settings

    sprite = (settings.BASE_DIR / "static" / "icons" / "icons.svg").read_text()
    assert list(badges)
    for badge in badges:
        assert isinstance(badge, Badge)
        assert str(badge.name)
        assert f'id="{badge.icon}"' in sprite
