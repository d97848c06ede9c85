"""Completing a lesson after it was submitted, and answering what came back: by its author, until it is screened."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.test import Client

from core.audiences import COMMUNITY, PRACTITIONERS
from core.models import AuditEntry, Vocabulary
from lessons.choices import ReviewAct, Status
from lessons.models import Lesson, LessonReview
from lessons.permissions import completable, may_complete
from lessons.services.audience import change_audience
from lessons.services.complete import complete_lesson
from people.models import User
from people.roles import Role
from tests.core.hostile import attacks, naughty_strings
from tests.lessons.factories import LessonFactory, term, vocabularies
from tests.lessons.pages import queries
from tests.lessons.writing import Writer
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
MOST_FORM_QUERIES = 30
LONG_ENOUGH = (
    "The samples stood at customs for 12 days because a form was missing, and two of four batches were lost."
)
NAMED = {
    "title": "Samples waited for a customs form",
    "advice_who": "The lead",
    "advice_does": "lists the forms",
}


@pytest.fixture
def author(client: Client) -> User:
    vocabularies()
    person = UserFactory(name="Ruth Sandberg")
    client.force_login(person)
    return person


def submitted(author: User, **fields: Any) -> Lesson:
    """A lesson that waits for its screener."""
    values = {
        "status": Status.SUBMITTED,
        "author": author,
        "advice_when": "before the first shipment",
        **NAMED,
    }
    values["alliance_type"] = term(Vocabulary.ALLIANCE_TYPE, "codev")
    values["whys"] = ["Nobody knew of the form"]
    values["phase"] = term(Vocabulary.LIFECYCLE_PHASE, "startup")
    return LessonFactory(code="L26", quality=0, **{**values, **fields})


def test_what_is_added_is_stored_rendered_audited_and_scored(client: Client, author: User) -> None:
    lesson = submitted(author)
    writer = Writer(client, "/lessons/L26/complete/")
    assert "L26 is submitted" in writer.page
    more = {
        "evidence": "Minutes of **3 May**, tracker of week 19",
        "why_1": "Nobody knew of the form",
        "why_2": "No list of forms is kept",
        "activity": "CE2",
        "causes": "misaligned",
        "impact_days": "12",
    }
    assert writer.press(**more) == 302
    stored = Lesson.objects.get(pk=lesson.pk)
    assert stored.whys == ["Nobody knew of the form", "No list of forms is kept"]
    assert "<strong>3 May</strong>" in stored.rendered["evidence"][0]
    assert (stored.activity.code, stored.component.code) == ("CE2", "CE")
    assert [cause.code for cause in stored.causes.all()] == ["misaligned"]
    assert stored.quality >= 4
    assert stored.status == Status.SUBMITTED
    entry = AuditEntry.objects.filter(object_id=str(lesson.pk)).latest("pk")
    assert (entry.action, entry.actor) == ("lesson.edit", author)


def test_the_advice_follows_its_parts_until_it_is_written_by_hand(client: Client, author: User) -> None:
    lesson = submitted(author, recommendation="The lead lists the forms before the first shipment.")
    writer = Writer(client, "/lessons/L26/complete/")
    assert writer.values["recommendation"] == ""
    writer.press(advice_when="by day 30")
    assert Lesson.objects.get(pk=lesson.pk).recommendation == "The lead lists the forms by day 30."
    Writer(client, "/lessons/L26/complete/").press(recommendation="By day 30, the lead lists **all** forms.")
    Writer(client, "/lessons/L26/complete/").press(advice_when="by day 40")
    assert Lesson.objects.get(pk=lesson.pk).recommendation == "By day 30, the lead lists **all** forms."


def test_a_returned_lesson_says_what_is_asked_and_goes_back(client: Client, author: User) -> None:
    lesson = submitted(author, status=Status.RETURNED)
    LessonReview.objects.create(
        lesson=lesson, act=ReviewAct.RETURNED, note="Which form was it, <b>in general</b>?"
    )
    writer = Writer(client, "/lessons/L26/complete/")
    assert "Which form was it, &lt;b&gt;in general&lt;/b&gt;?" in writer.page
    assert writer.press(happened="An import permit was missing for 12 days.") == 302
    stored = Lesson.objects.get(pk=lesson.pk)
    assert (stored.status, stored.happened) == (Status.SUBMITTED, "An import permit was missing for 12 days.")
    last = stored.reviews.last()
    assert (last.act, last.by) == (ReviewAct.SUBMITTED, author)


def test_an_unnamed_author_is_named_nowhere_by_completing(client: Client, author: User) -> None:
    submitted(author, status=Status.RETURNED, unnamed=True)
    Writer(client, "/lessons/L26/complete/").press(evidence="Minutes of 3 May")
    assert not AuditEntry.objects.filter(actor=author, object_type="lessons.lesson").exists()
    assert not LessonReview.objects.filter(by=author).exists()


def test_errors_and_findings_lose_nothing(client: Client, author: User) -> None:
    submitted(author)
    writer = Writer(client, "/lessons/L26/complete/")
    assert writer.press(title="Late", evidence="kept\n") == 422
    assert writer.values["evidence"] == "kept\n"
    assert writer.press(title=NAMED["title"], context="With Corvexa in the first year") == 200
    assert "“Corvexa” may be a company name." in writer.page
    assert writer.press("draft") == 302
    assert Writer(client, "/lessons/L26/complete/").values["context"] == "With Corvexa in the first year"


def people(author: User) -> Iterator[object]:
    """Whoever may come by."""
    yield author
    yield AnonymousUser()
    yield UserFactory(is_practitioner=True)
    yield from (UserFactory(roles=(role,), is_practitioner=True) for role in Role)


def test_only_the_author_and_only_until_it_is_screened(author: User) -> None:
    lessons = [
        LessonFactory(status=status, audience=audience, author=who)
        for status, audience, who in product(Status, (COMMUNITY, PRACTITIONERS), (author, None))
    ]
    for reader in people(author):
        allowed = set(completable(Lesson.objects.all(), reader))
        assert allowed == {lesson for lesson in lessons if may_complete(reader, lesson)}
        assert all(lesson.author == reader for lesson in allowed)
        assert {lesson.status for lesson in allowed} <= {Status.DRAFT, Status.SUBMITTED, Status.RETURNED}
    assert completable(Lesson.objects.all(), author).count() == 3


@pytest.mark.parametrize("status", [Status.SCREENED, Status.PUBLISHED, Status.ARCHIVED])
def test_the_page_of_a_lesson_that_moved_on_is_not_there_and_keeps_what_its_author_typed(
    client: Client, author: User, status: Status
) -> None:
    submitted(author, status=status)
    address, typed = (
        "/lessons/L26/complete/",
        {"title": "Samples waited", "happened": "Two batches were lost."},
    )
    assert client.get(address).status_code == 404
    answer = client.post(address, typed, follow=True)
    assert "moved on" in answer.content.decode()
    assert "Two batches were lost." in answer.content.decode()
    client.force_login(UserFactory(roles=(Role.STEWARD,)))
    assert client.post(address, typed).status_code == 404


def test_nobody_else_opens_it_and_the_service_refuses_too(author: User) -> None:
    lesson = submitted(author)
    steward = UserFactory(roles=(Role.STEWARD,))
    other = Client()
    other.force_login(steward)
    assert other.get("/lessons/L26/complete/").status_code == 404
    with pytest.raises(ValidationError):
        complete_lesson(lesson=lesson, causes=[], author=steward)
    Lesson.objects.update(status=Status.SCREENED)
    with pytest.raises(ValidationError):
        complete_lesson(lesson=lesson, causes=[], author=author)


def test_the_form_asks_a_constant_number_of_queries(client: Client, author: User) -> None:
    submitted(author)
    few = queries(client, "/lessons/L26/complete/")
    LessonFactory.create_batch(20, author=author)
    assert queries(client, "/lessons/L26/complete/") == few <= MOST_FORM_QUERIES


def test_saving_undoes_no_narrowing_that_came_meanwhile(author: User) -> None:
    author.is_practitioner = True
    author.save()
    lesson = submitted(author)
    change_audience(lesson_id=lesson.pk, audience=PRACTITIONERS, actor=None)
    lesson.title = "Samples waited for one customs form"
    with pytest.raises(ValidationError, match="has moved on"):
        complete_lesson(lesson=lesson, causes=[], author=author)
    assert Lesson.objects.get(pk=lesson.pk).audience == PRACTITIONERS


BODIES = (
    "context",
    "planned",
    "happened",
    "impact_relationship",
    "evidence",
    "recommendation",
    "proposed_change",
)
LINES = ("title", "summary", "impact_text", "advice_who", "advice_does", "advice_when", "why_1")


def test_the_second_of_two_windows_overwrites_nothing_and_may_join_both(client: Client, author: User) -> None:
    lesson = submitted(author)
    address = f"{lesson.get_absolute_url()}complete/"
    first, second = Writer(client, address), Writer(client, address)
    assert first.press(happened=f"{LONG_ENOUGH} The first window.") == 302
    assert second.press(happened=f"{LONG_ENOUGH} The second window.") == 422
    assert "The lesson was changed meanwhile." in second.page
    assert "The first window." in second.page
    assert second.values["happened"].endswith("The second window.")
    assert Lesson.objects.get(pk=lesson.pk).happened.endswith("The first window.")
    assert second.press(happened=f"{LONG_ENOUGH} Both windows.") == 302
    assert Lesson.objects.get(pk=lesson.pk).happened.endswith("Both windows.")


def test_a_lesson_may_go_back_and_forth(client: Client, author: User) -> None:
    lesson = submitted(author)
    for title in ("Samples waited", "Samples stood", "Samples waited", "Samples stood"):
        writer = Writer(client, f"/lessons/{lesson.key}/complete/")
        values = writer.values | writer.several | {"title": title, "act": "post", "seen": ["Samples"]}
        for _click in range(2):
            assert client.post(writer.action, values).status_code == 302
        lesson.refresh_from_db()
        assert lesson.title == title


def test_a_choice_that_somebody_else_changed_is_said_in_words(client: Client, author: User) -> None:
    lesson = submitted(author)
    address = f"{lesson.get_absolute_url()}complete/"
    first, second = Writer(client, address), Writer(client, address)
    assert first.press(happened=LONG_ENOUGH, impact_days="5", outcome="positive") == 302
    assert second.press(happened=LONG_ENOUGH, impact_days="7") == 422
    now = second.page[second.page.index("What stands now") :]
    now = now[: now.index("</section>")]
    assert ">5<" in now
    assert ">Went well<" in now
    assert second.press(happened=LONG_ENOUGH, impact_days="7") == 302
    assert Lesson.objects.get(pk=lesson.pk).impact_days == 7


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(8))
def test_every_hostile_string_comes_back_as_typed(client: Client, author: User, part: int) -> None:
    """A string a field, so that each passes through a body and a line: bodies byte for byte as a browser sends them."""
    lesson = submitted(author)
    address = f"{lesson.get_absolute_url()}complete/"
    known = [text for text in (*naughty_strings(), *attacks()) if "\0" not in text][part::8]
    for start in range(0, len(known), len(BODIES)):
        texts = [
            text.replace("\r\n", "\n").replace("\r", "\n")[:1_800] for text in known[start:][: len(BODIES)]
        ]
        bodies = {name: f"{LONG_ENOUGH}\n\n{text}" for name, text in zip(BODIES, texts, strict=False)}
        words = [" ".join(text.split())[:60] for text in texts]
        lines = {name: f"A line with {word}" for name, word in zip(LINES, words, strict=False)}
        writer = Writer(client, address)
        status = writer.press(**bodies, **lines)
        if status == 200:  # the name guard asks once
            status = writer.press()
        assert status == 302, (texts, re.findall(r'<li><a href="#id.*', writer.page))
        stored = Lesson.objects.get(pk=lesson.pk)
        assert {name: getattr(stored, name) for name in bodies} == bodies
        assert stored.title.split() == lines["title"].split()
        page = client.get(lesson.get_absolute_url()).content.decode()
        main = page[page.index('id="main"') : page.index("</main>")]
        assert not re.search(r"<(script|iframe|img|object|embed)\b", main, re.IGNORECASE), texts
        assert not re.search(r"<[a-z][^>]*\son\w+\s*=", main, re.IGNORECASE), texts
