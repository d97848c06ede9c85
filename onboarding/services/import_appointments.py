"""Imports appointments from personnel's file: in batches, each atomic, in memory that does not grow with the file.

People are found by employee number, else by address. Whom the portal does not know is written down as invited, and
their appointment begins with their first sign-in. Importing a file twice changes nothing the second time; a new date
moves the appointment and what is due. A faulty line is reported with its reason and stops none after it. A dry run
judges everything and writes nothing but its report.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.services.record import record
from onboarding.choices import Source
from onboarding.importing.people import Known, known_people
from onboarding.importing.rows import AppointmentRow, FileError
from onboarding.models import ImportBatch, Invitation
from onboarding.services.appoint import Change, Told, appoint
from people.models import User

BATCH = 500
MOST_FAULTS_KEPT = 200


class Outcome(StrEnum):
    """What became of a line."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    INVITED = "invited"
    FAULTY = "faulty"


OUTCOMES = {
    Change.CREATED: Outcome.CREATED,
    Change.CHANGED: Outcome.CHANGED,
    Change.UNCHANGED: Outcome.UNCHANGED,
    Change.CLOSED: Outcome.UNCHANGED,
}


@dataclass(slots=True)
class Report:
    """Counts, and the first faults with their lines."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    faults: list[tuple[int, str]] = field(default_factory=list)
    rows: int = 0

    def add(self, row: AppointmentRow, outcome: Outcome) -> None:
        """One line."""
        self.rows += 1
        self.counts[outcome] += 1
        if row.faults and len(self.faults) < MOST_FAULTS_KEPT:
            self.faults.append((row.line, " ".join(row.faults)))


def import_appointments(
    rows: Iterable[AppointmentRow],
    *,
    name: str,
    digest: str,
    by: User | None,
    dry_run: bool,
    progress: Callable[[int], None] = lambda _rows: None,
) -> ImportBatch:
    """Reads all `rows` and returns the batch with what came of them. Raises `FileError`; what went before it stays."""
    begun, report = timezone.now(), Report()
    batch = ImportBatch(name=name[:120], digest=digest, dry_run=dry_run, by=by, begun=begun)
    try:
        for some in _batches(iter(rows)):
            for row, outcome in zip(some, _take(some, by, dry_run), strict=True):
                report.add(row, outcome)
            progress(report.rows)
    except FileError as error:
        if report.rows:
            report.faults.append((0, str(error)))
            _finish(batch, report)
        raise
    return _finish(batch, report)


def _batches(rows: Iterator[AppointmentRow]) -> Iterator[list[AppointmentRow]]:
    while some := list(islice(rows, BATCH)):
        yield some


def _take(rows: Sequence[AppointmentRow], by: User | None, dry_run: bool) -> list[Outcome]:
    """All of a batch in one transaction; where the database refuses it, line by line."""
    try:
        return _take_together(rows, by, dry_run)
    except DatabaseError:
        return [_take_alone(row, by, dry_run) for row in rows]


def _take_alone(row: AppointmentRow, by: User | None, dry_run: bool) -> Outcome:
    try:
        return _take_together([row], by, dry_run)[0]
    except DatabaseError as error:
        row.faults.append(_("The database refused the line: %(kind)s.") % {"kind": type(error).__name__})
        return Outcome.FAULTY


def _take_together(rows: Sequence[AppointmentRow], by: User | None, dry_run: bool) -> list[Outcome]:
    with transaction.atomic():
        known = known_people(rows)
        outcomes = [_take_one(row, known, by) for row in rows]
        Invitation.objects.bulk_create(known.new_invitations)
        Invitation.objects.bulk_update(known.moved_invitations, ["effective", "external_id", "name"])
        transaction.set_rollback(dry_run)
    return outcomes


def _take_one(row: AppointmentRow, known: Known, by: User | None) -> Outcome:
    if not row.faults and (fault := known.fault(row)):
        row.faults.append(fault)
    if row.faults or row.effective is None:
        return Outcome.FAULTY
    person = known.person(row)
    if person is None:
        return Outcome.INVITED if known.invite(row) else Outcome.UNCHANGED
    if known.is_told(person, row):
        return Outcome.UNCHANGED
    told = Told(
        source=Source.HR_CSV,
        effective=row.effective,
        by=by,
        external_ref=row.employee_id,
        share_of_time=row.share_of_time,
        is_experienced=row.experienced,
    )
    return OUTCOMES[appoint(person=person, told=told).change]


@transaction.atomic
def _finish(batch: ImportBatch, report: Report) -> ImportBatch:
    counts = report.counts
    batch.rows, batch.ended = report.rows, timezone.now()
    batch.created_count, batch.changed_count = counts[Outcome.CREATED], counts[Outcome.CHANGED]
    batch.unchanged_count, batch.invited_count = counts[Outcome.UNCHANGED], counts[Outcome.INVITED]
    batch.errors = [{"line": line, "reason": reason} for line, reason in report.faults]
    batch.faulty_count = counts[Outcome.FAULTY]
    batch.save()
    shown = {outcome.value: (0, counts[outcome]) for outcome in Outcome if counts[outcome]}
    action = "appointment.dry_run" if batch.dry_run else "appointment.import"
    record(actor=batch.by, action=action, target=batch, changes=shown)
    return batch
