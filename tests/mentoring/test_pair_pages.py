"""The pages of a pair: who finds which, what they show, and that they cost the same whatever was talked and written."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from mentoring.choices import NoteFor, PairState, SessionState
from mentoring.models import Agreement, Goal, Mentorship, Note, Pulse, Session
from mentoring.pair_slots import pair_panels
from mentoring.pairs import cases_of, is_of_pair, pairs_of
from mentoring.services.take_snapshots import take_snapshots
from people.data import Panel
from people.models import User
from tests.mentoring.pair_factories import NoteFactory, PairFactory, TalkFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
SECRET = "wombat-orchard"


@pytest.fixture
def pair() -> Mentorship:
    return PairFactory(days=30)


def client_of(person: User) -> Client:
    """A browser signed in as somebody."""
    client = Client()
    client.force_login(person)
    return client


def around(pair: Mentorship) -> dict[str, User]:
    """One of everybody who has, or might think to have, something to do with a pair."""
    boss = UserFactory(name="Line Manager")
    pair.mentee.profile.manager = boss
    pair.mentee.profile.save()
    backup = UserFactory(name="Stand In")
    Mentorship.objects.filter(pk=pair.pk).update(backup=backup)
    return {
        "mentee": pair.mentee,
        "mentor": pair.mentor,
        "backup": backup,
        "manager": boss,
        "coordinator": UserFactory(name="Coordinator", roles=("member", "facilitator")),
        "steward": UserFactory(roles=("member", "steward")),
        "administrator": UserFactory(roles=("member", "administrator")),
        "member": UserFactory(),
    }


OF_PAIR = (
    "pair",
    "agreement",
    "agreement_print",
    "agreement_edit",
    "goals",
    "pulse",
    "pause",
    "rematch",
    "close",
    "propose",
)


def test_who_finds_which_page(pair: Mentorship) -> None:
    talk = TalkFactory(mentorship=pair)
    people = around(pair)
    found: dict[str, set[str]] = {}
    pages = {name: reverse(f"mentoring:{name}", args=[pair.pk]) for name in (*OF_PAIR, "backup", "case")}
    pages["talk"] = talk.get_absolute_url()
    pages["change"] = reverse("mentoring:change", args=[pair.pk, talk.pk])
    pages["calendar"] = reverse("mentoring:calendar", args=[talk.uid])
    pages["coordinate"] = reverse("mentoring:coordinate")
    for name, address in pages.items():
        answers = {who: client_of(person).get(address).status_code for who, person in people.items()}
        assert set(answers.values()) <= {200, 404}, name
        found[name] = {who for who, status in answers.items() if status == 200}
    both = {"mentee", "mentor"}
    assert {name: found[name] for name in OF_PAIR} == dict.fromkeys(OF_PAIR, both)
    assert found["backup"] == {"mentor"}
    assert found["talk"] == found["change"] == found["calendar"] == both
    assert found["case"] == {"coordinator"}
    assert found["coordinate"] == {"coordinator"}


def test_who_stands_in_finds_the_talks_handed_over_and_no_more(pair: Mentorship) -> None:
    people = around(pair)
    talk = TalkFactory(mentorship=pair, host=people["backup"])
    client = client_of(people["backup"])
    assert client.get(talk.get_absolute_url()).status_code == 200
    assert client.get(pair.get_absolute_url()).status_code == 404
    assert pair.get_absolute_url() + '"' not in client.get(talk.get_absolute_url()).content.decode()


VERBS = ("sign", "resume", "write_note", "pause", "rematch", "close", "goals", "pulse", "propose")


def test_nobody_else_acts_on_a_pair(pair: Mentorship) -> None:
    talk, note = TalkFactory(mentorship=pair, days=-1), NoteFactory(mentorship=pair)
    people = around(pair)
    before = list(Mentorship.objects.values()), list(Session.objects.values()), list(Note.objects.values())
    addresses = [reverse(f"mentoring:{verb}", args=[pair.pk]) for verb in VERBS]
    talk_verbs = ("book", "cancel", "held", "missed", "agenda", "change")
    addresses += [reverse(f"mentoring:{verb}", args=[pair.pk, talk.pk]) for verb in talk_verbs]
    addresses.append(reverse("mentoring:drop_note", args=[note.pk]))
    for who in ("backup", "manager", "coordinator", "steward", "administrator", "member"):
        client = client_of(people[who])
        statuses = {client.post(address, {"version": 1}).status_code for address in addresses}
        assert statuses == {404}, who
    after = list(Mentorship.objects.values()), list(Session.objects.values()), list(Note.objects.values())
    assert after == before


def test_predicates_and_querysets_agree(pair: Mentorship) -> None:
    people = around(pair)
    people["manager"].groups.add(people["coordinator"].groups.get(name="facilitator"))
    gone = UserFactory(is_active=False, roles=("member", "facilitator"))
    other = PairFactory()
    pair.refresh_from_db()
    for reader in (*people.values(), gone):
        for one in (pair, other):
            assert is_of_pair(reader, one) == pairs_of(reader).filter(pk=one.pk).exists()
    assert not cases_of(people["manager"]).filter(pk=pair.pk).exists()
    assert cases_of(people["manager"]).filter(pk=other.pk).exists()
    assert cases_of(people["coordinator"]).filter(pk=pair.pk).exists()
    assert not cases_of(gone).exists()


def test_a_facilitator_with_a_part_does_not_coordinate(pair: Mentorship) -> None:
    for person in (pair.mentee, pair.mentor):
        person.groups.add(UserFactory(roles=("facilitator",)).groups.get())
        client = client_of(User.objects.get(pk=person.pk))
        assert client.get(reverse("mentoring:case", args=[pair.pk])).status_code == 404
        page = client.get(reverse("mentoring:coordinate")).content.decode()
        assert pair.mentee.name not in page.split("<main", 1)[1].split("</main", 1)[0]


def test_a_private_note_is_nobody_elses_anywhere(pair: Mentorship) -> None:
    people = around(pair)
    NoteFactory(mentorship=pair, body=SECRET)
    talk = TalkFactory(mentorship=pair)
    addresses = [reverse(f"mentoring:{name}", args=[pair.pk]) for name in (*OF_PAIR, "case")]
    addresses += [talk.get_absolute_url(), reverse("mentoring:calendar", args=[talk.uid])]
    addresses += [reverse("mentoring:coordinate"), "/search/?q=orchard", "/notices/", "/"]
    for who, person in people.items():
        client = client_of(person)
        found = [url for url in addresses if SECRET in client.get(url).content.decode()]
        assert found == ([pair.get_absolute_url()] if who == "mentee" else []), who
    note = Note.objects.get()
    note.visibility = NoteFor.PAIR
    note.save()
    assert SECRET in client_of(pair.mentor).get(pair.get_absolute_url()).content.decode()


def test_a_pulse_is_read_by_the_coordinator_alone(pair: Mentorship) -> None:
    people = around(pair)
    client = client_of(pair.mentee)
    address = reverse("mentoring:pulse", args=[pair.pk])
    answer = client.post(address, {"fit": "good", "value": "2", "comment": SECRET})
    assert answer["Location"] == pair.get_absolute_url()
    assert client.get(address).status_code == 404
    case = reverse("mentoring:case", args=[pair.pk])
    text = client_of(people["coordinator"]).get(case).content.decode()
    assert SECRET in text
    assert "A talk was worth 2 of 5." in text
    for name in ("mentor", "mentee", "backup", "manager", "steward", "administrator"):
        assert SECRET not in client_of(people[name]).get(pair.get_absolute_url()).content.decode()


def test_a_poor_fit_is_led_to_another_match(pair: Mentorship) -> None:
    address = reverse("mentoring:pulse", args=[pair.pk])
    answer = client_of(pair.mentee).post(address, {"fit": "poor", "value": "3"})
    assert answer["Location"] == reverse("mentoring:rematch", args=[pair.pk])
    page = client_of(pair.mentee).get(answer["Location"]).content.decode()
    assert "nobody&#x27;s fault" in page
    answer = client_of(pair.mentee).post(answer["Location"])
    assert answer["Location"] == reverse("mentoring:choose")
    assert client_of(pair.mentee).get(pair.get_absolute_url()).status_code == 200


def test_a_time_outside_working_hours_is_warned_of_then_taken(pair: Mentorship) -> None:
    client = client_of(pair.mentee)
    address = reverse("mentoring:propose", args=[pair.pk])
    sunday = timezone.localdate() + timedelta(days=13 - timezone.localdate().weekday())
    times = {"day": sunday.isoformat(), "clock": "10:00", "minutes": "25"}
    page = client.post(address, times)
    assert page.status_code == 422
    assert page.content.decode().count("does not work then") == 2
    assert not Session.objects.exists()
    seen = page.context["seen"]
    assert client.post(address, {**times, "clock": "11:00", "seen": seen}).status_code == 422
    assert client.post(address, {**times, "seen": seen}).status_code == 302
    assert Session.objects.get().start.astimezone(pair.mentee.profile.zone).hour == 10


@pytest.mark.parametrize(("day", "clock"), [("2031-03-30", "02:30"), ("2031-13-01", "10:00"), ("", "")])
def test_a_time_that_cannot_be_is_refused(pair: Mentorship, day: str, clock: str) -> None:
    address = reverse("mentoring:propose", args=[pair.pk])
    page = client_of(pair.mentee).post(address, {"day": day, "clock": clock, "minutes": "25", "seen": "x"})
    assert page.status_code == 422
    assert not Session.objects.exists()


def test_the_calendar_file_follows_the_talk(pair: Mentorship) -> None:
    client = client_of(pair.mentee)
    talk = TalkFactory(mentorship=pair)
    address = reverse("mentoring:calendar", args=[talk.uid])

    def event() -> tuple[str, str, int]:
        calendar = Calendar.from_ical(client.get(address).content)
        (found,) = calendar.walk("VEVENT")
        return str(calendar["METHOD"]), str(found["UID"]), int(found["SEQUENCE"])

    method, uid, sequence = event()
    assert (method, sequence) == ("REQUEST", 0)
    times = {"day": "2031-04-01", "clock": "10:00", "minutes": "25"}
    client.post(reverse("mentoring:change", args=[pair.pk, talk.pk]), times)
    assert event() == ("REQUEST", uid, 1)
    client.post(reverse("mentoring:cancel", args=[pair.pk, talk.pk]))
    assert event() == ("CANCEL", uid, 2)
    proposed = TalkFactory(mentorship=pair, state=SessionState.PROPOSED)
    assert client.get(reverse("mentoring:calendar", args=[proposed.uid])).status_code == 404


def test_goals_and_notes_come_back_as_typed_where_they_cannot_be_kept(pair: Mentorship) -> None:
    client = client_of(pair.mentee)
    page = client.post(
        reverse("mentoring:goals", args=[pair.pk]), {"title_0": "Lead a committee", "progress_0": "101"}
    )
    assert page.status_code == 422
    assert "Lead a committee" in page.content.decode()
    page = client.post(
        reverse("mentoring:write_note", args=[pair.pk]), {"body": "kept words", "visibility": "all"}
    )
    assert page.status_code == 422
    assert "kept words" in page.content.decode()
    assert not Goal.objects.exists()


def test_nobody_signs_or_changes_a_first_agreement_in_other_words_than_they_read(pair: Mentorship) -> None:
    """Until somebody signs, it is made of the letter and the goals, and is version 1 whatever these say."""
    client = client_of(pair.mentee)
    sign, edit = (reverse(f"mentoring:{name}", args=[pair.pk]) for name in ("sign", "agreement_edit"))
    read = hidden(client.get(reverse("mentoring:agreement", args=[pair.pk])).content.decode())
    begun = hidden(client.get(edit).content.decode())
    Goal.objects.create(mentorship=pair, title="Lead a committee", created=timezone.now())
    page = client.post(sign, read, follow=True).content.decode()
    assert "The text has changed since you read it." in page
    refused = client.post(edit, begun | {"text": "typed words"})
    assert refused.status_code == 422
    assert "has changed the text meanwhile" in refused.content.decode()
    assert "typed words" in refused.content.decode()
    assert not Agreement.objects.exists()
    client.post(sign, hidden(page))
    (kept,) = Agreement.objects.all()
    assert kept.signed_mentee is not None
    assert "Lead a committee" in kept.text


def hidden(page: str) -> dict[str, str]:
    """What the forms of a page send beside what somebody types."""
    fields = [tag for tag in re.findall(r"<input[^>]*>", page) if 'type="hidden"' in tag]
    pairs = [re.search(r'name="([^"]+)"(?:.*?value="([^"]*)")?', tag) for tag in fields]
    return {found[1]: found[2] or "" for found in pairs if found is not None}


def test_a_closed_pair_is_read_only(pair: Mentorship) -> None:
    client = client_of(pair.mentee)
    look = {"value": "5", "recommends": "yes", "note": "Ask early.\nAsk often."}
    assert client.post(reverse("mentoring:close", args=[pair.pk]), look).status_code == 302
    page = client_of(pair.mentor).get(pair.get_absolute_url()).content.decode()
    assert "Ask early." in page
    assert "Add your look back" in page
    for name in ("goals", "propose", "pause", "rematch", "agreement_edit"):
        assert client.get(reverse(f"mentoring:{name}", args=[pair.pk])).status_code == 404


def counted(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_the_page_of_a_pair_costs_the_same_with_much_on_it(pair: Mentorship) -> None:
    client = client_of(pair.mentee)
    NoteFactory(mentorship=pair)
    TalkFactory(mentorship=pair)
    few = counted(lambda: client.get(pair.get_absolute_url()))
    for number in range(12):
        NoteFactory(mentorship=pair, visibility=NoteFor.PAIR, author=pair.mentor)
        TalkFactory(mentorship=pair, days=-number, state=SessionState.HELD)
        Goal.objects.create(mentorship=pair, title=f"Goal {number}", created=timezone.now())
    assert counted(lambda: client.get(pair.get_absolute_url())) == few
    assert few < 25


def test_the_coordinators_page_costs_the_same_with_many_pairs_and_shows_red_first(pair: Mentorship) -> None:
    client = client_of(UserFactory(roles=("member", "facilitator")))
    address = reverse("mentoring:coordinate")
    few = counted(lambda: client.get(address))
    for number in range(12):
        other = PairFactory(days=number, mentee__name=f"Mentee {number}")
        TalkFactory(mentorship=other)
    assert counted(lambda: client.get(address)) == few
    now = timezone.now()
    answer = {"asked": now, "answered": now, "fit": "poor", "value": 4}
    Pulse.objects.create(mentorship=other, person=other.mentee, day=14, **answer)
    assert take_snapshots() == 13
    assert counted(lambda: client.get(address)) < few
    cases = client.get(address).context["cases"]
    assert [case.tone for case in cases][:1] == ["bad"]
    assert {case.mentee for case in cases if "The fit was called poor." in case.reasons} == {"Mentee 11"}


def test_paused_pairs_ask_for_nothing(pair: Mentorship) -> None:
    client = client_of(pair.mentee)
    assert client.post(reverse("mentoring:pause", args=[pair.pk])).status_code == 302
    pair.refresh_from_db()
    assert pair.state == PairState.PAUSED
    page = client.get(pair.get_absolute_url()).content.decode()
    assert "Go on after the pause" in page
    assert client.get(reverse("mentoring:pulse", args=[pair.pk])).status_code == 404


def test_a_panel_of_another_room_is_for_the_two_alone(pair: Mentorship) -> None:
    def steps(mentee: int, mentor: int, reader: object) -> Panel:
        assert getattr(reader, "pk", None) in (mentee, mentor)
        return Panel("mentoring/person_panel.html", {"status": {"label": "Step 777"}})

    coordinator = UserFactory(roles=("member", "facilitator"))
    pair_panels.register("steps of the test", steps)
    try:
        for person in (pair.mentee, pair.mentor):
            assert "777" in client_of(person).get(pair.get_absolute_url()).content.decode()
        case = reverse("mentoring:case", args=[pair.pk])
        assert "777" not in client_of(coordinator).get(case).content.decode()
    finally:
        pair_panels.unregister("steps of the test")
