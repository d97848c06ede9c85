"""Recording a lesson without scripts: steps, errors, the name guard, the draft, what is alike, and submitting once."""

import re
from collections.abc import Sequence

import pytest
from django.test import Client

from composer.api import drafts_of, read_draft
from core.audiences import COMMUNITY, PRACTITIONERS, function_token
from core.models import Vocabulary
from lessons.choices import Likeness, Outcome, Status
from lessons.models import Citation, Lesson, LikenessAnswer
from lessons.search_documents import lesson_document
from people.models import User
from search.services.index import write_documents
from tests.core.hostile import attacks, naughty_strings, through_pages
from tests.lessons.factories import LessonFactory, term, vocabularies
from tests.lessons.pages import MOST_QUERIES, queries
from tests.lessons.writing import ANSWERS, Writer
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
A_BODY = 8
"""So many hostile strings share one body."""
MOST_OF_ONE = 900


@pytest.fixture
def author(client: Client) -> User:
    vocabularies()
    person = UserFactory(business_function="safety")
    client.force_login(person)
    return person


@pytest.fixture
def writer(client: Client, author: User) -> Writer:
    return Writer(client)


def test_six_answers_make_a_submitted_lesson_and_drop_the_draft(writer: Writer, author: User) -> None:
    assert writer.write() == 302
    lesson = Lesson.objects.get()
    assert writer.landed == f"/lessons/{lesson.code}/complete/"
    assert (lesson.status, lesson.author, lesson.audience) == (Status.SUBMITTED, author, COMMUNITY)
    assert lesson.whys == ["Nobody knew that the form was needed"]
    assert lesson.outcome == Outcome.NEGATIVE
    assert lesson.impact_days == 15
    assert lesson.recommendation == (
        "The alliance manager has logistics list the forms of each country before the first shipment is planned."
    )
    assert drafts_of(author) == []


def test_type_and_phase_are_there_as_the_profile_has_them(client: Client, author: User) -> None:
    author.profile.alliance_types.set([term(Vocabulary.ALLIANCE_TYPE, "copromo")])
    author.profile.phases.set([term(Vocabulary.LIFECYCLE_PHASE, "operate")])
    values = Writer(client).values
    assert (values["alliance_type"], values["phase"]) == ("copromo", "operate")


def test_a_step_says_what_stops_it_and_loses_nothing(writer: Writer) -> None:
    typed = {**ANSWERS["planned"], "title": "Late", "planned": "  **kept** as typed\n"}
    assert writer.press(**typed) == 422
    assert "One thing stops this step" in writer.page
    assert '<a href="#id_title">Say it in 10 characters or more.</a>' in writer.page
    assert writer.values["planned"] == "  **kept** as typed\n"


def test_a_text_that_only_points_elsewhere_is_refused_kindly(writer: Writer) -> None:
    writer.press(**ANSWERS["planned"])
    assert writer.press(happened="See attached document.") == 422
    assert "Tell it here in a few sentences" in writer.page


def test_whys_grow_to_five_and_an_open_line_is_answered_or_taken_away(writer: Writer) -> None:
    for step in ("planned", "happened"):
        writer.press(**ANSWERS[step])
    for number in range(2, 6):
        assert writer.press("more", **{f"why_{number - 1}": f"Reason number {number - 1}"}) == 302
    assert "One more why" not in writer.page
    assert writer.press(outcome="negative") == 422
    assert "Say why number 5 happened, or take it away" in writer.page
    assert writer.press("less:2") == 302
    assert [writer.values.get(f"why_{number}") for number in (1, 2, 3)] == [
        "Reason number 1",
        "Reason number 3",
        "Reason number 4",
    ]


@pytest.mark.parametrize("act", ["preview", "more", "post"])
def test_no_number_of_lines_is_too_large_to_read(client: Client, author: User, act: str) -> None:
    typed = {"lines": "9" * 5000, "why_1": "Nobody knew that the form was needed", "act": act}
    assert client.post("/lessons/new/?step=why", typed).status_code in (200, 302, 422)


def test_back_and_the_steps_save_without_asking(writer: Writer) -> None:
    writer.press(**ANSWERS["planned"])
    assert writer.press("back", happened="See attached") == 302
    assert "step=planned" in writer.landed
    assert writer.press("go:happened") == 302
    assert writer.values["happened"] == "See attached"


def test_skipped_steps_are_asked_for_when_the_lesson_is_submitted(writer: Writer) -> None:
    writer.press("go:tell", **ANSWERS["planned"])
    assert writer.press(**ANSWERS["tell"]) == 422
    assert 'name="step" value="happened"' in writer.page
    assert "Tell what happened." in writer.page
    assert not Lesson.objects.exists()


