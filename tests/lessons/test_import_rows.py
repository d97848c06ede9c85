"""Mapping, reading, cleaning and judging: what a row becomes, and why one is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lessons.importing.cleaning import first_sentence, shortened, tidy, without_tags
from lessons.importing.mapping import FACETS, KNOWN, MappingError, read_mapping
from lessons.importing.reading import RawRow, read_rows
from lessons.importing.report import harmless
from lessons.importing.rows import TITLE_LENGTH, Verdict, judge

TEXT = "Valves were tested at the wrong temperature. Nobody had asked."
ROW = {"id": "7", "title": "Cold valves", "body": TEXT, "day": "2010-05-01"}
MAPPINGS = Path(__file__).parents[2] / "lessons" / "mappings"
CODES = {name: frozenset({"operate", "startup"}) for name in FACETS}


def mapping_file(folder: Path, **changes: Any) -> Path:
    """A mapping for ROW, with changes."""
    settings = {
        "source": {"code": "elsewhere", "name": "Elsewhere"},
        "key": "id",
        "title": "title",
        "texts": {"text": ["body"]},
        "date": {"column": "day", "formats": ["%Y-%m-%d", "%d.%m.%Y"]},
    }
    path = folder / "mapping.yaml"
    path.write_text(yaml.safe_dump({**settings, **changes}), encoding="utf-8")
    return path


def judged(folder: Path, row: dict[str, str], **changes: Any) -> Any:
    """The row, judged."""
    mapping = read_mapping(mapping_file(folder, **changes))
    return judge(RawRow(number=2, values={**ROW, **row}), mapping, CODES)


def rows_of(path: Path, folder: Path, **changes: Any) -> list[RawRow]:
    """The rows of a file."""
    return list(read_rows(path, read_mapping(mapping_file(folder, **changes))))


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


class TestJudging:
    def test_a_sound_row_is_accepted(self, tmp_path: Path) -> None:
        row = judged(tmp_path, {})
        assert (row.verdict, row.reasons) == (Verdict.ACCEPTED, [])
        assert (row.key, row.title, row.texts["text"]) == ("7", "Cold valves", TEXT)
        assert row.recorded.isoformat() == "2010-05-01"

    def test_a_missing_title_becomes_the_first_sentence_with_a_warning(self, tmp_path: Path) -> None:
        row = judged(tmp_path, {"title": "  "})
        assert row.title == "Valves were tested at the wrong temperature."
        assert row.verdict == Verdict.WARNED
        assert "first sentence" in row.reasons[0]

    @pytest.mark.parametrize(
        "body",
        [
            "See attached document",
            "See attached report.",
            "see attachment",
            "Please see the attached document for all of it",
            'See "Recommendation(s)"',
            "See Recommendations",
            "See Lesson 1045",
            "Attached.",
            "N/A",
            "TBD",
        ],
    )
    def test_a_text_that_only_points_elsewhere_is_rejected(self, tmp_path: Path, body: str) -> None:
        row = judged(tmp_path, {"body": body})
        assert row.verdict == Verdict.REJECTED
        assert "points elsewhere" in row.reasons[0]

    @pytest.mark.parametrize(
        "body",
        [
            "See the whole system before you change a part of it.",
            "Attach loads only to rated points.",
            "None of the sensors had been calibrated.",
            "Provide a test and migration suite",
        ],
    )
    def test_a_short_lesson_is_still_a_lesson(self, tmp_path: Path, body: str) -> None:
        assert judged(tmp_path, {"body": body}).verdict == Verdict.ACCEPTED

    def test_a_redacted_text_is_rejected_for_the_reason_of_the_mapping(self, tmp_path: Path) -> None:
        rule = {"pattern": "has been redacted", "reason": "Redacted under export control."}
        row = judged(tmp_path, {"body": "The text HAS BEEN REDACTED for compliance."}, reject=[rule])
        assert row.reasons == ["Redacted under export control."]

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"body": ""}, "no text"),
            ({"body": "Too short."}, "shorter than 20"),
            ({"body": "x" * 200_001}, "longer than 200000"),
            ({"id": ""}, "id is empty"),
            ({"id": "k" * 121}, "longer than 120"),
            ({"day": ""}, "The date"),
            ({"day": "31.02.2010"}, "The date"),
            ({"title": "a\0b"}, "NUL"),
            ({"body": "half \ud800 a character and some more"}, "half a character"),
        ],
    )
    def test_faults_name_their_reason(self, tmp_path: Path, changes: dict[str, str], reason: str) -> None:
        row = judged(tmp_path, changes)
        assert row.verdict == Verdict.REJECTED
        assert any(reason in found for found in row.reasons), row.reasons

    def test_all_faults_of_a_row_are_told_at_once(self, tmp_path: Path) -> None:
        assert len(judged(tmp_path, {"body": "", "id": "", "day": "soon"}).faults) == 3

    def test_the_second_date_format_is_tried(self, tmp_path: Path) -> None:
        assert judged(tmp_path, {"day": "12.03.2011"}).recorded.isoformat() == "2011-03-12"

    @pytest.mark.parametrize(
        "url",
        [
            "javascript:alert(1)",
            "data:text/html,x",
            "//no.scheme/x",
            "http://",
            "http://[",
            "https://a b.example/",
        ],
    )
    def test_an_address_that_is_none_is_left_out_with_a_warning(self, tmp_path: Path, url: str) -> None:
        row = judged(tmp_path, {"link": url}, url="link")
        assert (row.url, row.verdict) == ("", Verdict.WARNED)

    def test_a_web_address_is_kept(self, tmp_path: Path) -> None:
        assert (
            judged(tmp_path, {"link": " https://a.example/1?x=2 "}, url="link").url
            == "https://a.example/1?x=2"
        )

    def test_a_long_title_is_cut_at_a_word(self, tmp_path: Path) -> None:
        row = judged(tmp_path, {"title": "word " * 100})
        assert len(row.title) <= TITLE_LENGTH
        assert row.title.endswith("word…")
        assert row.verdict == Verdict.WARNED

    def test_facets_are_mapped_and_unknown_ones_left_out(self, tmp_path: Path) -> None:
        rule = {"phase": {"column": "stage", "values": {"Flight": "operate"}}}
        assert judged(tmp_path, {"stage": "Flight"}, facets=rule).terms == {"phase": "operate"}
        assert judged(tmp_path, {"stage": "startup"}, facets=rule).terms == {"phase": "startup"}
        strange = judged(tmp_path, {"stage": "Elsewhere"}, facets=rule)
        assert (strange.terms, strange.verdict) == ({}, Verdict.WARNED)

    def test_the_hash_tells_content_apart_and_nothing_else(self, tmp_path: Path) -> None:
        one, same = judged(tmp_path, {}), judged(tmp_path, {"unmapped": "anything"})
        assert one.content_hash == same.content_hash
        assert one.content_hash != judged(tmp_path, {"title": "Other"}).content_hash


class TestCleaning:
    def test_tags_become_paragraphs_and_entities_characters(self) -> None:
        html = "<p>One &amp; two</p><ul><li>first<li>second</ul>CO<sub>2</sub><br/>end&nbsp;&rdquo;"
        assert tidy(without_tags(html)) == "One & two\n\n• first\n• second\nCO2\nend ”"

    def test_scripts_and_styles_leave_nothing(self) -> None:
        assert tidy(without_tags("a<script>alert(1)</script><style>b{}</style>c")) == "ac"

    def test_text_escaped_twice_is_read_twice(self) -> None:
        assert without_tags("Loctite&amp;reg; 242") == "Loctite® 242"

    def test_a_comparison_is_no_tag(self) -> None:
        assert without_tags("pressure < 5 and > 3") == "pressure < 5 and > 3"

    @given(st.text())
    def test_no_text_breaks_the_cleaning(self, text: str) -> None:
        assert "\n\n\n" not in tidy(without_tags(text))

    @given(st.text(), st.integers(min_value=2, max_value=40))
    def test_shortening_keeps_the_limit(self, text: str, limit: int) -> None:
        assert len(shortened(text, limit=limit)) <= limit
        assert len(first_sentence(text, limit=limit)) <= limit


class TestReading:
    def test_a_csv_with_a_broken_row_goes_on(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.csv", "id,title,body,day\n1,a,b\n2,a,b,2010-01-01\n\n3,a,b,c,d\n")
        rows = rows_of(path, tmp_path)
        assert [(row.number, bool(row.fault)) for row in rows] == [(2, True), (3, False), (5, True)]

    def test_bytes_outside_the_encoding_are_read_as_windows_text(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.csv", b"id,title,body,day\n1,a\x93b\x94,\xc3\xa9,d\n")
        row = rows_of(path, tmp_path)[0]
        assert (row.values["title"], row.values["body"], row.repaired) == ("a“b”", "é", True)

    def test_a_missing_column_is_told_before_the_first_row(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.csv", "id,title,body\n1,a,b\n")
        with pytest.raises(MappingError, match="no column day"):
            rows_of(path, tmp_path)

    def test_a_field_beyond_the_limit_stops_only_its_row(self, tmp_path: Path) -> None:
        long = "x" * 2_000_001
        path = written(tmp_path, "a.csv", f"id,title,body,day\n1,a,{long},d\n2,a,b,d\n")
        assert [bool(row.fault) for row in rows_of(path, tmp_path)] == [True, False]

    def test_json_lines_skip_what_is_none(self, tmp_path: Path) -> None:
        lines = [json.dumps({**ROW, "tags": ["a", "b"], "n": None, "x": 1.5}), "{broken", "[1]", ""]
        rows = rows_of(written(tmp_path, "a.jsonl", "\n".join(lines)), tmp_path)
        assert [bool(row.fault) for row in rows] == [False, True, True]
        assert (rows[0].values["tags"], rows[0].values["n"], rows[0].values["x"]) == ("a, b", "", "1.5")

    def test_a_json_list_is_read_record_by_record_across_chunks(self, tmp_path: Path) -> None:
        records = [{**ROW, "id": str(number), "body": "é" * 3_000} for number in range(60)]
        path = written(tmp_path, "a.json", json.dumps(records, ensure_ascii=False))
        rows = rows_of(path, tmp_path)
        assert [row.values["id"] for row in rows] == [str(number) for number in range(60)]

    def test_a_cut_json_list_gives_what_is_whole(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.json", json.dumps([ROW, ROW])[:-20])
        assert [bool(row.fault) for row in rows_of(path, tmp_path)] == [False, True]

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("a.xlsx", "x", "not a .csv"),
            ("a.json", "{}", "not a list"),
            ("missing.csv", None, "cannot be read"),
        ],
    )
    def test_files_of_no_use_are_refused(
        self, tmp_path: Path, name: str, content: str | None, words: str
    ) -> None:
        path = tmp_path / name if content is None else written(tmp_path, name, content)
        with pytest.raises(MappingError, match=words):
            rows_of(path, tmp_path)


class TestMapping:
    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"colour": "red"}, "unknown settings: colour"),
            ({"source": {"code": "Not A Code", "name": "x"}}, "source.code"),
            ({"source": {"code": "x"}}, "source.name"),
            ({"key": ""}, "needs key"),
            ({"texts": {"story": ["body"]}}, "no text field 'story'"),
            ({"required": "context"}, "no column for it"),
            ({"date": {}}, "date.column"),
            ({"facets": {"colour": {"column": "x"}}}, "no facet 'colour'"),
            ({"facets": {"phase": "x"}}, "needs a column"),
            ({"markup": "rtf"}, "plain or html"),
            ({"reject": [{"pattern": "("}]}, "pattern and a reason"),
            ({"reject": [{"pattern": "(", "reason": "x"}]}, "not valid"),
            ({"replace": {"(": ""}}, "not valid"),
            ({"texts": ["body"]}, "list of settings"),
        ],
    )
    def test_faults_are_one_sentence(self, tmp_path: Path, changes: dict[str, Any], words: str) -> None:
        with pytest.raises(MappingError, match=words.replace("(", r"\(")):
            read_mapping(mapping_file(tmp_path, **changes))

    @pytest.mark.parametrize("content", ["- a\n- b\n", "a: [", b"\xff\xfe\x00"])
    def test_a_mapping_that_is_none_is_refused(self, tmp_path: Path, content: str | bytes) -> None:
        with pytest.raises(MappingError):
            read_mapping(written(tmp_path, "m.yaml", content))

    def test_the_example_names_every_setting(self) -> None:
        mapping = read_mapping(MAPPINGS / "example.yaml")
        named = set(yaml.safe_load((MAPPINGS / "example.yaml").read_text(encoding="utf-8")))
        assert (named, mapping.markup) == (set(KNOWN), "plain")

    def test_the_mapping_that_comes_with_the_portal_is_sound(self) -> None:
        mapping = read_mapping(MAPPINGS / "nasa.yaml")
        assert mapping.columns >= {"LessonId", "Title", "Lesson", "Abstract", "LessonDate", "url"}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_the_report_defuses_formulas(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_the_report_leaves_other_cells_alone() -> None:
    assert harmless("a=1") == "a=1"


@pytest.mark.parametrize(("name", "readable"), [("rows.jsonl", 1), ("rows.json", 0)])
def test_what_is_nested_too_deep_is_a_fault_and_no_crash(tmp_path: Path, name: str, readable: int) -> None:
    deep = "[" * 50_000
    content = f"{deep}\n{json.dumps(ROW)}\n" if name.endswith("jsonl") else f"[{deep}"
    (tmp_path / name).write_text(content, encoding="utf-8")
    found = rows_of(tmp_path / name, tmp_path)
    assert found[0].fault
    assert sum(not row.fault for row in found) == readable
