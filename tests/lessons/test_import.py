"""The import as a whole: figures, idempotence, updates, dry runs, bad rows, hostile strings, the real collection."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.audiences import PRACTITIONERS
from core.models import AuditEntry
from lessons.choices import Status
from lessons.importing.cleaning import clean, one_line
from lessons.importing.mapping import read_mapping
from lessons.importing.reading import RawRow
from lessons.importing.report import ImportReport
from lessons.models import Lesson, LessonSource
from lessons.services import import_lessons as service
from lessons.services.import_lessons import import_lessons
from search.models import IndexEntry
from tests.lessons.factories import vocabularies
from tests.people.factories import UserFactory
from tests.shared_data import shared

pytestmark = pytest.mark.django_db
NASA = Path(__file__).parents[2] / "lessons" / "mappings" / "nasa.yaml"
TEXT = "Valves were tested at the wrong temperature."


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.yaml"
    content = {
        "source": {"code": "elsewhere", "name": "Elsewhere", "rights": "Free to use."},
        "key": "id",
        "title": "title",
        "texts": {"text": ["body"], "context": ["before"]},
        "date": {"column": "day", "formats": ["%Y-%m-%d"]},
        "url": "link",
        "facets": {"phase": {"column": "stage", "values": {"Flight": "operate"}}},
        "extra": ["place"],
    }
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def record(key: object, **changes: str) -> dict[str, str]:
    """One row of a file."""
    row = {
        "id": str(key),
        "title": f"Title {key}",
        "body": f"{TEXT} {key}",
        "before": "",
        "day": "2010-05-01",
    }
    return {**row, "link": "", "stage": "", "place": "", **changes}


def raw(*records: dict[str, str]) -> list[RawRow]:
    """Rows as the reader gives them."""
    return [RawRow(number=number, values=values) for number, values in enumerate(records, start=2)]


def run(mapping: Path, *records: dict[str, str], **options: Any) -> ImportReport:
    """Imports records."""
    return import_lessons(raw(*records), mapping=read_mapping(mapping), report=ImportReport(), **options)


def command(path: Path, mapping: Path, **options: Any) -> str:
    """Runs the command; returns what it printed."""
    out = StringIO()
    call_command("import_lessons", path, mapping=mapping, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def report_of(folder: Path) -> list[dict[str, str]]:
    """The rows of the report the command wrote."""
    return list(csv.DictReader(StringIO((folder / "report.csv").read_text(encoding="utf-8"))))


class TestWriting:
    def test_a_row_becomes_a_published_external_lesson(self, mapping: Path) -> None:
        vocabularies()
        run(mapping, record(1, stage="Flight", place="Here", before="Before.", link="https://a.example/1"))
        lesson = Lesson.objects.get()
        assert (lesson.is_external, lesson.status, lesson.external_key) == (True, Status.PUBLISHED, "1")
        assert (lesson.source.code, lesson.source.rights) == ("elsewhere", "Free to use.")
        assert (lesson.text, lesson.context) == (f"{TEXT} 1", "Before.")
        assert (lesson.phase.code, lesson.extra) == ("operate", {"place": "Here"})
        assert lesson.source_url == "https://a.example/1"

    def test_it_is_indexed_and_audited_in_the_same_batch(self, mapping: Path) -> None:
        run(mapping, record(1), record(2))
        assert set(IndexEntry.objects.values_list("kind", "in_everything")) == {("external_lesson", False)}
        entry = AuditEntry.objects.get(action="lesson.import")
        assert entry.object_id == str(LessonSource.objects.get().pk)
        assert entry.changes["created"] == ["0", "2"]

    def test_a_second_import_changes_nothing(self, mapping: Path) -> None:
        run(mapping, record(1), record(2))
        before = list(Lesson.objects.order_by("pk").values())
        report = run(mapping, record(1), record(2))
        assert report.changes == {"unchanged": 2}
        assert list(Lesson.objects.order_by("pk").values()) == before
        assert AuditEntry.objects.filter(action="lesson.import").count() == 1

    def test_a_changed_row_is_written_again_and_what_is_ours_stays(self, mapping: Path) -> None:
        run(mapping, record(1), record(2))
        Lesson.objects.filter(external_key="1").update(status=Status.ARCHIVED, audience=PRACTITIONERS)
        report = run(mapping, record(1, title="Better"), record(2))
        assert report.changes == {"updated": 1, "unchanged": 1}
        lesson = Lesson.objects.get(external_key="1")
        assert (lesson.title, lesson.status, lesson.audience) == ("Better", Status.ARCHIVED, PRACTITIONERS)
        assert lesson.search_version > Lesson.objects.get(external_key="2").search_version
        assert not IndexEntry.objects.filter(object_id=lesson.pk).exists()

    def test_the_same_key_in_another_source_is_another_lesson(self, mapping: Path, tmp_path: Path) -> None:
        run(mapping, record(1))
        content = yaml.safe_load(mapping.read_text())
        content["source"]["code"] = "third"
        mapping.write_text(yaml.safe_dump(content))
        assert run(mapping, record(1)).changes == {"created": 1}
        assert Lesson.objects.count() == 2

    def test_a_key_used_twice_is_rejected_with_its_first_row(self, mapping: Path) -> None:
        report = run(mapping, record(1), record(1, title="Again"), record(2))
        assert report.verdicts == {"accepted": 2, "rejected": 1}
        assert "The key 1 was already used in row 2." in report.reasons
        assert Lesson.objects.get(external_key="1").title == "Title 1"

    def test_a_dry_run_counts_and_writes_nothing(self, mapping: Path) -> None:
        run(mapping, record(1))
        report = run(mapping, record(1), record(2), record(3, day="soon"), dry_run=True)
        assert report.changes == {"unchanged": 1, "created": 1}
        assert Lesson.objects.count() == 1

    def test_a_dry_run_into_nothing_makes_no_source(self, mapping: Path) -> None:
        assert run(mapping, record(1), dry_run=True).changes == {"created": 1}
        assert not LessonSource.objects.exists()

    def test_the_limit_stops_the_reading(self, mapping: Path) -> None:
        assert run(mapping, *(record(number) for number in range(5)), limit=2).rows == 2

    def test_one_row_the_database_refuses_does_not_stop_its_batch(self, mapping: Path) -> None:
        original = service._write

        def refusing(rows: Any, run_: Any) -> Any:
            if any(row.key == "2" for row in rows):
                raise DatabaseError("no")
            return original(rows, run_)

        with patch.object(service, "_write", refusing):
            report = run(mapping, record(1), record(2), record(3))
        assert sorted(Lesson.objects.values_list("external_key", flat=True)) == ["1", "3"]
        assert report.verdicts == {"accepted": 2, "rejected": 1}
        assert any("database refused" in reason for reason in report.reasons)

    def test_a_batch_takes_far_fewer_statements_than_rows(self, mapping: Path) -> None:
        run(mapping, record("warm"))
        counts = []
        for start, size in ((0, 20), (100, 200)):
            with CaptureQueriesContext(connection) as queries:
                run(mapping, *(record(start + number) for number in range(size)))
            counts.append(len(queries))
        assert counts[1] - counts[0] <= (200 - 20) // 10, counts


class TestCommand:
    def csv_file(self, folder: Path, *records: dict[str, str]) -> Path:
        path = folder / "lessons.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, fieldnames=list(record(0)))
            writer.writeheader()
            writer.writerows(records)
        return path

    def test_it_prints_the_figures_and_writes_the_report(self, mapping: Path, tmp_path: Path) -> None:
        path = self.csv_file(tmp_path, record(1), record(2, title=""), record(3, body="See attached"))
        printed = command(path, mapping, report=tmp_path / "report.csv")
        figures = dict(line.split()[:2] for line in printed.splitlines()[:7])
        expected = {"rows": "3", "accepted": "1", "warned": "1", "rejected": "1", "created": "2"}
        assert figures == {**expected, "updated": "0", "unchanged": "0"}
        rows = report_of(tmp_path)
        assert [(row["row"], row["verdict"], row["change"]) for row in rows] == [
            ("2", "accepted", "created"),
            ("3", "warned", "created"),
            ("4", "rejected", ""),
        ]
        assert "points elsewhere" in rows[2]["reasons"]

    def test_json_and_json_lines_come_to_the_same(self, mapping: Path, tmp_path: Path) -> None:
        records = [record(1), record(2)]
        whole, lines = tmp_path / "a.json", tmp_path / "a.jsonl"
        whole.write_text(json.dumps(records))
        lines.write_text("\n".join(json.dumps(each) for each in records))
        command(whole, mapping)
        assert "unchanged         2" in command(lines, mapping)

    def test_a_dry_run_says_so(self, mapping: Path, tmp_path: Path) -> None:
        printed = command(self.csv_file(tmp_path, record(1)), mapping, dry_run=True)
        assert "nothing was written" in printed
        assert not Lesson.objects.exists()

    @pytest.mark.parametrize("what", ["file", "mapping", "report", "audience"])
    def test_what_cannot_be_used_ends_with_code_1(self, mapping: Path, tmp_path: Path, what: str) -> None:
        path = tmp_path / "gone.csv" if what == "file" else self.csv_file(tmp_path, record(1))
        options = {"report": tmp_path / "no" / "where.csv"} if what == "report" else {}
        if what == "mapping":
            mapping.write_text("colour: red")
        if what == "audience":
            mapping.write_text(mapping.read_text() + "audience: everybody\n")
        with pytest.raises(CommandError) as refused:
            command(path, mapping, **options)
        assert refused.value.returncode == 1
        assert not Lesson.objects.exists()

    def test_nothing_accepted_ends_with_code_2(self, mapping: Path, tmp_path: Path) -> None:
        with pytest.raises(CommandError) as refused:
            command(self.csv_file(tmp_path, record(1, body="See attached")), mapping)
        assert refused.value.returncode == 2


class TestHostileStrings:
    def strings(self) -> list[str]:
        """Everything in the hostile folder, one string each; no two with the same key."""
        folder = shared("hostile")
        lines = [
            line
            for name in ("xss-payloads.txt", "markdown-xss-1.txt", "markdown-xss-2.md", "csv-injection.txt")
            for line in (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
        ]
        return [*lines, *json.loads((folder / "naughty-strings.json").read_text(encoding="utf-8"))]

    def test_they_come_back_as_typed_and_execute_nowhere(self, mapping: Path, client: Client) -> None:
        client.force_login(UserFactory())
        checked = read_mapping(mapping)
        hostile = [text for text in self.strings() if text.strip()]
        records = [
            record(number, title=text, body=f"{text} {TEXT}", before=text, place=text, stage=text, link=text)
            for number, text in enumerate(hostile)
        ]
        report = run(mapping, *records)
        refused = report.verdicts["rejected"]
        assert report.accepted + refused == len(hostile)
        assert refused == sum("\0" in text for text in hostile)
        for lesson in Lesson.objects.order_by("pk"):
            text = hostile[int(lesson.external_key)]
            assert lesson.context == clean(text, checked)
            assert lesson.title == one_line(clean(text, checked)) or lesson.title.endswith("…")
            assert lesson.source_url == "" or lesson.source_url.startswith(("http://", "https://"))

    def test_their_pages_open_and_hold_them_escaped(self, mapping: Path, client: Client) -> None:
        client.force_login(UserFactory())
        hostile = [text for text in self.strings() if "<" in text][::40]
        for number, text in enumerate(hostile):
            run(mapping, record(number, title=text, body=f"{text} {TEXT}", before=text, place=text))
        for lesson in Lesson.objects.all():
            answer = client.get(lesson.get_absolute_url())
            assert answer.status_code == 200
            body = answer.content.decode()
            assert hostile[int(lesson.external_key)].strip() not in body.replace('<a href="/', "")
        assert client.get("/lessons/?tab=external").status_code == 200

    @pytest.mark.parametrize("column", ["id", "title", "body", "before", "day", "link", "stage", "place"])
    def test_a_nul_is_refused_in_every_column(self, mapping: Path, column: str) -> None:
        report = run(mapping, record(1), record(2, **{column: "a\0b"}))
        assert report.verdicts == {"accepted": 1, "rejected": 1}
        assert any("NUL" in reason for reason in report.reasons)


class TestRealCollection:
    def test_the_figures_of_the_nasa_lessons(self, tmp_path: Path) -> None:
        path = shared("lessons-nasa", "lessons.csv")
        first = command(path, NASA, report=tmp_path / "report.csv")
        assert [line.split() for line in first.splitlines()[:7]] == [
            ["rows", "1637"],
            ["accepted", "1606"],
            ["warned", "9"],
            ["rejected", "22"],
            ["created", "1615"],
            ["updated", "0"],
            ["unchanged", "0"],
        ]
        second = command(path, NASA)
        assert "unchanged      1615" in second
        assert {row["key"] for row in report_of(tmp_path) if "redacted" in row["reasons"]} == {
            "2038",
            "8202",
            "8301",
        }

    def test_its_texts_are_clean(self) -> None:
        path = shared("lessons-nasa", "lessons.csv")
        command(path, NASA, limit=400)
        texts = [f"{each.title}\n{each.text}\n{each.context}" for each in Lesson.objects.all()]
        for text in texts:
            assert not set(text) & set("¾êãçÂ\t\xa0"), text[:200]
            assert "<br" not in text
            assert "&amp;" not in text
        assert any("s unreduced fault current levels. The safety" in text for text in texts)
