"""Lessons and plays together, on the starter content: links both ways, search, and queries that do not grow."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.generate_lessons import store
from core.audiences import PRACTITIONERS
from core.content import read_yaml
from core.models import AuditEntry
from lessons.choices import Status
from lessons.models import Citation, CitationKind, Lesson
from lessons.services.cite import cite_lesson, uncite_lesson
from lessons.services.indexing import index_lesson
from lessons.services.starter import load_starter_citations
from lessons.slots import lessons_for_play
from people.models import User
from playbook.models import PlayPage
from search import api as search
from search.queries import SearchQuery
from tests.lessons.factories import ExternalFactory, LessonFactory
from tests.lessons.pages import most_queries_of_detail, page, queries
from tests.people.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.world("starter")]


@pytest.fixture
def member(client: Client) -> User:
    """Somebody who is signed in."""
    person: User = UserFactory()
    client.force_login(person)
    return person


class TestPlays:
    def test_a_lesson_that_was_taken_up_changed_the_standard(self, client: Client, member: User) -> None:
        body = page(client, "/lessons/L07/")
        assert "Changed the standard" in body
        assert "P09 Stand up governance" in body
        assert "Steps 3, 5" in body
        assert "#step-agree_the_working_together" in body

    def test_one_that_was_not_only_applies(self, client: Client, member: User) -> None:
        assert "Where it applies" in page(client, "/lessons/L11/")

    def test_a_play_the_reader_may_not_see_is_not_named(self, client: Client, member: User) -> None:
        PlayPage.objects.filter(code="P09").update(effective_audience=PRACTITIONERS)
        assert "Stand up governance" not in page(client, "/lessons/L07/")

    def test_a_play_gets_its_lessons_by_step_in_few_queries(self, member: User) -> None:
        play = PlayPage.objects.get(code="P09")
        reader = User.objects.get(pk=member.pk)
        assert reader.role_names
        with CaptureQueriesContext(connection) as found:
            lessons = lessons_for_play(play, reader)
        assert len(found) == 2
        assert [link.code for link in lessons.by_step["put_the_cadence_into"]] == ["L01", "L07"]
        assert lessons.by_step["put_the_cadence_into"][0].because
        assert not any(link.because for link in lessons.others)

    def test_hidden_unpublished_and_withdrawn_ones_stay_away(self, member: User) -> None:
        play = PlayPage.objects.get(code="P09")
        Lesson.objects.filter(code="L01").update(audience=PRACTITIONERS)
        Lesson.objects.filter(code="L07").update(status=Status.ARCHIVED)
        Citation.objects.filter(lesson__code="L03").update(withdrawn="2026-01-01T00:00:00Z")
        codes = {link.code for link in lessons_for_play(play, member).all()}
        assert not codes & {"L01", "L03", "L07"}
        assert "L15" in codes

    def test_more_than_a_few_others_are_behind_a_link(self, client: Client, member: User) -> None:
        play = PlayPage.objects.get(code="P30")
        Citation.objects.filter(play=play).delete()
        for lesson in LessonFactory.create_batch(8):
            Citation.objects.create(lesson=lesson, play=play, kind=CitationKind.APPLIES)
        lessons = lessons_for_play(play, member)
        assert (len(lessons.others), lessons.more_count, lessons.more_url) == (5, 3, "/lessons/?play=P30")
        assert len(client.get(lessons.more_url).context["page"].rows) == 8


class TestSearch:
    def test_search_finds_ours_in_everything_and_external_in_their_tab(self, member: User) -> None:
        index_lesson(ExternalFactory(title="Prefilled pen on Mars"))
        everything = search.search(SearchQuery(text="pen"), member)
        assert "external_lesson" not in {hit.kind for hit in everything.hits}
        assert everything.outside_everything["external_lesson"] == 1
        tab = search.search(SearchQuery(text="pen", kind="external_lesson"), member)
        assert [hit.object.title for hit in tab.hits] == ["Prefilled pen on Mars"]

    def test_lessons_are_narrowed_by_their_facets(self, member: User) -> None:
        facets = {"phase": ("want_get",), "cause": ("silent_contract",), "year": ("2024",)}
        found = search.search(SearchQuery(text="device", kind="lesson", facets=facets), member)
        assert [hit.object.code for hit in found.hits] == ["L02"]

    def test_the_results_page_shows_both_kinds(self, client: Client, member: User) -> None:
        index_lesson(ExternalFactory(title="Prefilled pen on Mars"))
        assert "Silent on a new device" in page(client, "/search/?q=pen&kind=lesson")
        assert "Elsewhere" in page(client, "/search/?q=pen&kind=external_lesson")


class TestCost:
    def test_the_queries_do_not_grow(self, client: Client, member: User) -> None:
        external = ExternalFactory()
        addresses = ("/lessons/L07/", external.get_absolute_url())
        before = [queries(client, address) for address in addresses]
        store(150)
        after = [queries(client, address) for address in addresses]
        assert all(more <= few for more, few in zip(after, before, strict=True)), (before, after)
        assert max(before) <= most_queries_of_detail()


class TestCitations:
    def test_links_of_both_sides_are_united(self) -> None:
        links = set(Citation.objects.values_list("lesson__code", "play__code"))
        for folder, names, code_first in (("lessons", "plays", True), ("plays", "lessons", False)):
            for path in (settings.CONTENT_DIR / folder).glob("*.yaml"):
                raw = read_yaml(path)
                steps = raw["steps"] if folder == "plays" else [raw]
                named = {code for step in steps for code in step.get(names) or ()}
                for code in named:
                    assert ((raw["code"], code) if code_first else (code, raw["code"])) in links

    def test_a_step_keeps_its_key_and_a_play_is_named_once_beside_its_steps(self) -> None:
        keys = Citation.objects.filter(lesson__code="L03", play__code="P09").values_list(
            "step_key", flat=True
        )
        assert set(keys) >= {"check_every_seat_for", "brief_members_on_their"}
        assert "" not in keys

    def test_a_second_load_makes_none_and_a_withdrawn_one_stays_out(self) -> None:
        citation = Citation.objects.first()
        assert citation is not None
        assert uncite_lesson(
            lesson=citation.lesson, play_id=citation.play_id, step_key=citation.step_key, actor=None
        )
        assert load_starter_citations().created == 0
        citation.refresh_from_db()
        assert citation.withdrawn is not None

    def test_citing_and_taking_back_are_audited_once(self) -> None:
        lesson = Lesson.objects.get(code="L01")
        place = {"lesson": lesson, "play_id": PlayPage.objects.get(code="P30").pk, "step_key": "any"}
        assert cite_lesson(**place, kind=CitationKind.SOURCE)
        assert not cite_lesson(**place)
        assert uncite_lesson(**place)
        assert not uncite_lesson(**place)
        assert cite_lesson(**place)
        assert list(AuditEntry.objects.order_by("id").values_list("action", flat=True))[-3:] == [
            "lesson.cite",
            "lesson.uncite",
            "lesson.cite",
        ]
        assert Citation.objects.standing().get(step_key="any").kind == CitationKind.APPLIES
