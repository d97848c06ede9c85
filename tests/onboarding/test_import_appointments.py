"""Personnel's file: each bad line with its reason, twice is once, a new date moves what is due, memory that does not grow."""

import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.models import AuditEntry
from onboarding.importing.rows import FileError, read_rows
from onboarding.models import ImportBatch, Invitation, RoleAppointment, Step
from onboarding.services.import_appointments import import_appointments
from people.models import User
from people.services.deactivate import deactivate
from tests.onboarding.appointing import path_of, tell
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
HEADER = "employee_id,email,name,effective,share_of_time,experienced"
ROWS = 10_000
MOST_MEMORY = 24_000_000


def file_of(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "appointments.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def run(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_appointments", str(path), *options, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def ana() -> User:
    return UserFactory.create(email="ana@example.com", external_id="E1")


def test_each_bad_line_is_named_with_its_reason_and_stops_none(tmp_path: Path, ana: User) -> None:
    UserFactory.create(email="ben@example.com", external_id="E2")
    gone = UserFactory.create(email="gone@example.com", external_id="E9")
    deactivate(person=gone, actor=None)
    path = file_of(
        tmp_path,
        "E1,ana@example.com,Ana,2026-11-30,60,no",
        "E3,cleo@example.com,Cleo,30.11.2026,,",
        ",dora@example.com,Dora,2026-11-30,,",
        "E4,not an address,Eve,2026-11-30,,",
        "E5,fay@example.com,Fay,2026-11-30,150,",
        "E6,gil@example.com,Gil,2026-11-30,,perhaps",
        "E1,ben@example.com,Who,2026-11-30,,",
        "E9,gone@example.com,Gone,2026-11-30,,",
        "E7,,Nobody,2026-11-30,,",
        "E8,too,few",
        "",
        "E10,hal@example.com,Hal,2026-12-01,,yes",
    )
    said = run(path)
    for line, words in {
        3: "“30.11.2026” is no date",
        4: "employee number is missing",
        5: "is no e-mail address",
        6: "“150” is no share of time",
        7: "“perhaps” is neither yes nor no",
        8: "belong to two people",
        9: "account of this person is closed",
        10: "no address to invite",
        11: "3 cells, the header 6",
    }.items():
        assert any(part.startswith(f"line {line}:") and words in part for part in said.splitlines()), line
    assert "11 lines: 1 created, 0 changed, 0 unchanged, 1 invited, 9 faulty" in said
    assert RoleAppointment.objects.get().share_of_time == 60
    assert Invitation.objects.get().email == "hal@example.com"


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path, ana: User) -> None:
    path = file_of(
        tmp_path, "E1,ana@example.com,,2026-11-30,,", "E2,new@example.com,,2026-11-30,,", "E3,,,,,"
    )
    before = AuditEntry.objects.count()
    said = run(path, "--dry-run")
    assert "3 lines: 1 created, 0 changed, 0 unchanged, 1 invited, 1 faulty" in said
    assert "nothing was written" in said
    assert not RoleAppointment.objects.exists()
    assert not Invitation.objects.exists()
    assert AuditEntry.objects.count() == before + 1
    assert ImportBatch.objects.get().dry_run


def test_twice_is_once_and_a_new_date_moves_what_is_due(tmp_path: Path, ana: User) -> None:
    lines = ["E1,ana@example.com,,2026-11-30,,", "E2,new@example.com,,2026-11-30,,"]
    run(file_of(tmp_path, *lines))
    path_of(RoleAppointment.objects.get())
    assert "0 created, 0 changed, 2 unchanged, 0 invited" in run(file_of(tmp_path, *lines))
    moved = [line.replace("11-30", "12-07") for line in lines]
    assert "0 created, 1 changed, 0 unchanged, 1 invited" in run(file_of(tmp_path, *moved))
    assert RoleAppointment.objects.get().effective == date(2026, 12, 7)
    assert Invitation.objects.get().effective == date(2026, 12, 7)
    assert Step.objects.get(template__code="S1").due == date(2026, 12, 8)


def test_a_line_joins_what_the_person_said_and_the_same_line_twice_makes_one(
    tmp_path: Path, ana: User
) -> None:
    tell(ana, effective=date(2026, 11, 1))
    line = "E1,ana@example.com,,2026-11-30,,"
    said = run(
        file_of(tmp_path, line, line, "E5,x@example.com,,2026-11-30,,", "E5,x@example.com,,2026-11-30,,")
    )
    assert "0 created, 1 changed, 2 unchanged, 1 invited" in said
    assert RoleAppointment.objects.get().sources == ["self", "hr_csv"]


def test_a_file_that_cannot_be_used_ends_with_1_and_one_without_a_good_line_with_2(tmp_path: Path) -> None:
    (other := tmp_path / "other").mkdir()
    for path, code in (
        (file_of(tmp_path, "x,y", header="employee_id,effective"), 1),
        (tmp_path / "missing.csv", 1),
        (file_of(other, "E1,,,,,"), 2),
    ):
        with pytest.raises(CommandError) as failure:
            run(path)
        assert failure.value.returncode == code
    bad = tmp_path / "latin.csv"
    bad.write_bytes(HEADER.encode() + b"\nE1,a@example.com,J\xfcrg,2026-11-30,,\n")
    with pytest.raises(CommandError, match="UTF-8"):
        run(bad)


def test_what_a_spreadsheet_writes_first_is_no_part_of_the_first_column(tmp_path: Path, ana: User) -> None:
    path = tmp_path / "bom.csv"
    path.write_text(f"{HEADER}\r\nE1,ana@example.com,,2026-11-30,,\r\n", encoding="utf-8-sig")
    assert "1 created" in run(path)


def lines_of(count: int) -> Iterator[str]:
    """A file as long as wanted that is nowhere as a whole; one line in a hundred is faulty."""
    yield HEADER + "\n"
    for number in range(count):
        day = "never" if number % 100 == 99 else "2026-11-30"
        yield f"N{number},person{number}@example.org,Person {number},{day},50,no\n"


def test_ten_thousand_lines_take_no_more_memory_than_a_thousand(
    record_property: Callable[[str, object], None], ana: User
) -> None:
    peaks = {}
    for count in (1_000, ROWS):
        tracemalloc.start()
        told: list[int] = []
        batch = import_appointments(
            read_rows(lines_of(count)),
            name="big.csv",
            digest="",
            by=None,
            dry_run=False,
            progress=told.append,
        )
        peaks[count] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    record_property("import", f"peak {peaks}")
    assert (batch.rows, batch.faulty_count) == (ROWS, ROWS // 100)
    assert told == list(range(500, ROWS + 1, 500))
    assert batch.unchanged_count == 990
    assert Invitation.objects.count() == ROWS * 99 // 100
    assert peaks[ROWS] < MOST_MEMORY
    assert peaks[ROWS] < 1.5 * peaks[1_000]
    again = import_appointments(read_rows(lines_of(ROWS)), name="big.csv", digest="", by=None, dry_run=False)
    assert (again.unchanged_count, again.invited_count) == (9_900, 0)
    assert Invitation.objects.count() == ROWS * 99 // 100


def test_a_header_without_a_column_is_refused_before_anything_is_read() -> None:
    with pytest.raises(FileError, match="email"):
        list(read_rows(["employee_id,effective\n", "E1,2026-11-30\n"]))
