"""Lessons in the admin: who gets in, what they see, and that every change is audited and indexed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.audiences import COMMUNITY, PRACTITIONERS
from core.models import AuditEntry
from lessons.choices import Status, Uptake
from lessons.models import Lesson
from people.models import User
from people.roles import Role
from people.services.ensure_roles import grant_admin_rights
from search.models import IndexEntry
from tests.lessons.factories import ExternalFactory, LessonFactory, vocabularies
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def signed_in(client: Client, *roles: str, **fields: Any) -> User:
    """A person of these roles, signed in."""
    grant_admin_rights()
    person: User = UserFactory(roles=roles, **fields)
    client.force_login(person)
    return person


def form_of(lesson: Lesson, **changes: Any) -> dict[str, Any]:
    """What the edit form posts, with changes."""
    values = {
        "title": lesson.title,
        "summary": lesson.summary,
        "recommendation": lesson.recommendation,
        "outcome": lesson.outcome,
        "context": lesson.context,
        "planned": lesson.planned,
        "happened": lesson.happened,
        "whys": "\n".join(lesson.whys),
        "impact_text": lesson.impact_text,
        "impact_days": "",
        "impact_money_musd": "",
        "impact_relationship": "",
        "status": lesson.status,
        "uptake": lesson.uptake,
        "quality": lesson.quality,
        "recorded": lesson.recorded.isoformat(),
        "audience": lesson.audience,
        "code": lesson.code,
    }
    return {**values, **changes}


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        (Role.MEMBER, False),
        (Role.CONTRIBUTOR, True),
        (Role.STEWARD, True),
        (Role.FACILITATOR, True),
        (Role.ADMINISTRATOR, True),
    ],
)
def test_who_opens_the_list(client: Client, role: Role, opens: bool) -> None:
    signed_in(client, role)
    lesson = LessonFactory()
    answer = client.get(reverse("lesson_admin:index"))
    assert (answer.status_code == 200) == opens
    if opens:
        assert lesson.title in answer.content.decode()


def test_contributors_look_and_do_not_edit(client: Client) -> None:
    signed_in(client, Role.CONTRIBUTOR)
    lesson = LessonFactory()
    assert client.get(reverse("lesson_admin:inspect", args=[lesson.pk])).status_code == 200
    assert client.get(reverse("lesson_admin:edit", args=[lesson.pk])).status_code == 302
    assert client.get(reverse("lesson_admin:add")).status_code == 302


def test_the_audience_holds_in_every_view(client: Client) -> None:
    signed_in(client, Role.STEWARD)
    hidden = LessonFactory(audience=PRACTITIONERS, title="Only for practitioners")
    assert "Only for practitioners" not in client.get(reverse("lesson_admin:index")).content.decode()
    for view in ("edit", "inspect", "history", "usage", "delete"):
        answer = client.get(reverse(f"lesson_admin:{view}", args=[hidden.pk]))
        assert "Only for practitioners" not in answer.content.decode(), view
        assert answer.status_code in (302, 404), view


def test_an_edit_is_audited_and_indexed(client: Client) -> None:
    vocabularies()
    steward = signed_in(client, Role.STEWARD)
    lesson = LessonFactory(whys=["One.", "Two.", "Three."])
    answer = client.post(
        reverse("lesson_admin:edit", args=[lesson.pk]),
        form_of(lesson, title="A better title", whys="A\nB\n\nC"),
    )
    assert answer.status_code == 302, answer.context["form"].errors
    lesson.refresh_from_db()
    assert (lesson.title, lesson.whys) == ("A better title", ["A", "B", "C"])
    entry = AuditEntry.objects.get(action="lesson.edit")
    assert entry.actor == steward
    assert set(entry.changes) == {"title", "whys", "quality"}
    assert IndexEntry.objects.get(kind="lesson", object_id=lesson.pk).title == "A better title"


def test_a_new_lesson_has_its_author_and_is_no_search_result_yet(client: Client) -> None:
    vocabularies()
    steward = signed_in(client, Role.STEWARD)
    answer = client.post(
        reverse("lesson_admin:add"), form_of(LessonFactory.build(code="N1", status=Status.DRAFT))
    )
    assert answer.status_code == 302, answer.context["form"].errors
    lesson = Lesson.objects.get(code="N1")
    assert lesson.author == steward
    assert AuditEntry.objects.filter(action="lesson.create", object_id=str(lesson.pk)).exists()
    assert not IndexEntry.objects.filter(object_id=lesson.pk, kind="lesson").exists()


@pytest.mark.parametrize("state", [Status.PUBLISHED, Status.ARCHIVED, Status.SCREENED])
def test_no_state_of_review_is_reached_from_here(client: Client, state: Status) -> None:
    vocabularies()
    signed_in(client, Role.STEWARD)
    lesson = LessonFactory(status=Status.SUBMITTED, quality=1)
    posted = form_of(lesson, status=state, uptake=Uptake.CHECKED, quality=5, title="A better title")
    assert client.post(reverse("lesson_admin:edit", args=[lesson.pk]), posted).status_code == 302
    lesson.refresh_from_db()
    assert (lesson.status, lesson.uptake) == (Status.SUBMITTED, Uptake.NONE)
    assert lesson.quality < 4
    assert lesson.title == "A better title"


def test_a_better_text_raises_the_quality_by_itself(client: Client) -> None:
    vocabularies()
    signed_in(client, Role.STEWARD)
    whys = ["The papers were late that evening.", "Nobody owned the date of papers."]
    lesson = LessonFactory(status=Status.SUBMITTED, quality=2, whys=[*whys, "Nobody asked for it."])
    told = "The papers of 60 pages came at 22:00 on the eve of the meeting, and nobody had read them in time."
    posted = form_of(lesson, happened=told, impact_days="42")
    assert client.post(reverse("lesson_admin:edit", args=[lesson.pk]), posted).status_code == 302
    lesson.refresh_from_db()
    assert lesson.quality == 4


def test_a_new_lesson_starts_as_a_draft_whatever_is_posted(client: Client) -> None:
    vocabularies()
    signed_in(client, Role.STEWARD)
    posted = form_of(LessonFactory.build(code="N2"), status=Status.PUBLISHED, quality=5)
    assert client.post(reverse("lesson_admin:add"), posted).status_code == 302
    assert Lesson.objects.get(code="N2").status == Status.DRAFT


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"whys": "Only one"}, "three to five whys"),
        ({"code": "12"}, "letters and digits"),
        ({"code": "TAKEN"}, "Another lesson has this code"),
        ({"audience": PRACTITIONERS}, "You do not belong to this audience"),
    ],
)
def test_faults_stand_in_the_form(client: Client, changes: dict[str, Any], words: str) -> None:
    vocabularies()
    signed_in(client, Role.STEWARD)
    LessonFactory(code="TAKEN")
    lesson = LessonFactory()
    answer = client.post(reverse("lesson_admin:edit", args=[lesson.pk]), form_of(lesson, **changes))
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_narrowing_in_the_admin_takes_it_out_of_reach_at_once(client: Client) -> None:
    vocabularies()
    signed_in(client, Role.STEWARD, is_practitioner=True)
    lesson = LessonFactory()
    client.post(reverse("lesson_admin:edit", args=[lesson.pk]), form_of(lesson, audience=PRACTITIONERS))
    assert not Lesson.objects.visible_to(UserFactory()).exists()
    assert IndexEntry.objects.get(kind="lesson", object_id=lesson.pk).audience == PRACTITIONERS


def test_of_an_external_lesson_only_state_and_audience_change(client: Client) -> None:
    vocabularies()
    signed_in(client, Role.FACILITATOR)
    lesson = ExternalFactory(title="As its source has it")
    address = reverse("external_lesson_admin:edit", args=[lesson.pk])
    assert client.get(address).status_code == 200
    posted = {"title": "Changed", "text": "Changed", "status": Status.ARCHIVED, "audience": COMMUNITY}
    assert client.post(address, posted).status_code == 302
    lesson.refresh_from_db()
    assert (lesson.title, lesson.status) == ("As its source has it", Status.ARCHIVED)


def test_the_two_lists_do_not_mix(client: Client) -> None:
    signed_in(client, Role.STEWARD)
    ours, external = LessonFactory(title="Ours"), ExternalFactory(title="Theirs")
    assert client.get(reverse("lesson_admin:edit", args=[external.pk])).status_code == 404
    assert client.get(reverse("external_lesson_admin:edit", args=[ours.pk])).status_code == 404
    assert "Theirs" in client.get(reverse("external_lesson_admin:index")).content.decode()
    assert client.get("/admin/external-lessons/new/").status_code == 302


def test_nobody_deletes(client: Client) -> None:
    signed_in(client, Role.FACILITATOR)
    lesson = LessonFactory()
    client.post(reverse("lesson_admin:delete", args=[lesson.pk]))
    assert Lesson.objects.filter(pk=lesson.pk).exists()
