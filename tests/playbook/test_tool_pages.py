"""The pages of tools: each kind shows what is in its file, never a rule, and to nobody who may not read it."""

import html
import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.audiences import PRACTITIONERS
from core.content import read_yaml
from people.models import User
from playbook.models import PlayPage
from playbook.models.tool import ToolIndexPage, ToolKind, ToolPage
from playbook.services.settle_audience import settle_audience
from playbook.tool_documents import spoken, tool_document
from tests.people.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.world("starter")]
LIBRARY = "/playbook/tools/"
MOST_QUERIES = 15
CODES = sorted(path.stem for path in (settings.CONTENT_DIR / "tools").glob("*.yaml"))


def make_user(**fields: Any) -> User:
    """Somebody who may sign in."""
    user: User = UserFactory.create(**fields)
    return user


@pytest.fixture
def reader() -> User:
    return make_user()


@pytest.fixture
def client(reader: User) -> Client:
    client = Client()
    client.force_login(reader)
    return client


def page_of(client: Client, code: str, query: str = "", **headers: str) -> str:
    """The words of a tool's page, entities resolved."""
    answer = client.get(ToolPage.objects.get(code=code).get_absolute_url() + query, headers=headers)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def source_of(code: str) -> dict[str, Any]:
    content: dict[str, Any] = read_yaml(settings.CONTENT_DIR / "tools" / f"{code}.yaml")
    return content


def words_in(text: str) -> str:
    """Text with single spaces, as a browser shows it; links inside sentences are taken out."""
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def narrow(tool: ToolPage, token: str) -> None:
    """Narrows a tool as an editor would."""
    tool.audience = token
    tool.save_revision().publish()
    settle_audience(page=tool)


@pytest.mark.parametrize("code", CODES)
def test_a_page_shows_every_word_for_readers(client: Client, code: str) -> None:
    source = source_of(code)
    shown = words_in(page_of(client, code))
    wanted = [source["title"], source["summary"], source["use_when"], *source["how"]]
    skipped = {"text", "for", "name"} if source["kind"] == "calculator" else set()
    parts = {key: value for key, value in source.items() if key not in ("presets", "checks", "examples")}
    wanted += [text for key in parts for text in spoken(parts[key], key) if key not in skipped]
    missing = [text for text in wanted if words_in(text) not in shown]
    assert missing == []


@pytest.mark.parametrize("code", CODES)
def test_no_page_shows_a_rule(client: Client, code: str) -> None:
    shown = words_in(page_of(client, code))
    rules = [words_in(check["rule"]) for check in source_of(code)["checks"]]
    assert [rule for rule in rules if len(rule) > 25 and rule in shown] == []


@pytest.mark.parametrize("code", [code for code in CODES if source_of(code)["kind"] != "calculator"])
def test_messages_of_checks_and_presets_are_shown(client: Client, code: str) -> None:
    source = source_of(code)
    shown = words_in(page_of(client, code))
    assert [check["message"] for check in source["checks"] if words_in(check["message"]) not in shown] == []
    assert [preset["name"] for preset in source["presets"] if words_in(preset["name"]) not in shown] == []


def test_a_preset_of_rows_is_a_table_with_the_words_of_its_columns(client: Client) -> None:
    shown = page_of(client, "T04")
    assert "Choose or change a CRO in a joint trial" in shown
    assert '<th scope="col">Decision</th>' in shown


def test_a_preset_of_keys_is_told_in_words(client: Client) -> None:
    shown = page_of(client, "T02")
    assert "Not applicable" in shown
    assert "first_statement" not in shown
    assert "due_day_formula" not in page_of(client, "T21")


def test_an_agenda_has_a_running_clock(client: Client) -> None:
    shown = page_of(client, "T03")
    assert "<b>0:00</b>" in shown
    assert "<b>0:20</b>" in shown
    assert "to 8:10" in shown
    assert "490 minutes" in shown


def test_blocking_tasks_are_marked_in_words(client: Client) -> None:
    tasks = [task for section in source_of("T02")["sections"] for task in section["items"]]
    assert page_of(client, "T02").count("Blocking</span>") == sum(task["blocking"] for task in tasks)


def test_reversed_items_are_marked_for_those_who_run_surveys(client: Client) -> None:
    tool = ToolPage.objects.get(code="T13b")
    raw = tool.body.get_prep_value()
    survey = next(part for part in raw if part["type"] == "blocks")
    survey["value"][0]["value"]["items"][0]["value"]["reverse"] = True
    tool.body = raw
    tool.save_revision().publish()
    assert "Reversed" not in page_of(client, "T13b")
    client.force_login(make_user(roles=("facilitator",)))
    assert "Reversed" in page_of(client, "T13b")