def test_the_guard_asks_once_and_keeping_or_changing_is_remembered(writer: Writer) -> None:
    writer.press(**ANSWERS["planned"])
    story = "Corvexa sent the papers 12 days late, and Zelvinta answered after the committee had met without them."
    assert writer.press(happened=story) == 200
    assert "“Corvexa” may be a company name." in writer.page
    assert writer.press("swap:happened:0:Corvexa") == 200
    assert writer.values["happened"].startswith("A mid-size partner sent")
    assert writer.press("keep:Zelvinta") == 200
    assert "Zelvinta” may be" not in writer.page
    assert writer.press() == 302
    for step in ("why", "cost", "tell"):
        assert writer.press(**ANSWERS[step]) == 302
    assert Lesson.objects.get().happened.startswith("A mid-size partner sent")


def test_names_in_a_step_that_was_skipped_are_asked_about_before_submitting(writer: Writer) -> None:
    writer.press("go:happened", **ANSWERS["planned"])
    writer.press("go:why", happened=f"Corvexa was late. {ANSWERS['happened']['happened']}")
    writer.press("go:tell", **ANSWERS["why"])
    assert writer.press(**ANSWERS["tell"]) == 200
    assert "“Corvexa” may be a company name." in writer.page
    assert not Lesson.objects.exists()
    assert writer.press() == 302
    assert Lesson.objects.get().quality <= 4


def test_a_draft_goes_on_where_it_lacks_something(client: Client, writer: Writer, author: User) -> None:
    writer.press(**ANSWERS["planned"])
    writer.press("draft", happened="Half a sentence")
    (draft,) = drafts_of(author)
    assert draft.label == ANSWERS["planned"]["title"]
    again = Writer(client, draft.url)
    assert 'name="step" value="why"' in again.page
    assert "Your draft is back" in again.page
    assert again.values["happened"] == "Half a sentence"
    other = Client()
    other.force_login(UserFactory())
    assert "Half a sentence" not in other.get(draft.url).content.decode()


