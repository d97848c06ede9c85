"""The second step of signing in, from adding the app to the last recovery code; codes are computed as an app does."""

import base64
import hashlib
import hmac
import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client

from people.models import User
from tests.people.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PERIOD = timedelta(seconds=30)
LOGIN, ACTIVATE = "/accounts/login/", "/accounts/2fa/totp/activate/"
STEP, CODES = "/accounts/2fa/authenticate/", "/accounts/2fa/recovery-codes/"
WRONG = "not the password at all"
SECRET = re.compile(r"<code>([A-Z2-7]{32})</code>")


def totp(secret: str, moment: datetime) -> str:
    """RFC 6238: six digits of SHA-1 over the number of the half minute."""
    counter = struct.pack(">Q", int(moment.timestamp()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until a test moves it."""
    with time_machine.travel(START, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def person() -> User:
    return UserFactory()


def by_password(client: Client, person: User) -> str:
    """Gives the password; where that leads."""
    answer = client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 302
    return answer["Location"]


def opened(client: Client, address: str) -> str:
    """A page about the second step: it wants the password again, even right after signing in."""
    answer = client.get(address)
    if answer.status_code == 302:
        assert answer["Location"].startswith("/accounts/reauthenticate/")
        assert client.post(answer["Location"], {"password": WRONG}).status_code == 200
        answer = client.post(answer["Location"], {"password": PASSWORD}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def enrol(person: User) -> str:
    """Adds the app by the pages and returns its secret."""
    client = Client()
    by_password(client, person)
    secret = SECRET.search(opened(client, ACTIVATE))
    assert secret is not None
    answer = client.post(ACTIVATE, {"code": totp(secret[1], datetime.now(UTC))})
    assert answer.status_code == 302
    return secret[1]


def is_in(client: Client) -> bool:
    return client.get("/people/me/").status_code == 200


def with_code(person: User, code: str) -> Client:
    """Somebody who gave the password and then a code."""
    client = Client()
    assert by_password(client, person).startswith(STEP)
    assert not is_in(client), "the password alone opens nothing"
    client.post(STEP, {"code": code})
    return client


def test_codes_are_those_of_the_standard() -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        assert totp(secret, datetime.fromtimestamp(seconds, UTC)) == code


def test_without_an_app_the_password_is_enough(client: Client, person: User) -> None:
    assert by_password(client, person) == "/"
    assert is_in(client)


def test_the_picture_and_the_key_in_words_are_the_same_secret(client: Client, person: User) -> None:
    by_password(client, person)
    assert client.get("/accounts/2fa/totp/picture.svg").status_code == 404
    page = opened(client, ACTIVATE)
    picture = client.get("/accounts/2fa/totp/picture.svg")
    assert "/accounts/2fa/totp/picture.svg" in page
    assert picture["Content-Type"] == "image/svg+xml"
    (secret,) = SECRET.findall(page)
    address = get_adapter().build_totp_url(person, secret)
    assert picture.content.decode() == get_adapter().build_totp_svg(address)


def test_a_wrong_code_adds_no_app(clock: object, client: Client, person: User) -> None:
    by_password(client, person)
    opened(client, ACTIVATE)
    answer = client.post(ACTIVATE, {"code": "000000"})
    assert answer.status_code == 200
    assert "Incorrect code" in answer.content.decode()
    assert not Authenticator.objects.filter(user=person).exists()


def test_from_enrolling_to_signing_in_with_a_code(clock: time_machine.Traveller, person: User) -> None:
    secret = enrol(person)
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    clock.shift(2 * PERIOD)
    assert is_in(with_code(person, totp(secret, datetime.now(UTC))))


def test_a_code_opens_once(clock: time_machine.Traveller, person: User) -> None:
    secret = enrol(person)
    clock.shift(2 * PERIOD)
    code = totp(secret, datetime.now(UTC))
    assert is_in(with_code(person, code))
    assert not is_in(with_code(person, code))
    clock.shift(2 * PERIOD)
    assert is_in(with_code(person, totp(secret, datetime.now(UTC))))


@pytest.mark.parametrize("late", [timedelta(minutes=5), timedelta(hours=1)])
def test_an_old_code_opens_nothing(clock: time_machine.Traveller, person: User, late: timedelta) -> None:
    code = totp(enrol(person), datetime.now(UTC) + 2 * PERIOD)
    clock.shift(late)
    assert not is_in(with_code(person, code))


def test_a_code_of_somebody_else_opens_nothing(clock: time_machine.Traveller, person: User) -> None:
    enrol(person)
    other = enrol(UserFactory())
    clock.shift(2 * PERIOD)
    assert not is_in(with_code(person, totp(other, datetime.now(UTC))))


def test_recovery_codes_open_once_each_and_are_counted_down(
    clock: time_machine.Traveller, person: User
) -> None:
    secret = enrol(person)
    clock.shift(2 * PERIOD)
    client = with_code(person, totp(secret, datetime.now(UTC)))
    codes = recovery_codes(client)
    assert len(set(codes)) == len(codes) == 10
    assert is_in(with_code(person, codes[0]))
    assert not is_in(with_code(person, codes[0]))
    assert recovery_codes(with_code(person, codes[1])) == codes[2:]


def test_new_recovery_codes_end_the_old_ones(clock: time_machine.Traveller, person: User) -> None:
    secret = enrol(person)
    clock.shift(2 * PERIOD)
    client = with_code(person, totp(secret, datetime.now(UTC)))
    old = recovery_codes(client)
    client.post(f"{CODES}generate/")
    new = recovery_codes(client)
    assert not set(old) & set(new)
    assert not is_in(with_code(person, old[0]))
    assert is_in(with_code(person, new[0]))


def test_without_the_app_the_password_is_enough_again(clock: time_machine.Traveller, person: User) -> None:
    secret = enrol(person)
    clock.shift(2 * PERIOD)
    client = with_code(person, totp(secret, datetime.now(UTC)))
    opened(client, "/accounts/2fa/totp/deactivate/")
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=person).exists()
    assert by_password(Client(), person) == "/"


def test_guessing_is_slowed_down(clock: time_machine.Traveller, person: User) -> None:
    """After five wrong codes even the right one is refused for a while."""
    secret = enrol(person)
    clock.shift(2 * PERIOD)
    for guess in range(5):
        assert not is_in(with_code(person, f"{guess:06d}"))
    assert not is_in(with_code(person, totp(secret, datetime.now(UTC))))


def recovery_codes(client: Client) -> list[str]:
    """The codes the page still offers."""
    page = opened(client, CODES)
    return re.findall(r"<li><code>([^<]+)</code></li>", page)


@pytest.mark.parametrize(
    "address",
    [ACTIVATE, "/accounts/password/change/", "/accounts/reauthenticate/", "/accounts/password/reset/"],
)
def test_every_form_wears_the_dress_of_the_portal(client: Client, person: User, address: str) -> None:
    if "reset" not in address:
        by_password(client, person)
    page = opened(client, address)
    inputs = re.findall(r"<input[^>]+type=\"(?:text|password|email)\"[^>]*>", page.partition("<main")[2])
    assert inputs
    assert all('class="input"' in found and "placeholder" not in found for found in inputs)


def test_who_has_an_app_may_confirm_with_a_code_instead_of_the_password(
    clock: time_machine.Traveller, person: User
) -> None:
    secret = enrol(person)
    clock.shift(PERIOD)
    client = with_code(person, totp(secret, datetime.now(UTC)))
    clock.shift(PERIOD)
    again = "/accounts/2fa/reauthenticate/"
    assert "a code of your authenticator app" in client.get(again).content.decode()
    assert "your password once more" in client.get("/accounts/reauthenticate/").content.decode()
    wrong = client.post(again, {"code": "000000"})
    assert "a code of your authenticator app" in wrong.content.decode()
    assert client.post(again, {"code": totp(secret, datetime.now(UTC))}).status_code == 302