def test_a_code_in_a_text_is_a_link_where_it_leads_somewhere(client: Client) -> None:
    target = ToolPage.objects.get(code="T07")
    assert f'<a href="{target.get_absolute_url()}" title="Decision log">T07</a>' in page_of(client, "T03")


def test_the_plays_that_use_a_tool_stand_beside_it_with_their_phases(client: Client) -> None:
    shown = page_of(client, "T01")
    for code in ("P01", "P29", "P30"):
        assert PlayPage.objects.get(code=code).title in shown
    assert "phase-want_get" in shown


def test_a_tool_for_others_is_missing_everywhere(client: Client, reader: User) -> None:
    tool = ToolPage.objects.get(code="T08")
    narrow(tool, PRACTITIONERS)
    assert client.get(tool.get_absolute_url()).status_code == 404
    assert client.get(tool.download_url("docx")).status_code == 404
    assert tool.title not in client.get(LIBRARY).content.decode()
    assert f'href="{tool.get_absolute_url()}"' not in page_of(client, "T15")
    client.force_login(make_user(is_practitioner=True))
    assert client.get(tool.get_absolute_url()).status_code == 200


def test_a_play_for_others_is_not_named_beside_a_tool(client: Client) -> None:
    play = PlayPage.objects.get(code="P01")
    play.audience = PRACTITIONERS
    play.save_revision().publish()
    settle_audience(page=play)
    assert play.get_absolute_url() not in page_of(client, "T01")
    assert play.title not in page_of(client, "T01")


def test_a_stranger_is_sent_to_sign_in() -> None:
    tool = ToolPage.objects.get(code="T01")
    for address in (LIBRARY, tool.get_absolute_url(), tool.download_url("xlsx")):
        assert Client().get(address).status_code == 302


def test_the_library_holds_all_tools_by_kind(client: Client) -> None:
    shown = client.get(LIBRARY).context
    assert shown["shown"] == 28
    assert [shelf.label for shelf in shown["shelves"]] == [str(label) for label in ToolKind.labels]
    assert {choice.label: choice.count for choice in shown["kinds"]}["Calculator"] == 5


def test_the_library_narrows_by_kind_and_phase_together(client: Client) -> None:
    shown = client.get(LIBRARY, {"kind": "survey", "phase": "startup"}).context
    cards = [card for shelf in shown["shelves"] for card in shelf.cards]
    assert cards
    assert {card.tool.kind for card in cards} == {"survey"}
    assert all("startup" in [phase.code for phase in card.phases] for card in cards)
    chosen = [choice for choice in (*shown["kinds"], *shown["phases"]) if choice.chosen]
    assert [choice.count for choice in chosen] == [len(cards)] * 2


def test_a_chosen_phase_can_be_taken_away_also_when_nothing_fits(client: Client) -> None:
    shown = client.get(LIBRARY, {"kind": "matrix", "phase": "winddown", "q": "nothingfits"}).context
    assert shown["shown"] == 0
    phase = next(choice for choice in shown["phases"] if choice.chosen)
    assert phase.url == "?kind=matrix&q=nothingfits"


def test_the_library_finds_words_of_the_head(client: Client) -> None:
    shown = client.get(LIBRARY, {"q": "obligation register"}).context
    assert {card.tool.code for shelf in shown["shelves"] for card in shelf.cards} == {"T18", "T21"}
    assert client.get(LIBRARY, {"q": "no-such-word"}).context["shown"] == 0