def test_a_double_click_makes_one_lesson(client: Client, writer: Writer) -> None:
    for step in ("planned", "happened", "why", "cost"):
        writer.press(**ANSWERS[step])
    data = {**writer.values, **ANSWERS["tell"], "act": "post"}
    first, second = (client.post(writer.action, data) for _click in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Lesson.objects.count() == 1


class TestAudience:
    def test_only_those_the_author_is_in_are_offered(self, client: Client, author: User) -> None:
        page = Writer(client).page
        assert re.findall(r'<option value="(community|practitioners|function:\w+)"', page) == [
            COMMUNITY,
            function_token("safety"),
        ]
        author.is_practitioner = True
        author.save()
        assert f'<option value="{PRACTITIONERS}"' in Writer(client).page

    def test_another_one_is_refused(self, writer: Writer) -> None:
        assert writer.press(**ANSWERS["planned"], audience=PRACTITIONERS) == 422

    def test_the_chosen_one_travels_through_all_steps(self, writer: Writer) -> None:
        writer.press(**ANSWERS["planned"], audience=function_token("safety"))
        for step in ("happened", "why", "cost", "tell"):
            writer.press(**ANSWERS[step])
        assert Lesson.objects.get().audience == function_token("safety")


def test_without_a_name_readers_see_a_colleague(client: Client, writer: Writer, author: User) -> None:
    writer.press(**ANSWERS["planned"], unnamed="on")
    for step in ("happened", "why", "cost", "tell"):
        writer.press(**ANSWERS[step])
    lesson = Lesson.objects.get()
    assert lesson.unnamed
    Lesson.objects.update(status=Status.PUBLISHED)
    reader = Client()
    reader.force_login(UserFactory())
    page = reader.get(lesson.get_absolute_url()).content.decode()
    assert "a colleague" in page
    assert author.name not in page
    assert author.name not in lesson_document(lesson).text
    for address in ("/lessons/", f"/people/{author.pk}/", f"/search/?q={author.name.replace(' ', '+')}"):
        found = reader.get(address).content.decode()
        assert lesson.title not in found or author.name not in found.replace(f'value="{author.name}"', ""), (
            address
        )


class TestAlike:
    @pytest.fixture
    def other(self) -> Lesson:
        lesson = LessonFactory(
            code="L07", title="A form was missing at customs", happened=ANSWERS["happened"]["happened"]
        )
        write_documents([lesson_document(lesson)])
        return lesson

    def test_it_is_shown_beside_the_form_and_the_answer_is_stored(
        self, writer: Writer, other: Lesson
    ) -> None:
        for step in ("planned", "happened"):
            writer.press(**ANSWERS[step])
        assert other.title in writer.page
        assert "Very close." in writer.page
        name = f"like_{other.pk}"
        writer.press(**ANSWERS["why"], **{name: "adds"})
        assert f'id="like-{other.pk}-adds" value="adds" checked' in writer.page
        for step in ("cost", "tell"):
            writer.press(**ANSWERS[step])
        stored = LikenessAnswer.objects.get()
        assert (stored.other, stored.answer) == (other, Likeness.ADDS)

    def test_the_piece_of_page_follows_the_text(self, client: Client, writer: Writer, other: Lesson) -> None:
        data = {**writer.values, **ANSWERS["planned"], **ANSWERS["happened"]}
        piece = client.post("/lessons/similar/", data).content.decode()
        assert other.title in piece
        assert "One lesson looks like yours." in piece
        assert "<html" not in piece

    def test_what_the_author_may_not_see_is_not_there(
        self, client: Client, writer: Writer, other: Lesson
    ) -> None:
        Lesson.objects.update(audience=PRACTITIONERS)
        data = {**writer.values, **ANSWERS["planned"], **ANSWERS["happened"]}
        assert other.title not in client.post("/lessons/similar/", data).content.decode()


@pytest.mark.world("starter")
def test_from_a_play_the_lesson_is_linked_with_it(client: Client, author: User) -> None:
    writer = Writer(client, "/lessons/new/?play=P09")
    assert "From P09" in writer.page
    writer.write()
    assert Citation.objects.get(lesson__title=ANSWERS["planned"]["title"]).play.code == "P09"


def test_more_lessons_ask_for_no_more_queries(client: Client, author: User) -> None:
    few = queries(client, "/lessons/new/?step=why")
    lessons = LessonFactory.create_batch(20)
    write_documents([lesson_document(lesson) for lesson in lessons])
    assert queries(client, "/lessons/new/?step=why") == few <= MOST_QUERIES


def told(texts: Sequence[str], answer: str) -> str:
    """A body of several strings, each a paragraph of its own, as a browser sends it."""
    paragraphs = [text.replace("\r\n", "\n").replace("\r", "\n")[:MOST_OF_ONE] for text in texts]
    return "\n\n".join((*paragraphs, answer))


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(4))
def test_hostile_texts_come_back_as_typed_and_execute_nothing(
    client: Client, author: User, part: int
) -> None:
    """Every string in a body, several at once; each fourth in a line, too."""
    sent = [text for text in (*naughty_strings(), *attacks()) if text.strip() and "\0" not in text]
    known = through_pages(sent)[part::4]
    for start in range(0, len(known), 2 * A_BODY):
        texts = known[start : start + 2 * A_BODY]
        lines = [" ".join(text.split())[:100] or "word" for text in texts[:: len(texts) // 3 or 1]] * 3
        answers = {name: dict(values) for name, values in ANSWERS.items()}
        bodies = {
            "planned": told(texts[:A_BODY], ANSWERS["planned"]["planned"]),
            "happened": told(texts[A_BODY:], ANSWERS["happened"]["happened"]),
        }
        answers["planned"] |= {"planned": bodies["planned"], "title": f"A title with {lines[0]}"}
        answers["happened"]["happened"] = bodies["happened"]
        answers["why"]["why_1"] = f"Because {lines[1]}"
        answers["tell"]["advice_who"] = f"Whoever has {lines[2]}"
        writer = Writer(client)
        for values in answers.values():
            if writer.press(**values) == 200:  # the name guard asks once
                writer.press()
            assert not re.findall(r'<li><a href="#id.*', writer.page), texts
        lesson = Lesson.objects.latest("pk")
        assert {name: getattr(lesson, name) for name in bodies} == bodies
        assert lesson.title.split() == answers["planned"]["title"].split()
        page = client.get(lesson.get_absolute_url()).content.decode()
        main = page[page.index('id="main"') : page.index("</main>")]
        assert not re.search(r"<(script|iframe|img|object|embed)\b", main, re.IGNORECASE), texts
        assert not re.search(r"<[a-z][^>]*\son\w+\s*=", main, re.IGNORECASE), texts


def test_a_character_that_cannot_be_stored_is_refused_with_a_sentence(writer: Writer) -> None:
    assert writer.press(**{**ANSWERS["planned"], "planned": "nul \0 nul"}) == 422
    assert "cannot be stored" in writer.page


def test_a_draft_of_another_form_of_token_is_not_there(client: Client, author: User) -> None:
    assert client.get("/lessons/new/?draft=../etc").status_code == 404
    assert read_draft(owner=author, key="lesson:../etc") is None
