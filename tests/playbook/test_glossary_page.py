"""The page of the glossary: its orders, its filter, who reads it; and the short forms beside a play."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from playbook.models import GlossaryArea, GlossaryTerm
from playbook.reading.glossary import best_first
from playbook.reading.short_forms import short_forms_in
from tests.playbook.factories import make_person, make_play, make_term, step

pytestmark = pytest.mark.django_db
PAGE = "/playbook/glossary/"
HOSTILE = '<script>alert("x")</script> &'
VIEWS = ["", "?view=a-z", "?view=short-forms", "?q=joint", "?view=nonsense"]


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(make_person())
    return client


def page_of(reader: Client, query: str = "") -> str:
    answer = reader.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def headings(reader: Client, query: str) -> list[tuple[str, list[str]]]:
    """Each heading with the terms below it."""
    groups = reader.get(f"{PAGE}{query}").context["groups"]
    return [(group.heading, [term.term for term in group.terms]) for group in groups]


def test_a_term_shows_every_field_at_its_own_address(reader: Client) -> None:
    term = make_term(
        abbreviation="JSC", also=["steerco", "board"], confuse="Not free to change the contract."
    )
    page = page_of(reader)
    assert 'id="joint-steering-committee"' in page
    assert term.get_absolute_url() == f"{PAGE}#joint-steering-committee"
    for words in ("JSC", "What Joint Steering Committee means.", "steerco, board", term.confuse):
        assert words in page


def test_areas_stand_in_reading_order_and_terms_as_they_were_written(reader: Client) -> None:
    make_term("Zebra committee"), make_term("Aardvark committee")
    make_term("Want & Get", area=GlossaryArea.LIFE_CYCLE)
    assert headings(reader, "") == [
        ("Life cycle", ["Want & Get"]),
        ("Governance", ["Zebra committee", "Aardvark committee"]),
    ]
    assert headings(reader, "?view=nonsense") == headings(reader, "")


def test_a_to_z_knows_neither_case_nor_accents(reader: Client) -> None:
    for name in ("zebra", "Écart", "Exit", "alliance", "&"):
        make_term(name)
    assert headings(reader, "?view=a-z") == [
        ("#", ["&"]),
        ("A", ["alliance"]),
        ("E", ["Écart", "Exit"]),
        ("Z", ["zebra"]),
    ]


def test_short_forms_stand_in_their_own_order(reader: Client) -> None:
    make_term("Clearance", abbreviation="HSR"), make_term("Milestone")
    make_term("Confidentiality agreement", abbreviation="CDA")
    assert headings(reader, "?view=short-forms") == [("", ["Confidentiality agreement", "Clearance"])]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("am", ["Alliance manager", "Amendment", "Clock"]),
        ("AM", ["Alliance manager", "Amendment", "Clock"]),
        ("alliance managers", ["Alliance manager"]),
        ("lead", ["Alliance manager"]),
        ("signed change", ["Amendment"]),
        ("sign", []),
        ("amendments", ["Amendment"]),
        ("zzz", []),
        ("-", []),
    ],
)
def test_what_is_called_so_comes_first(words: str, expected: list[str]) -> None:
    make_term("Amendment", definition="A signed change.")
    make_term("Clock", definition="The hours before noon are am.")
    make_term("Alliance manager", abbreviation="AM", also=["alliance lead"])
    assert [term.term for term in best_first(GlossaryTerm.objects.order_by("term"), words)] == expected


def test_a_filter_without_a_result_leads_on(reader: Client) -> None:
    make_term()
    page = page_of(reader, "?q=zzz+%3Cb%3E")
    assert "No term fits" in page
    assert 'href="/search/?q=zzz%20%3Cb%3E"' in page
    assert "<b>" not in page.split("0 terms for")[1].split("</p>")[0]


def test_an_empty_glossary_says_who_fills_it(reader: Client) -> None:
    assert "No term yet" in page_of(reader)


@pytest.mark.parametrize("query", [f"?q={'x' * 5000}", "?q=%FF&view=%FF", "?q=*+(+%5B"])
def test_nothing_typed_breaks_the_page(reader: Client, query: str) -> None:
    make_term()
    assert "<h1" in page_of(reader, query)


@pytest.mark.parametrize("query", ["", "?view=a-z", "?view=short-forms", "?q=alert"])
def test_what_people_typed_is_escaped(reader: Client, query: str) -> None:
    make_term(HOSTILE, abbreviation="<i>X</i>", definition=HOSTILE, also=[HOSTILE], confuse=HOSTILE)
    page = page_of(reader, query)
    assert "<script>alert" not in page
    assert page.count(escape(HOSTILE)) >= 4
    assert "<i>X</i>" not in page


@pytest.mark.parametrize("query", VIEWS)
def test_more_terms_cost_no_more_queries(reader: Client, query: str) -> None:
    def asked() -> list[bool]:
        """For each query whether it asks for terms."""
        with CaptureQueriesContext(connection) as queries:
            page_of(reader, query)
        return ["glossaryterm" in asked["sql"] for asked in queries.captured_queries]

    make_term(abbreviation="JSC")
    page_of(reader, query)
    few = asked()
    for number in range(20):
        make_term(f"Joint committee {number}", abbreviation=f"JC{number}", also=["joint"])
    assert asked() == few
    assert few.count(True) == 1


def test_everybody_who_is_signed_in_reads_it_and_nobody_else(client: Client) -> None:
    term = make_term()
    gone = make_person()
    gone.is_active = False
    for nobody in (AnonymousUser(), gone, None):
        assert not GlossaryTerm.objects.visible_to(nobody).exists()
        assert short_forms_in(["JSC"], nobody) == []
    assert list(GlossaryTerm.objects.visible_to(make_person())) == [term]
    answer = client.get(PAGE)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_the_playbook_and_home_lead_to_it(reader: Client) -> None:
    make_play()
    for address in ("/playbook/", "/playbook/?view=a-z", "/"):
        assert f'href="{PAGE}"' in reader.get(address).content.decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The JSC decides.", ["JSC"]),
        ("Both JSCs (and the CA-AM) meet.", ["CA-AM", "JSC"]),
        ("JSC's paper; the R&D plan.", ["JSC", "R&D"]),
        ("I am here. AMT? jsc XJSC JSC2", []),
        ("AM, and again AM", ["AM"]),
        ("", []),
    ],
)
def test_short_forms_are_found_as_people_write_them(text: str, expected: list[str]) -> None:
    for form in ("JSC", "AM", "CA-AM", "R&D", ""):
        make_term(f"Meaning of {form}", abbreviation=form)
    assert [term.abbreviation for term in short_forms_in([text], make_person())] == expected


def test_a_play_explains_the_short_forms_it_uses(reader: Client) -> None:
    for form in ("JSC", "CDA", "QPPV", "KPI"):
        make_term(f"Meaning of {form}", abbreviation=form)
    play = make_play(purpose="The JSC meets.", steps=[step(who="QPPV", text="Sign the CDA first.")])
    page = reader.get(play.get_absolute_url()).content.decode()
    assert [form for form in ("JSC", "CDA", "QPPV", "KPI") if f"<dt>{form}</dt>" in page] == [
        "JSC",
        "CDA",
        "QPPV",
    ]
    assert f'<a href="{PAGE}#meaning-of-jsc">Meaning of JSC</a>' in page
    assert "Short forms here" not in reader.get(make_play("Plain").get_absolute_url()).content.decode()


def test_more_short_forms_cost_a_play_no_more_queries(reader: Client) -> None:
    def asked() -> int:
        reader.get(play.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            reader.get(play.get_absolute_url())
        return len(queries)

    make_term(abbreviation="F0")
    play = make_play(purpose=" ".join(f"F{number}" for number in range(20)))
    few = asked()
    for number in range(1, 20):
        make_term(f"Form {number}", abbreviation=f"F{number}")
    assert asked() == few
