"""The files of all 28 tools: read again, complete, safe to open, and only for those who may read the page."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from core.cells import plain
from core.content import read_yaml
from people.models import User
from playbook.blocks.tool_codec import to_body
from playbook.downloads.book import Book, Column
from playbook.models.tool import ToolPage
from tests.people.factories import UserFactory

CODES = sorted(path.stem for path in (settings.CONTENT_DIR / "tools").glob("*.yaml"))
SPREAD = ("label", "help", "text", "title", "intro", "low_means")


@pytest.fixture
def client() -> Client:
    user: User = UserFactory.create()
    client = Client()
    client.force_login(user)
    return client


def source_of(code: str) -> dict[str, Any]:
    path = settings.CONTENT_DIR / "tools" / f"{code}.yaml"
    content: dict[str, Any] = read_yaml(path)
    return content


def file_of(client: Client, code: str, extension: str, query: str = "") -> bytes:
    tool = ToolPage.objects.get(code=code)
    answer = client.get(tool.download_url(extension) + query)
    assert answer.status_code == 200
    return bytes(answer.content)


def cells(data: bytes) -> Iterator[str]:
    """Every cell and every note of a workbook as text."""
    for sheet in load_workbook(BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield str(cell.value)
                if cell.comment:
                    yield cell.comment.text


def lines_of_docx(data: bytes) -> Iterator[str]:
    """Every paragraph and every cell of a document."""
    document = Document(BytesIO(data))
    for paragraph in document.paragraphs:
        yield paragraph.text
    for table in document.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)


def words_of(data: bytes, extension: str) -> str:
    """All words of a file with single spaces."""
    parts = cells(data) if extension == "xlsx" else lines_of_docx(data)
    return " ".join(" ".join(parts).split())


def wanted(part: Any, key: str = "") -> Iterator[str]:
    """Labels, helps and examples in a part of a tool."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name not in ("formula", "rule"):
                yield from wanted(value, name)
    elif isinstance(part, list):
        for value in part:
            yield from wanted(value, key)
    elif isinstance(part, str) and (key in SPREAD or key in ("example", "message")):
        yield part


FILES = ("sections", "columns", "items", "blocks", "settings", "respondent", "follow_up", "inputs", "checks")


@pytest.mark.django_db
@pytest.mark.world("starter")
@pytest.mark.parametrize("code", CODES)
def test_a_file_read_again_holds_labels_help_and_examples(client: Client, code: str) -> None:
    source = source_of(code)
    for extension in ToolPage.objects.get(code=code).offered_formats:
        found = words_of(file_of(client, code, extension), extension)
        expected = [source["title"], source["summary"], source["use_when"], *source["how"]]
        expected += [line for key in FILES for line in wanted(source.get(key, []))]
        missing = [text for text in expected if " ".join(text.split()) not in found]
        assert missing == [], f"{code}.{extension}"


@pytest.mark.django_db
@pytest.mark.world("starter")
@pytest.mark.parametrize("code", CODES)
def test_a_file_says_where_it_comes_from_and_that_it_is_a_copy(client: Client, code: str) -> None:
    tool = ToolPage.objects.get(code=code)
    for extension in tool.offered_formats:
        found = words_of(file_of(client, code, extension), extension)
        assert f"testserver{tool.get_absolute_url()}" in found
        assert "Uncontrolled copy" in found
        assert "as published on" in found
        assert not any(
            check["rule"] in found for check in source_of(code)["checks"] if len(check["rule"]) > 30
        )


