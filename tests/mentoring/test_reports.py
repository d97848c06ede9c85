"""Reports: figures of a made world, who may see them, what is left out, the file, and that they cost the same."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import Term, Vocabulary
from mentoring.choices import Ending, Origin, PairState, RequestState, SessionState
from mentoring.days import current_day
from mentoring.models import Agreement, MatchRequest, Mentorship, Pulse
from mentoring.report_slots import Appointment, appointed, appointments
from mentoring.reporting.cohort import Grouping, Stage
from mentoring.reporting.figures import Figure
from mentoring.reporting.figures_file import figures_file
from mentoring.reporting.periods import Span, period_of
from mentoring.reporting.report import Report, report
from onboarding.choices import AppointmentState, Source
from onboarding.models import AllianceAssignment, RoleAppointment
from people.models import User
from people.roles import Role
from tests.mentoring.pair_factories import PairFactory, ProgrammeFactory, TalkFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE, FILE = "mentoring:reports", "mentoring:figures_csv"
MOST_QUERIES = 16


def facilitator() -> User:
    person: User = UserFactory(name="Ximena Robles", roles=(Role.MEMBER, Role.FACILITATOR))
    return person


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def appoint(days: int = 40, *, division: str = "Vaccines", context: bool = True, **fields: Any) -> User:
    """Somebody appointed so many days ago."""
    person: User = UserFactory(profile={"division": division})
    now = timezone.now()
    values = {"state": AppointmentState.CONFIRMED, "source": Source.SELF, "created": now, **fields}
    effective = current_day() - timedelta(days=days)
    appointment = RoleAppointment.objects.create(person=person, effective=effective, **values)
    if context:
        AllianceAssignment.objects.create(appointment=appointment, code_name="Curlew", created=now)
    return person


def pair_of(
    mentee: User,
    days: int = 30,
    *,
    talks: tuple[int, ...] = (),
    signed: bool = False,
    closed: bool = False,
    **fields: Any,
) -> Mentorship:
    """A pair that began so many days ago, with talks on days of the pair."""
    pair: Mentorship = PairFactory(mentee=mentee, mentor=UserFactory(), days=days, **fields)
    pair.began = current_day() - timedelta(days=days)
    pair.save()
    for day in talks:
        start = datetime.combine(pair.began + timedelta(days=day), time(12), tzinfo=UTC)
        TalkFactory(mentorship=pair, start=start, state=SessionState.HELD)
    if signed:
        now = timezone.now()
        Agreement.objects.create(
            mentorship=pair, text="We meet.", edited=now, signed_mentor=now, signed_mentee=now
        )
    if closed:
        values = {"state": PairState.CLOSED, "ending": Ending.COMPLETED, "ended": timezone.now()}
        Mentorship.objects.filter(pk=pair.pk).update(**values)
    return pair


def ask(mentee: User, *, days: int = 20, state: RequestState = RequestState.SENT) -> None:
    MatchRequest.objects.create(
        programme=ProgrammeFactory(),
        mentee=mentee,
        mentor=UserFactory(),
        origin=Origin.SELF,
        state=state,
        sent=timezone.now() - timedelta(days=days),
    )


def answer(pair: Mentorship, person: User, value: int, *, days_ago: int = 1) -> None:
    moment = timezone.now() - timedelta(days=days_ago)
    Pulse.objects.create(
        mentorship=pair,
        person=person,
        day=14 + days_ago,
        asked=moment,
        answered=moment,
        fit="good",
        value=value,
    )


def found(span: Span = Span.YEAR, by: Grouping = Grouping.DIVISION) -> Report:
    return report(period_of(span.value), by)


def funnel(seen: Report) -> dict[Stage, int | None]:
    return {line.stage: line.count for line in seen.funnel}


def figure(seen: Report, code: str) -> Figure:
    return next(one for one in seen.figures if one.kind.code == code)


def rows_of(seen: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(figures_file(seen).removeprefix("\ufeff"))))


@pytest.fixture
def only_told() -> Iterator[None]:
    """Appointments of the test alone."""
    known = {key: appointments.get(key) for key in appointments.keys()}
    for key in known:
        appointments.unregister(key)
    yield
    appointments.unregister("test")
    for key, provider in known.items():
        appointments.register(key, provider)


def test_the_funnel_counts_people_by_what_they_have_done_since() -> None:
    people = [appoint() for _ in range(8)]
    appoint(context=False)
    ask(people[7])
    for place, person in enumerate(people[:7]):
        pair_of(person, talks=(4,) if place < 6 else (), signed=place < 5, closed=place < 5)
    assert funnel(found()) == {
        Stage.APPOINTED: 9,
        Stage.CONTEXT: 8,
        Stage.ASKED: 8,
        Stage.PAIRED: 7,
        Stage.TALKED: 6,
        Stage.SIGNED: 5,
        Stage.CLOSED: 5,
    }
    assert [line.percent for line in found().funnel] == [100, 89, 89, 78, 67, 56, 56]


def test_rejected_future_and_earlier_appointments_do_not_count() -> None:
    for _ in range(5):
        appoint()
    appoint(state=AppointmentState.REJECTED)
    appoint(days=-3)
    appoint(days=400)
    appoint(state=AppointmentState.ENDED)
    assert funnel(found())[Stage.APPOINTED] == 6
    assert funnel(found(Span.EVER))[Stage.APPOINTED] == 7
    assert funnel(found(Span.QUARTER))[Stage.APPOINTED] == 6


def test_what_was_done_for_an_earlier_appointment_does_not_count() -> None:
    people = [appoint(days=10) for _ in range(6)]
    for person in people:
        pair = pair_of(person, days=300, talks=(3,))
        ended = timezone.now() - timedelta(days=100)
        Mentorship.objects.filter(pk=pair.pk).update(state=PairState.CLOSED, ended=ended)
        ask(person, days=90)
    assert funnel(found())[Stage.ASKED] is None
    for person in people:
        ask(person, days=30, state=RequestState.DECLINED)
    assert funnel(found())[Stage.ASKED] == 6
    assert funnel(found())[Stage.PAIRED] is None


def test_a_request_that_was_never_sent_is_none() -> None:
    for _ in range(5):
        ask(appoint(), state=RequestState.DRAFT)
    assert funnel(found())[Stage.ASKED] is None


def test_the_match_rate_is_of_the_appointed() -> None:
    people = [appoint() for _ in range(20)]
    for person in people[:19]:
        pair_of(person)
    rate = figure(found(), "match_rate")
    assert (rate.text, rate.met, rate.cases) == ("95", True, "19 of 20 people")
    appoint()
    rate = figure(found(), "match_rate")
    assert (rate.text, rate.met, rate.standing) == ("90.5", False, "Target not met")


def test_no_rate_tells_of_fewer_than_five_pairs() -> None:
    people = [appoint() for _ in range(20)]
    for person in people[:4]:
        pair_of(person)
    rate = figure(found(), "match_rate")
    assert (rate.value, rate.met, rate.text) == (None, None, "fewer than 5")
    assert rate.standing == "Too few people to say"


def test_the_median_of_days_to_the_first_talk_is_of_pairs_that_began_in_the_period() -> None:
    for days in (2, 5, 7, 8, 30):
        pair_of(UserFactory(), days=60, talks=(days + 10, days))
    pair_of(UserFactory(), days=60)
    pair_of(UserFactory(), days=400, talks=(90,))
    first = figure(found(), "first_talk")
    assert (first.value, first.cases, first.met) == (7, "5 pairs", True)
    pair_of(UserFactory(), days=60, talks=(9,))
    first = figure(found(), "first_talk")
    assert (first.text, first.met) == ("7.5", False)


def test_talks_are_counted_within_ninety_days_of_pairs_that_had_them() -> None:
    for count in (7, 8, 9, 9, 9):
        pair_of(UserFactory(), days=120, talks=(*range(count), 90, 100))
    pair_of(UserFactory(), days=80, talks=(1,))
    pair_of(UserFactory(), days=500, talks=(1,))
    talks = figure(found(), "talks")
    assert (talks.value, talks.cases, talks.met) == (8.4, "5 pairs", True)
    assert figure(found(Span.EVER), "talks").cases == "6 pairs"
    assert figure(found(Span.EVER), "talks").met is False


def test_five_pairs_of_four_mentees_are_too_few() -> None:
    mentees = [UserFactory() for _ in range(4)]
    for mentee in mentees:
        pair_of(mentee, days=60, talks=(3,))
    again = pair_of(mentees[0], days=50, talks=(3,), state=PairState.CLOSED)
    assert figure(found(), "first_talk").value is None
    assert figure(found(), "first_talk").cases == "fewer than 5 mentees"
    Mentorship.objects.filter(pk=again.pk).update(mentee=UserFactory())
    assert figure(found(), "first_talk").value == 3


def test_pulses_of_fewer_than_five_people_have_no_mean() -> None:
    pairs = [pair_of(UserFactory()) for _ in range(2)]
    for pair in pairs:
        for person in (pair.mentee, pair.mentor):
            answer(pair, person, 4)
            answer(pair, person, 5, days_ago=2)
    assert figure(found(), "pulses").value is None
    third = pair_of(UserFactory())
    answer(third, third.mentor, 3)
    pulses = figure(found(), "pulses")
    assert pulses.value == pytest.approx(39 / 9)
    assert (pulses.text, pulses.cases, pulses.met) == ("4.3", "9 answers of 5 people", True)


def test_pulses_of_another_time_do_not_count() -> None:
    for _ in range(5):
        pair = pair_of(UserFactory(), days=150)
        answer(pair, pair.mentee, 2, days_ago=100)
        answer(pair, pair.mentee, 5)
    assert figure(found(Span.QUARTER), "pulses").value == 5
    assert figure(found(Span.YEAR), "pulses").value == 3.5
    assert figure(found(Span.YEAR), "pulses").met is False


def test_small_divisions_stand_together_and_counts_that_tell_of_them_are_withheld() -> None:
    for name, number in (("Oncology", 20), ("Vaccines", 9), ("Research", 3), ("Immunology", 4)):
        for place in range(number):
            person = appoint(division=name)
            if place < number - 2:
                pair_of(person)
    groups = {line.label: line.cells for line in found().groups}
    assert list(groups) == ["Oncology", "Vaccines", "2 groups together"]
    assert [cells[0] for cells in groups.values()] == [20, 9, 7]
    paired = list(Stage).index(Stage.PAIRED)
    assert [cells[paired] for cells in groups.values()] == [18, None, None]
    assert funnel(found())[Stage.PAIRED] == 28
    assert found().withholds


def test_by_business_function_with_its_label_and_who_said_none() -> None:
    Term.objects.create(vocabulary=Vocabulary.BUSINESS_FUNCTION, code="legal_contracts", label="Legal")
    for _ in range(5):
        User.objects.filter(pk=appoint(division="").pk).update(business_function="legal_contracts")
        appoint(division="")
    assert [line.label for line in found(by=Grouping.FUNCTION).groups] == ["Legal", "Not said"]
    assert [line.label for line in found().groups] == ["Not said"]


def test_who_finds_the_reports() -> None:
    seen = {}
    for role in Role:
        client = client_of(UserFactory(roles=(Role.MEMBER, role)))
        seen[role] = [client.get(reverse(name)).status_code for name in (PAGE, FILE)]
    may = {Role.FACILITATOR, Role.ADMINISTRATOR}
    assert seen == {role: [200, 200] if role in may else [404, 404] for role in Role}
    assert Client().get(reverse(PAGE)).status_code == 302
    assert client_of(facilitator()).post(reverse(PAGE)).status_code == 405


def test_where_it_is_found() -> None:
    address = reverse(PAGE)
    home, cases = reverse("mentoring:home"), reverse("mentoring:coordinate")
    client = client_of(facilitator())
    assert address in client.get(home).content.decode()
    assert address in client.get(cases).content.decode()
    administrator = client_of(UserFactory(roles=(Role.MEMBER, Role.ADMINISTRATOR))).get(home).content.decode()
    assert address in administrator
    assert cases not in administrator
    assert address not in client_of(UserFactory()).get(home).content.decode()


def test_an_unknown_choice_shows_the_page_as_it_stands_at_first() -> None:
    answered = client_of(facilitator()).get(reverse(PAGE), {"period": "x' OR 1", "by": "salary"})
    assert answered.status_code == 200
    assert answered.context["report"].period.span is Span.YEAR
    assert answered.context["report"].grouping is Grouping.DIVISION


def test_the_page_says_cases_targets_and_how_it_is_counted() -> None:
    for _ in range(5):
        pair = pair_of(appoint(), days=60, talks=(3,))
        answer(pair, pair.mentee, 5)
    text = " ".join(client_of(facilitator()).get(reverse(PAGE)).content.decode().split())
    assert text.count("Target met") == 3
    assert "at most 7 days" in text
    assert "5 answers of 5 people" in text
    assert "Median of the calendar days" in text
    assert "fewer than 5 mentees" in text


def test_the_file_holds_the_figures_of_the_page_and_no_name() -> None:
    people = [appoint(division="=cmd|' /C calc'!A0") for _ in range(6)]
    for person in people[:5]:
        pair_of(person, days=60, talks=(3,))
    appoint(division="Research")
    answered = client_of(facilitator()).get(reverse(FILE), {"period": "365", "by": "division"})
    assert answered["Content-Type"] == "text/csv; charset=utf-8"
    assert answered["Cache-Control"] == "private, no-store"
    assert answered["X-Content-Type-Options"] == "nosniff"
    name = f"mentoring-figures-365-{current_day().isoformat()}.csv"
    assert answered["Content-Disposition"] == f'attachment; filename="{name}"'
    body = answered.content.decode()
    assert body.startswith("\ufeffFigure,")
    assert not any(person.name in body or person.email in body for person in User.objects.all())
    rows = rows_of(found())
    values = {(row["Figure"], row["Group"]): row["Value"] for row in rows}
    assert values["Appointed", "Everybody"] == "7"
    assert values["Agreement signed", "Everybody"] == "fewer than 5"
    assert values["To the first talk", "Everybody"] == "3.0"
    assert values["Has a mentor", "2 groups together"] == "5"
    assert values["Agreement signed", "2 groups together"] == "withheld"
    assert {row["Until"] for row in rows} == {current_day().isoformat()}


def test_no_cell_of_the_file_is_a_formula() -> None:
    for _ in range(5):
        appoint(division="=HYPERLINK(1)")
        appoint(division="@SUM(1)\n+2")
    body = figures_file(found())
    cells = [cell for row in csv.reader(StringIO(body.removeprefix("\ufeff"))) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(line.startswith(("=", "+", "-", "@")) for cell in cells for line in cell.splitlines())


@pytest.mark.parametrize("by", Grouping)
def test_it_costs_the_same_whatever_there_is(by: Grouping) -> None:
    client = client_of(facilitator())
    asked = {"by": by.value}

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(PAGE), asked).status_code == 200
        return len(captured)

    def grow(number: int) -> None:
        person = appoint(division=f"Division {number}")
        ask(person)
        pair = pair_of(person, days=100, talks=(1, 8, 15), signed=True)
        answer(pair, pair.mentee, 4)

    grow(0)
    client.get(reverse(PAGE), asked)
    before = queries()
    for number in range(1, 8):
        grow(number)
    assert queries() == before <= MOST_QUERIES


@pytest.mark.usefixtures("only_told")
def test_the_newest_appointment_of_a_person_counts_once() -> None:
    today = current_day()
    told = [Appointment(7, today, gave_context=False), Appointment(7, today - timedelta(days=9), True)]
    appointments.register("test", lambda since, until: told)
    assert appointed(None, today) == [told[0]]
