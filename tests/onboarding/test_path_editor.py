"""The editor of the path: whom an edit reaches, what stays, two editors at once, placeholders, and who may come here."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Event
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from core.models import AuditEntry
from mentoring.agreement_text import first_text
from onboarding.choices import JourneyState, StepState
from onboarding.editor_forms import StepForm
from onboarding.letter_values import links_of, values_of
from onboarding.models import Journey, JourneyTemplate, Letter, RoleAppointment, Step, StepTemplate
from onboarding.placeholders import APPOINTMENT, APPOINTMENT_LINKS, USES, sample
from onboarding.reading.editing import effect_of
from onboarding.services.edit_letter import edit_letter
from onboarding.services.edit_step import EditConflict, StepEdit, edit_step
from onboarding.services.finish_step import finish_step
from onboarding.services.load_onboarding import load_onboarding
from onboarding.services.pause_journey import pause_journey, resume_journey
from onboarding.services.tick_talk import tick_talk
from people.models import User
from tests.onboarding.appointing import MONDAY, begun_on_monday, client_of
from tests.people.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("written")]


@pytest.fixture
def editor() -> User:
    return UserFactory.create(name="Fay Facilitator", roles=("facilitator",))


def step_of(code: str = "S9") -> StepTemplate:
    return StepTemplate.objects.get(code=code)


def edit_of(step: StepTemplate, **changes: Any) -> StepEdit:
    names = ("title", "why", "text", "done_when", "due_day", "short_day", "minutes", "is_required")
    standing = {name: getattr(step, name) for name in names}
    texts = {branch.when: branch.text for branch in step.branches.all()}
    return StepEdit(**{**standing, "branches": texts, **changes})


def edited(editor: User, code: str = "S9", **changes: Any) -> bool:
    step = step_of(code)
    return edit_step(actor=editor, step_id=step.pk, edit=edit_of(step, **changes), seen=step.version)


def own(person: User, code: str = "S9") -> Step:
    return Step.objects.select_related("template").get(journey__person=person, template__code=code)


def test_open_steps_follow_and_done_ones_keep_words_and_day(editor: User) -> None:
    early, late = begun_on_monday(), begun_on_monday()
    finish_step(person_id=early.pk, code="S9", kind="act", object_id=1)
    was, day = step_of().title, own(early).due
    assert edited(editor, title="Draw who matters", due_day=25, branches={"startup": "Begin with five."})
    assert (own(early).title, own(early).due) == (was, day)
    assert (own(late).title, own(late).due) == ("Draw who matters", date(2026, 11, 27))
    page = client_of(early).get(reverse("onboarding:step", args=["S9"])).content.decode()
    assert was in page
    assert "Draw who matters" not in page


def test_each_done_step_keeps_the_words_of_its_own_time(editor: User) -> None:
    first, second, third = begun_on_monday(), begun_on_monday(), begun_on_monday()
    was = step_of().title
    finish_step(person_id=first.pk, code="S9", kind="act", object_id=1)
    edited(editor, title="Second title")
    finish_step(person_id=second.pk, code="S9", kind="act", object_id=1)
    edited(editor, title="Third title")
    assert [own(person).title for person in (first, second, third)] == [was, "Second title", "Third title"]


def test_a_new_day_respects_leave_days_off_and_the_short_path(editor: User) -> None:
    plain, away, experienced = begun_on_monday(), begun_on_monday(), begun_on_monday(is_experienced=True)
    for code in ("S3",):
        assert own(experienced, code).due == date(2026, 11, 4)
    pause_journey(person=away, on=date(2026, 11, 4))
    resume_journey(person=away, on=date(2026, 11, 14))
    before = own(away).due
    edited(editor, due_day=26)  # a Saturday
    assert own(plain).due == date(2026, 11, 30)
    assert own(away).due >= before + timedelta(days=6)
    edited(editor, "S3", due_day=9)
    assert own(experienced, "S3").due == date(2026, 11, 4)


def test_a_day_of_the_short_path_moves_the_experienced_alone(editor: User) -> None:
    plain, experienced = begun_on_monday(), begun_on_monday(is_experienced=True)
    url, before = reverse("onboarding:path_step", args=["S3"]), own(plain, "S3").due
    looked = client_of(editor).post(url, form_of(step_of("S3"), short_day=9))
    assert looked.context["effect"].moving == 1
    assert "short path: day 9" in looked.content.decode()
    assert client_of(editor).post(url, form_of(step_of("S3"), short_day=9, act="save")).status_code == 302
    assert (own(plain, "S3").due, own(experienced, "S3").due) == (before, date(2026, 11, 11))
    assert AuditEntry.objects.get(action="step_template.edit").changes["short_day"] == ["2", "9"]


def test_which_steps_the_short_path_has_stays_as_it_is(editor: User) -> None:
    short = {code: step_of(code).short_day for code in ("S1", "S3", "S5", "S7", "S13")}
    assert short == {"S1": 1, "S3": 2, "S5": 7, "S7": 14, "S13": 45}
    assert StepTemplate.objects.exclude(short_day=None).count() == len(short)
    page = client_of(editor).get(reverse("onboarding:path_step", args=["S9"])).content.decode()
    assert 'name="short_day"' not in page
    for code, day in (("S9", 12), ("S3", None)):
        with pytest.raises(ValidationError):
            edited(editor, code, short_day=day)
    empty = client_of(editor).post(
        reverse("onboarding:path_step", args=["S3"]), form_of(step_of("S3"), short_day="", act="save")
    )
    assert empty.status_code == 422


def test_an_edit_that_changes_nothing_and_one_of_a_moved_text_leave_their_trace(editor: User) -> None:
    assert not edited(editor)
    assert not AuditEntry.objects.filter(action="step_template.edit").exists()
    assert edited(editor, branches={"startup": "Begin with five."}, is_required=True)
    trail = AuditEntry.objects.get(action="step_template.edit")
    assert trail.actor_id == editor.pk
    assert trail.changes["text for startup"][1] == "Begin with five."
    assert (step_of().version, JourneyTemplate.objects.get().version) == (2, 2)


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(editor: User) -> None:
    step = step_of()
    edited(editor, title="The faster one")
    with pytest.raises(EditConflict):
        edit_step(
            actor=editor, step_id=step.pk, edit=edit_of(step, title="The slower one"), seen=step.version
        )
    assert step_of().title == "The faster one"


def test_loading_again_keeps_an_edit(editor: User) -> None:
    edited(editor, title="Draw who matters")
    letter = Letter.objects.get(key="welcome")
    edit_letter(actor=editor, key="welcome", subject="Hello {first_name}", body=letter.body, seen=1)
    load_onboarding()
    assert step_of().title == "Draw who matters"
    assert Letter.objects.get(key="welcome").subject == "Hello {first_name}"


def test_the_effect_counts_open_paths_done_steps_and_dates(editor: User) -> None:
    people = [begun_on_monday() for _number in range(3)]
    finish_step(person_id=people[0].pk, code="S9", kind="act", object_id=1)
    Journey.objects.filter(person=people[1]).update(state=JourneyState.CANCELLED)
    effect = effect_of(step_of(), edit_of(step_of(), due_day=25), now=MONDAY)
    assert (effect.open, effect.done, effect.moving, effect.overdue) == (1, 1, 1, 0)
    late = effect_of(step_of(), edit_of(step_of(), due_day=1), now=MONDAY + timedelta(days=10))
    assert late.overdue == 1


def test_a_step_that_need_not_be_done_ends_no_path_later_and_reminds_nobody(editor: User) -> None:
    person = begun_on_monday()
    codes = list(Step.objects.filter(journey__person=person).values_list("template__code", flat=True))
    for code in codes:
        if code != "S9":
            finish_step(person_id=person.pk, code=code, kind="act", object_id=1)
    assert effect_of(step_of(), edit_of(step_of(), is_required=False)).ends == 1
    edited(editor, is_required=False)
    assert Journey.objects.get(person=person).state == JourneyState.COMPLETED
    assert own(person).state == StepState.SKIPPED
    page = client_of(person).get(reverse("onboarding:step", args=["S9"])).content.decode()
    assert "your manager has not yet" not in page


@pytest.mark.parametrize(
    ("subject", "body", "field", "words"),
    [
        ("Hello {nickname}", "Text", "subject", "{nickname}"),
        ("Hello", "Dear {frist_name}", "body", "{first_name}"),
        ("Open {journey_link}", "Text", "subject", "{journey_link}"),
        ("Hello", "Dear {first name}", "body", "braces"),
    ],
)
def test_a_placeholder_that_nothing_fills_is_refused(
    editor: User, subject: str, body: str, field: str, words: str
) -> None:
    url = reverse("onboarding:path_letter", args=["welcome"])
    answer = client_of(editor).post(url, {"subject": subject, "body": body, "seen": 1, "act": "save"})
    assert answer.status_code == 422
    assert words in answer.context["form"].errors[field][0]
    assert body in answer.content.decode()
    assert Letter.objects.get(key="welcome").version == 1


def test_what_stood_in_a_letter_may_stay_and_is_said_to_go_to_nobody(editor: User) -> None:
    letter = Letter.objects.get(key="digest")
    body = letter.body.replace("Due this week", "This week")
    shown = sample("digest", subject=letter.subject, body=body)
    assert any("{topic_list}" in line for line in shown.left_out)
    assert edit_letter(actor=editor, key="digest", subject=letter.subject, body=body, seen=1)


def test_an_agreement_begins_with_the_letter_as_it_is_worded_now(editor: User) -> None:
    Letter.objects.filter(key="mentoring_agreement").update(
        body="{mentor_name} and {mentee_name} meet {cadence}."
    )
    text = first_text(
        mentee="Nia", mentor="Amara", cadence="weekly", begins=date(2026, 11, 9), ends=date(2027, 5, 10)
    )
    assert text == "Amara and Nia meet weekly."
    Letter.objects.all().delete()
    assert "Our goals: we write them down in the first talk" in first_text(
        mentee="Nia", mentor="Amara", cadence="weekly", begins=date(2026, 11, 9), ends=date(2027, 5, 10)
    )


def test_placeholders_are_those_that_code_fills() -> None:
    begun_on_monday(share_of_time=60)
    appointment = RoleAppointment.objects.select_related("person__profile__manager", "journey").get()
    assert set(values_of(appointment, appointment.person)) == set(APPOINTMENT)
    assert set(links_of(appointment, appointment.person)) == set(APPOINTMENT_LINKS)


def test_no_sample_shows_braces() -> None:
    for letter in Letter.objects.filter(key__in=USES):
        shown = sample(letter.key, subject=letter.subject, body=letter.body)
        parts = [part.words for paragraph in shown.filled.paragraphs for part in paragraph]
        assert "{" not in shown.filled.subject + "".join(parts)


def form_of(step: StepTemplate, **changes: object) -> dict[str, object]:
    names = ("title", "why", "text", "done_when", "due_day", "minutes")
    texts = {f"for_{branch.when}": branch.text for branch in step.branches.all()}
    standing = {name: getattr(step, name) for name in names}
    if step.short_day is not None:
        standing["short_day"] = step.short_day
    return {**standing, **texts, "is_required": "on", "seen": step.version, "act": "look", **changes}


def test_a_facilitator_looks_first_and_saves_then(editor: User) -> None:
    begun_on_monday()
    finish_step(person_id=begun_on_monday().pk, code="S9", kind="act", object_id=1)
    client, url = client_of(editor), reverse("onboarding:path_step", args=["S9"])
    typed = form_of(step_of(), title="Draw who matters", due_day=25)
    page = client.post(url, typed).content.decode()
    assert "Affects 1 open path." in page
    assert "1 done step stays as it is." in page
    assert "Fri 27 Nov 2026" in page
    assert step_of().version == 1
    back = client.post(url, {**typed, "act": "change"})
    assert (back.status_code, 'value="Draw who matters"' in back.content.decode()) == (200, True)
    assert client.post(url, {**typed, "act": "save"}).status_code == 302
    assert step_of().title == "Draw who matters"


def test_who_has_taken_the_self_check_shows_in_no_figure(editor: User) -> None:
    people = [begun_on_monday() for _number in range(2)]
    client, url = client_of(editor), reverse("onboarding:path_step", args=["S5"])
    pages = []
    for _round in range(2):
        looked = client.post(url, form_of(step_of("S5"), due_day=40))
        listed = client.get(reverse("onboarding:path"))
        pages.append([looked.context["effect"], listed.context["steps"][4].told])
        assert "told to nobody" in looked.content.decode()
        assert "told to nobody" in listed.content.decode()
        finish_step(person_id=people[0].pk, code="S5", kind="self_check", object_id=people[0].pk)
    assert pages[0] == pages[1]
    assert edited(editor, "S5", title="Rate yourself")
    assert own(people[1], "S5").title == "Rate yourself"
    assert own(people[0], "S5").title != "Rate yourself"


@pytest.mark.parametrize("act", ["look", "save"])
def test_the_slower_editor_sees_both_texts_and_may_save_then(editor: User, act: str) -> None:
    client, url = client_of(editor), reverse("onboarding:path_step", args=["S9"])
    typed = form_of(step_of(), title="The slower one")
    edited(editor, title="The faster one")
    refused = client.post(url, {**typed, "act": act})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "The faster one" in page
    assert 'value="The slower one"' in page
    assert 'name="seen" value="2"' in page
    assert client.post(url, {**typed, "seen": 2, "act": "save"}).status_code == 302
    assert step_of().title == "The slower one"


def test_a_tick_that_stands_now_is_said_in_words(editor: User) -> None:
    step = step_of()
    assert StepForm(data_of(form_of(step)), step=step, labels={}).compare() == []
    edited(editor, is_required=False)
    with translation.override("de"):
        assert [now for _label, now in StepForm(data_of(form_of(step)), step=step, labels={}).compare()] == [
            "Nein"
        ]


def data_of(typed: dict[str, object]) -> QueryDict:
    return QueryDict(urlencode(typed))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["finish", "edit"])
def test_the_last_step_done_while_another_need_not_be_any_more_ends_the_path(
    editor: User, first: str
) -> None:
    person, held, other_is_through = begun_on_monday(), Event(), Event()
    finish_all(person, but={"S4", "S9"})
    Step.objects.filter(template__code="S4").update(ticks=["person"])
    acts: dict[str, Callable[[], bool]] = {
        "finish": lambda: tick_talk(manager=editor, person_id=person.pk),
        "edit": lambda: edited(editor, is_required=False),
    }
    act_first = acts.pop(first)
    (act_second,) = acts.values()

    def holds() -> None:
        with closing_connections(), transaction.atomic():
            assert act_first()
            held.set()
            other_is_through.wait(1)

    def follows() -> None:
        with closing_connections():
            assert held.wait(10)
            assert act_second()
            other_is_through.set()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(holds), pool.submit(follows)]:
            done.result(30)
    assert Journey.objects.get(person=person).state == JourneyState.COMPLETED


def finish_all(person: User, *, but: set[str]) -> None:
    steps = Step.objects.filter(journey__person=person).exclude(template__code__in=but)
    for code in list(steps.values_list("template__code", flat=True)):
        finish_step(person_id=person.pk, code=code, kind="act", object_id=1)


@contextmanager
def closing_connections() -> Iterator[None]:
    try:
        yield
    finally:
        connections.close_all()


@pytest.mark.parametrize("role", ["member", "contributor", "steward", "administrator"])
def test_only_facilitators_come_here(role: str) -> None:
    client = client_of(UserFactory.create(roles=(role,)))
    for url in (
        reverse("onboarding:path"),
        reverse("onboarding:path_step", args=["S9"]),
        reverse("onboarding:path_letter", args=["welcome"]),
    ):
        assert client.get(url).status_code == 404
    assert client.post(reverse("onboarding:path_step", args=["S9"]), form_of(step_of())).status_code == 404


def test_the_list_and_the_preview_cost_the_same_however_many_are_on_the_path(
    editor: User, django_assert_max_num_queries: Any
) -> None:
    client, url = client_of(editor), reverse("onboarding:path_step", args=["S9"])
    for _number in range(4):
        begun_on_monday()
    client.get(reverse("onboarding:path"))
    with django_assert_max_num_queries(12):
        client.get(reverse("onboarding:path"))
    with django_assert_max_num_queries(17):
        client.post(url, form_of(step_of(), due_day=25))
