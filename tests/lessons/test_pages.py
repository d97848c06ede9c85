"""The list, the lesson and what other rooms get: words, order, links, states, and queries that do not grow."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from benchmarks.generate_lessons import store, unsaved
from core.audiences import PRACTITIONERS
from core.models import Vocabulary
from lessons.api import newest_for_home
from lessons.choices import Outcome, Status, Uptake
from lessons.models import Lesson
from lessons.services.indexing import index_lesson
from people.models import User
from search import api as search
from search.queries import SearchQuery
from tests.lessons.factories import ExternalFactory, LessonFactory, term, vocabularies
from tests.lessons.pages import MOST_QUERIES, page, queries
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client: Client) -> User:
    """Somebody who is signed in."""
    person: User = UserFactory()
    client.force_login(person)
    return person


class TestList:
    def test_the_tabs_count_what_the_reader_may_see(self, client: Client, member: User) -> None:
        LessonFactory.create_batch(2)
        LessonFactory(audience=PRACTITIONERS)
        LessonFactory(status=Status.DRAFT)
        LessonFactory(status=Status.ARCHIVED)
        ExternalFactory.create_batch(3)
        answer = client.get("/lessons/")
        assert answer.context["counts"] == {"ours": 2, "external": 3}

    def test_ours_and_external_never_mix(self, client: Client, member: User) -> None:
        LessonFactory(title="One of ours")
        ExternalFactory(title="One of theirs")
        ours, theirs = page(client, "/lessons/"), page(client, "/lessons/?tab=external")
        assert "One of ours" in ours
        assert "One of theirs" not in ours
        assert "One of theirs" in theirs
        assert "One of ours" not in theirs

    def test_a_row_tells_the_title_and_one_line_of_facts(self, client: Client, member: User) -> None:
        LessonFactory(
            title="Four chairs",
            phase=term(Vocabulary.LIFECYCLE_PHASE, "operate"),
            impact_text="9 of 22 decisions repeated.",
            uptake=Uptake.CHECKED,
        )
        body = page(client, "/lessons/")
        for words in (
            "Four chairs",
            "phase-operate",
            "Went wrong",
            "9 of 22",
            "Lesson learned",
            "2025-03-12",
        ):
            assert words in body

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("phase=operate", {"A"}),
            ("outcome=positive", {"B"}),
            ("year=2024", {"B"}),
            ("phase=operate&outcome=positive", set()),
            ("phase=nonsense&year=abc", {"A", "B"}),
            ("alliance_type=codev", {"B"}),
        ],
    )
    def test_it_is_narrowed_by_the_address(
        self, client: Client, member: User, query: str, titles: set[str]
    ) -> None:
        LessonFactory(title="A", phase=term(Vocabulary.LIFECYCLE_PHASE, "operate"), recorded=date(2025, 1, 1))
        LessonFactory(
            title="B",
            outcome=Outcome.POSITIVE,
            alliance_type=term(Vocabulary.ALLIANCE_TYPE, "codev"),
            recorded=date(2024, 1, 1),
        )
        answer = client.get(f"/lessons/?{query}")
        assert {lesson.title for lesson in answer.context["page"].rows} == titles

    def test_external_lessons_are_narrowed_by_source_and_year(self, client: Client, member: User) -> None:
        ExternalFactory(title="Old", recorded=date(1999, 1, 1))
        ExternalFactory(title="New")
        answer = client.get("/lessons/?tab=external&source=elsewhere&year=1999")
        assert [lesson.title for lesson in answer.context["page"].rows] == ["Old"]
        assert "tab=external&amp;year=1999" in answer.content.decode()

    def test_pages_follow_each_other_without_a_gap(self, client: Client, member: User) -> None:
        for number in range(75):
            LessonFactory(title=f"T{number}", recorded=date(2025, 1, 1) + timedelta(days=number // 10))
        seen, address = [], "/lessons/"
        while address:
            found = client.get(address).context["page"]
            seen += [lesson.pk for lesson in found.rows]
            address = f"/lessons/?after={found.next_cursor}" if found.next_cursor else ""
        expected = list(Lesson.objects.order_by("-recorded", "-pk").values_list("pk", flat=True))
        assert seen == expected

    def test_the_way_back_leads_to_the_same_rows(self, client: Client, member: User) -> None:
        LessonFactory.create_batch(40)
        first = client.get("/lessons/").context["page"]
        second = client.get("/lessons/", {"after": first.next_cursor}).context["page"]
        back = client.get("/lessons/", {"after": second.previous_cursor}).context["page"]
        assert [lesson.pk for lesson in back.rows] == [lesson.pk for lesson in first.rows]

    @pytest.mark.parametrize("query", ["after=forged", "after=", "phase=", "tab=ours", "play=P99"])
    def test_odd_addresses_are_no_errors(self, client: Client, member: User, query: str) -> None:
        assert "<h1" in page(client, f"/lessons/?{query}")

    def test_an_unknown_tab_is_a_missing_page(self, client: Client, member: User) -> None:
        assert client.get("/lessons/?tab=secret").status_code == 404

    def test_every_empty_state_gives_a_way_on(self, client: Client, member: User) -> None:
        assert 'href="/playbook/"' in page(client, "/lessons/")
        assert "Read our own lessons" in page(client, "/lessons/?tab=external")
        LessonFactory()
        assert "No lesson fits all of this" in page(client, "/lessons/?outcome=positive")

    def test_strangers_are_sent_to_sign_in(self, client: Client) -> None:
        assert client.get("/lessons/").status_code == 302

    def test_the_queries_do_not_grow(self, client: Client, member: User) -> None:
        vocabularies()
        counts = []
        for more in (10, 240):
            Lesson.objects.bulk_create(unsaved(more, seed=more))
            counts.append(
                [queries(client, address) for address in ("/lessons/", "/lessons/?phase=operate&year=2020")]
            )
        assert counts[0] == counts[1]
        assert max(counts[0]) <= MOST_QUERIES


class TestDetail:
    def test_advice_comes_before_the_story(self, client: Client, member: User) -> None:
        lesson = LessonFactory(
            context="THE-CONTEXT", planned="THE-PLAN", happened="THE-STORY", whys=["W1", "THE-CAUSE"]
        )
        body = page(client, lesson.get_absolute_url())
        words = (lesson.title, lesson.summary, lesson.recommendation, "THE-CONTEXT", "THE-PLAN", "THE-STORY")
        places = [body.index(f">{each}" if each == lesson.title else each) for each in (*words, "THE-CAUSE")]
        assert places == sorted(places)

    def test_the_address_is_its_code_and_others_lead_there(self, client: Client, member: User) -> None:
        lesson = LessonFactory(code="L77")
        assert lesson.get_absolute_url() == "/lessons/L77/"
        for other in ("/lessons/l77/", f"/lessons/{lesson.pk}/"):
            assert client.get(other).headers["Location"] == "/lessons/L77/"

    @pytest.mark.parametrize("key", ["nix", "99999999", "9" * 40, "9" * 5000, "\u0663", "..%2f"])
    def test_what_is_not_there_is_a_404(self, client: Client, member: User, key: str) -> None:
        assert client.get(f"/lessons/{key}/").status_code == 404

    def test_hidden_and_missing_look_the_same(self, client: Client, member: User) -> None:
        hidden = client.get(LessonFactory(audience=PRACTITIONERS).get_absolute_url())
        missing = client.get("/lessons/NOSUCH/")
        assert (hidden.status_code, missing.status_code) == (404, 404)

    @pytest.mark.parametrize(
        ("outcome", "heading", "unit"),
        [
            (Outcome.NEGATIVE, "What it cost", "working days lost"),
            (Outcome.POSITIVE, "What it gained", "working days gained"),
            (Outcome.MIXED, "What it changed", "working days lost"),
        ],
    )
    def test_figures_say_what_they_mean(
        self, client: Client, member: User, outcome: Outcome, heading: str, unit: str
    ) -> None:
        lesson = LessonFactory(outcome=outcome, impact_days=42, impact_money_musd=Decimal("1.300"))
        body = page(client, lesson.get_absolute_url())
        for words in (heading, "<b>42</b>", unit, "1.3 M"):
            assert words in body

    @pytest.mark.parametrize(
        ("status", "uptake", "now"),
        [
            (Status.SUBMITTED, Uptake.NONE, "Submitted"),
            (Status.SCREENED, Uptake.NONE, "Screened"),
            (Status.PUBLISHED, Uptake.NONE, "Published"),
            (Status.PUBLISHED, Uptake.ROUTED, "Routed to a play owner"),
            (Status.PUBLISHED, Uptake.EMBEDDED, "In the playbook"),
            (Status.PUBLISHED, Uptake.CHECKED, "Effect checked"),
            (Status.ARCHIVED, Uptake.CHECKED, "Effect checked"),
            (Status.DRAFT, Uptake.NONE, None),
            (Status.RETURNED, Uptake.NONE, None),
        ],
    )
    def test_the_ladder_stands_where_the_lesson_stands(
        self, client: Client, status: Status, uptake: Uptake, now: str | None
    ) -> None:
        client.force_login(UserFactory(roles=("steward",)))
        ladder = client.get(LessonFactory(status=status, uptake=uptake).get_absolute_url()).context["ladder"]
        assert next((rung.label for rung in ladder if rung.state == "now"), None) == now
        states = [rung.state for rung in ladder]
        assert states == sorted(states, key=["done", "now", "ahead"].index)

    def test_an_external_lesson_names_its_source_and_has_no_ladder(
        self, client: Client, member: User
    ) -> None:
        lesson = ExternalFactory(
            source_url="https://a.example/1", text="One.\n\nTwo.", extra={"Place": "Here"}
        )
        body = page(client, lesson.get_absolute_url())
        for words in ("Elsewhere", 'href="https://a.example/1"', "<p>One.</p>", "<p>Two.</p>", "Here"):
            assert words in body
        assert 'class="ladder"' not in body

    def test_external_text_is_neither_markdown_nor_html(self, client: Client, member: User) -> None:
        lesson = ExternalFactory(text="**bold** [x](javascript:alert(1)) <img src=x onerror=alert(1)>")
        body = page(client, lesson.get_absolute_url())
        assert "**bold** [x](javascript:alert(1)) &lt;img src=x" in body
        assert "<img src=x" not in body

    def test_similar_lessons_are_never_external_nor_hidden(self, client: Client, member: User) -> None:
        words = "The pre-read for the steering committee came late and decisions moved"
        lesson, like, hidden = (
            LessonFactory(title="The first", happened=words),
            LessonFactory(title="A like one", happened=words),
            LessonFactory(title="A hidden one", happened=words, audience=PRACTITIONERS),
        )
        external = ExternalFactory(title="A foreign one", text=words)
        for each in (lesson, like, hidden, external):
            index_lesson(each)
        titles = [card.title for card in client.get(lesson.get_absolute_url()).context["similar"]]
        assert titles == ["A like one"]

    def test_facts_fill_up_what_words_do_not_find(self, client: Client, member: User) -> None:
        activity = term(Vocabulary.ACTIVITY, "AG2")
        lesson, same = LessonFactory(activity=activity), LessonFactory(activity=activity)
        LessonFactory(activity=term(Vocabulary.ACTIVITY, "PL1"))
        similar = client.get(lesson.get_absolute_url()).context["similar"]
        assert [(card.title, card.reason) for card in similar] == [(same.title, "same activity")]


class TestOtherRooms:
    def test_home_gets_the_newest_of_ours(self, member: User) -> None:
        LessonFactory(title="Old", recorded=date(2020, 1, 1))
        LessonFactory(title="New", recorded=date(2026, 1, 1))
        LessonFactory(title="Hidden", recorded=date(2026, 2, 1), audience=PRACTITIONERS)
        ExternalFactory(title="Foreign", recorded=date(2026, 3, 1))
        assert [card.title for card in newest_for_home(member, 2)] == ["New", "Old"]


def test_generated_lessons_are_the_same_for_the_same_seed() -> None:
    vocabularies()
    first, again = ([lesson.happened for lesson in unsaved(20, seed=3)] for _time in range(2))
    other = [lesson.happened for lesson in unsaved(20, seed=4)]
    assert first == again
    assert first != other


def test_generated_lessons_can_be_stored_and_found() -> None:
    vocabularies()
    assert store(30, external_share=0.5) == 30
    member = UserFactory(is_practitioner=True)
    assert Lesson.objects.visible_to(member).published().count() == 30
    assert search.search(SearchQuery(text="budget"), member).kind_counts
