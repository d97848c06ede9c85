"""No address of ours sends anybody to another site, however `next` is written."""

from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from people.adapters import is_local_path
from tests.people.factories import PASSWORD, UserFactory

EVIL = "evil.example"
PAYLOADS = [
    f"//{EVIL}",
    f"///{EVIL}",
    f"////{EVIL}",
    f"/////{EVIL}/",
    f"http://{EVIL}",
    f"https://{EVIL}",
    f"HTTPS://{EVIL}",
    f"hTTp://{EVIL}/",
    f"http:/{EVIL}",
    f"http:{EVIL}",
    f"https:/{EVIL}",
    f"https:///{EVIL}",
    f"http:\\\\{EVIL}",
    f"\\\\{EVIL}",
    f"\\/{EVIL}",
    f"/\\{EVIL}",
    f"/\\/{EVIL}",
    f"//\\{EVIL}",
    f"\\/\\/{EVIL}",
    f"/ /{EVIL}",
    f" //{EVIL}",
    f"\t//{EVIL}",
    f"/\t/{EVIL}",
    f"/\n/{EVIL}",
    f"/\r/{EVIL}",
    f"/\r\n/{EVIL}",
    f"\x00//{EVIL}",
    f"/\x00/{EVIL}",
    f"\x01//{EVIL}",
    f"/\x1f/{EVIL}",
    f"/\x7f/{EVIL}",
    f"\x0b//{EVIL}",
    f"\xa0//{EVIL}",
    f"\u2028//{EVIL}",
    f"\u200b//{EVIL}",
    f"\uff0f\uff0f{EVIL}",
    f"\u2044\u2044{EVIL}",
    f"//{EVIL}@testserver",
    f"//testserver@{EVIL}",
    f"http://testserver@{EVIL}",
    f"http://testserver:80@{EVIL}",
    f"http://testserver.{EVIL}",
    f"http://{EVIL}#testserver",
    f"http://{EVIL}?testserver",
    f"http://{EVIL}\\@testserver",
    f"//{EVIL}/%2f..",
    f"//{EVIL}/..",
    f"//%09/{EVIL}",
    f"//{EVIL}%00.testserver",
    f"//{EVIL}:80/",
    "//0x7f000001/",
    "//2130706433/",
    f"//[::ffff:1.2.3.4]/{EVIL}",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript://testserver/%0aalert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    f"ftp://{EVIL}/",
    f"file://{EVIL}/",
    f"mailto:a@{EVIL}",
    f";//{EVIL}",
    f".{EVIL}",
    f"@{EVIL}",
    f"?//{EVIL}",
    f"..//{EVIL}",
    f"<>//{EVIL}",
    f"///{EVIL}/%2e%2e",
    f"https://{EVIL}%2f@testserver/",
    "Ā//" + EVIL,
]


def host_of(location: str) -> str:
    """Where a browser would go from sign-in, with what browsers forgive: backslashes, tabs and line ends."""
    cleaned = location.strip().translate({ord(sign): None for sign in "\t\r\n"}).replace("\\", "/")
    return urlsplit(urljoin("http://testserver/accounts/login/", cleaned)).netloc


def stays(location: str) -> bool:
    """Whether the browser stays with us, on a scheme of the web."""
    scheme = urlsplit(urljoin("http://testserver/accounts/login/", location.strip())).scheme
    return host_of(location) == "testserver" and scheme == "http"


def test_the_list_is_long_and_has_no_doubles() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 60


@pytest.mark.django_db
@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: quote(payload, safe=""))
class TestEveryNext:
    """Each payload at each place that follows `next`, in the form and in the query."""

    def test_sign_in(self, payload: str) -> None:
        user = UserFactory()
        for data, query in (({"next": payload}, {}), ({}, {"next": payload})):
            client = Client()
            url = "/accounts/login/" + (f"?next={quote(payload)}" if query else "")
            response = client.post(url, {"login": user.email, "password": PASSWORD, **data})
            assert response.status_code in (302, 400)
            assert stays(response.get("Location", "/"))

    def test_sign_in_of_who_is_signed_in(self, client: Client, payload: str) -> None:
        client.force_login(UserFactory())
        response = client.get("/accounts/login/", {"next": payload})
        assert stays(response.get("Location", "/"))

    def test_sign_out_and_theme(self, client: Client, payload: str) -> None:
        for path in ("/preferences/theme/", "/accounts/logout/"):
            client.force_login(UserFactory())
            response = client.post(path, {"next": payload, "theme": "dark"})
            assert response.status_code in (302, 400)
            assert stays(response.get("Location", "/"))

    def test_the_side_doors(self, client: Client, payload: str) -> None:
        client.force_login(UserFactory())
        for path in ("/admin/login/", "/_util/login/"):
            assert stays(client.get(path, {"next": payload}).get("Location", "/"))

    def test_a_stranger_at_a_strange_address(self, client: Client, payload: str) -> None:
        response = client.get("/" + quote(payload))
        assert stays(response.get("Location", "/"))

    def test_the_rule_itself(self, payload: str) -> None:
        assert not is_local_path(payload)


@pytest.mark.parametrize(
    "path", ["/", "/lessons/?phase=startup", "/people/1/#top", "/search/?q=a%2F%2Fb", "/ä/"]
)
def test_our_own_paths_are_taken(path: str) -> None:
    assert is_local_path(path)


@given(st.text(alphabet=st.sampled_from("/\\:@?#. \t\r\n\x00ahtps[]%"), max_size=14))
def test_whatever_is_taken_stays(text: str) -> None:
    if is_local_path(text):
        assert stays(text)