@pytest.mark.django_db
@pytest.mark.world("starter")
def test_a_file_is_an_attachment_with_a_name_and_never_sniffed(client: Client) -> None:
    answer = client.get(ToolPage.objects.get(code="T07").download_url("xlsx"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="T07-decision-log.xlsx"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
@pytest.mark.world("starter")
@pytest.mark.parametrize(
    "address", ["decision-log/download.docx", "decision-log/download.pdf", "nothing/download.xlsx"]
)
def test_what_is_not_offered_is_missing(client: Client, address: str) -> None:
    assert client.get(f"/playbook/tools/{address}").status_code == 404


@pytest.mark.django_db
@pytest.mark.world("starter")
def test_a_register_is_ready_to_work_in(client: Client) -> None:
    book = load_workbook(BytesIO(file_of(client, "T07", "xlsx")))
    sheet = book["Entries"]
    columns = source_of("T07")["columns"]
    assert [cell.value for cell in sheet[1]] == [column["label"] for column in columns]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].comment is not None
    assert columns[0]["help"] in sheet["A1"].comment.text
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == sum(1 for column in columns if column.get("choices") or column["type"] == "yes_no")
    assert book["Lists"].sheet_state == "hidden"


@pytest.mark.django_db
@pytest.mark.world("starter")
def test_the_lists_to_choose_from_hold_the_choices(client: Client) -> None:
    book = load_workbook(BytesIO(file_of(client, "T07", "xlsx")))
    columns = source_of("T07")["columns"]
    place = next(number for number, column in enumerate(columns) if column.get("choices"))
    letter = chr(ord("A") + place)
    rule = next(
        rule for rule in book["Entries"].data_validations.dataValidation if f"{letter}2" in str(rule.sqref)
    )
    reference = str(rule.formula1).partition("!")[2].replace("$", "")
    offered = [row[0].value for row in book["Lists"][reference]]
    assert offered == columns[place]["choices"]


@pytest.mark.django_db
@pytest.mark.world("starter")
def test_presets_of_rows_come_as_sheets(client: Client) -> None:
    book = load_workbook(BytesIO(file_of(client, "T04", "xlsx")))
    names = [preset["name"][:31] for preset in source_of("T04")["presets"]]
    assert all(any(sheet.startswith(name[:25]) for sheet in book.sheetnames) for name in names)


@pytest.mark.django_db
@pytest.mark.world("starter")
def test_a_calculator_writes_the_figures_of_the_address(client: Client) -> None:
    words = words_of(file_of(client, "T15", "xlsx", "?days_likely=31&value_low=91"), "xlsx")
    assert "3.06" in words
    assert "31" in words
    broken = words_of(file_of(client, "T15", "xlsx", "?days_likely=soon"), "xlsx")
    assert "No result yet" in broken
    assert "you wrote soon" in broken


@pytest.mark.django_db
@pytest.mark.world("starter")
def test_no_cell_of_any_workbook_is_a_formula(client: Client) -> None:
    for tool in ToolPage.objects.exclude(code=None):
        if "xlsx" in tool.offered_formats:
            data = file_of(client, tool.code or "", "xlsx")
            for sheet in load_workbook(BytesIO(data)).worksheets:
                formulas = [
                    cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
                ]
                assert formulas == [], f"{tool.code} {sheet.title}"


def test_sheet_names_are_short_allowed_and_single() -> None:
    book = Book()
    for _number in range(3):
        book.table("A [very] long: name / of * a sheet? that \\ goes on", [Column("=x")])
    names = book.workbook.sheetnames
    assert len(set(names)) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert load_workbook(BytesIO(book.data())).worksheets[0]["A1"].value == "'=x"
    assert isinstance(book.workbook, Workbook)


@pytest.mark.django_db
@pytest.mark.world("starter")
def test_hostile_words_in_a_tool_are_only_words_in_its_files(client: Client) -> None:
    tool = ToolPage.objects.get(code="T12")
    parts = tool.parts
    attacks = ["=cmd|' /C calc'!A0", "{{ 7 * 7 }}{% for x in y %}", "<w:t>&amp;]]><b>", "</w:p><x/>"]
    for field, attack in zip(parts["sections"], attacks, strict=False):
        field["label"], field["help"], field["example"] = attack, attack, attack
    parts["columns"][0]["label"] = attacks[0]
    parts["columns"][0]["choices"] = attacks
    tool.body = to_body(parts)
    tool.title = attacks[2]
    tool.save_revision().publish()
    document = words_of(file_of(client, "T12", "docx"), "docx")
    assert all(attack in document for attack in attacks)
    assert "49" not in document.partition("{{ 7 * 7 }}")[1]
    workbook = file_of(client, "T12", "xlsx")
    assert f"'{attacks[0]}" in list(cells(workbook))
    for name in zipfile.ZipFile(BytesIO(file_of(client, "T12", "docx"))).namelist():
        assert ".." not in name


TITLES = st.lists(
    st.text(min_size=0, max_size=40) | st.sampled_from(["Lists", "lists", "A" * 40]), max_size=6
)


@given(TITLES)
def test_any_titles_make_a_book_that_opens_again(titles: list[str]) -> None:
    """Two sheets never share a name, none takes that of the hidden lists, and no sign of a title breaks the file."""
    book = Book()
    for title in ["First", *titles]:
        book.table(plain(title), [Column("Kind", choices=("one", "two"))], [("one",)], to_fill=1)
    names = load_workbook(BytesIO(book.data())).sheetnames
    assert len({name.casefold() for name in names}) == len(names) == len(titles) + 2
    assert names[-1] == "Lists"
    assert all(0 < len(name) <= 31 for name in names)


def test_equal_choices_share_one_list_and_dates_are_dates() -> None:
    book = Book()
    columns = [Column("A", choices=("x", "y")), Column("B", choices=("x", "y")), Column("When", is_date=True)]
    book.table("Entries", columns, to_fill=10)
    opened = load_workbook(BytesIO(book.data()))
    assert [cell.value for cell in opened["Lists"]["A"]] == ["x", "y"]
    assert opened["Lists"].max_column == 1
    rules = {str(rule.sqref): rule.type for rule in opened["Entries"].data_validations.dataValidation}
    assert rules == {"A2:A11": "list", "B2:B11": "list", "C2:C11": "date"}
    assert opened["Entries"]["C11"].number_format == "yyyy-mm-dd"