def test_an_empty_shelf_offers_the_search(client: Client) -> None:
    shown = client.get(LIBRARY, {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "No tool fits" in shown
    assert "<script>alert" not in shown


@pytest.mark.parametrize(
    "query", ["?kind=nonsense", "?phase=%00", "?q=%00%27", "?kind=&phase=&q=", "?phase='--"]
)
def test_nonsense_in_the_address_breaks_nothing(client: Client, query: str) -> None:
    assert client.get(LIBRARY + query).status_code in (200, 400)


def queries(client: Client, address: str) -> int:
    """How many queries a page takes once everything that stays in memory is there."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(address)
    return len(captured)


def test_queries_of_a_tool_are_few_and_do_not_grow(client: Client) -> None:
    counts = {code: queries(client, ToolPage.objects.get(code=code).get_absolute_url()) for code in CODES}
    assert max(counts.values()) <= MOST_QUERIES
    assert max(counts.values()) - min(counts.values()) <= 3


def test_queries_of_the_library_are_few_and_do_not_grow(client: Client) -> None:
    before = queries(client, LIBRARY)
    parent = ToolIndexPage.objects.get()
    for number in range(12):
        tool = ToolPage(
            title=f"More {number}", slug=f"more-{number}", code=f"T9{number:02d}", use_when="x", summary="y"
        )
        parent.add_child(instance=tool)
        tool.save_revision().publish()
    assert queries(client, LIBRARY) == before
    assert before <= MOST_QUERIES


def test_a_calculator_computes_on_its_page(client: Client) -> None:
    shown = page_of(
        client,
        "T15",
        "?value_low=200&value_likely=300&value_high=450&probability=0.2&our_share=0.4&days_low=14&days_likely=28&days_high=56&fixed_cost_day=18",
    )
    assert "2.35" in shown
    assert "586.27" in shown


def test_a_calculator_refuses_and_keeps_what_was_typed(client: Client) -> None:
    shown = page_of(client, "T01", "?value_at_stake=7&override_reason=%3Cb%3Ebold")
    assert "Value at stake is a score from 0 to 4; you wrote 7." in shown
    assert "No result yet" in shown
    raw = client.get(ToolPage.objects.get(code="T01").get_absolute_url() + "?override_reason=%3Cb%3Ebold")
    assert b"&lt;b&gt;bold" in raw.content


def test_typing_gets_the_result_alone_and_the_address_back(client: Client) -> None:
    tool = ToolPage.objects.get(code="T15")
    answer = client.get(
        tool.get_absolute_url() + "?days_high=46&value_low=90",
        headers={"HX-Request": "true", "HX-Target": "calculator-result"},
    )
    assert b"<html" not in answer.content
    assert b'id="calculator-result"' in answer.content
    assert answer.headers["HX-Replace-Url"] == tool.get_absolute_url() + "?days_high=46"
    assert "HX-Request" in answer.headers["Vary"]


def test_a_long_form_is_posted_with_its_token(client: Client) -> None:
    tool = ToolPage.objects.get(code="T14")
    words = {f"alliances.{number}.alliance": f"Code name {number}" for number in range(40)}
    shown = client.post(tool.get_absolute_url(), words)
    assert shown.status_code == 200
    assert "csrfmiddlewaretoken" in shown.content.decode()
    assert 'method="post"' in shown.content.decode()
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_user())
    assert careful.post(tool.get_absolute_url(), words).status_code == 403


def test_a_short_form_never_carries_the_token_into_the_address(client: Client) -> None:
    shown = page_of(client, "T14")
    form = shown[
        shown.index('id="calculator-form"') : shown.index("</form>", shown.index('id="calculator-form"'))
    ]
    assert "csrfmiddlewaretoken" not in form


def test_every_form_fits_into_one_request(client: Client) -> None:
    tool = ToolPage.objects.get(code="T14")
    alliances = {
        "alliance": "A",
        "category": "C",
        "count": "1",
        "scenario": "now",
        "tier": "T2",
        "affiliates": "0",
    }
    ticks = dict.fromkeys(("copromo", "turning_point", "acts_as_gm", "delegated", "ready"), "1")
    services = {
        "service_alliance": "A",
        "service": "B",
        "service_group": "execution",
        "per_year": "1",
        "hours_each": "1",
    }
    words = {
        f"alliances.{row}.{key}": value for row in range(60) for key, value in (alliances | ticks).items()
    }
    words |= {f"services.{row}.{key}": value for row in range(200) for key, value in services.items()}
    assert client.post(tool.get_absolute_url(), words).status_code == 200


def test_a_tool_is_found_by_its_code_its_words_and_the_phases_of_its_plays() -> None:
    document = tool_document(ToolPage.objects.get(code="T16"))
    assert document.text.startswith("T16")
    assert "Attendance at joint meetings fell" in document.text
    assert document.facets["tool_kind"] == ("checklist",)
    assert "operate" in document.facets["phase"]
    assert document.facets["habit"]
    rules = [check["rule"] for check in source_of("T16")["checks"]]
    assert not any(rule in document.text for rule in rules if len(rule) > 25)


def test_a_facet_tells_nothing_of_plays_for_others() -> None:
    tool = ToolPage.objects.get(code="T22b")
    before = set(tool_document(tool).facets["phase"])
    for play in PlayPage.objects.filter(tool_uses__tool=tool).distinct():
        play.audience = PRACTITIONERS
        play.save_revision().publish()
        settle_audience(page=play)
    assert before
    assert tool_document(tool).facets["phase"] == ()
