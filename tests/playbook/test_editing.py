"""The admin of the playbook: what an editor fills in, what is refused and with which words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from core.models import Term, Vocabulary
from people.services.ensure_roles import grant_admin_rights
from playbook.blocks.play import StepsBlock, key_of
from playbook.models import (
    PagesIndexPage,
    PhasePage,
    PlaybookIndexPage,
    PlayPage,
    StandardPage,
    ToolIndexPage,
)
from tests.playbook.factories import make_front, make_person, make_play, make_terms, make_tool, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    """A steward with the rights of the role."""
    make_front()
    grant_admin_rights()
    client.force_login(make_person(roles=("steward", "facilitator")))
    return client


def step_form(title: str, key: str = "", **value: Any) -> dict[str, Any]:
    words = {"title": title, "text": "Do it.", "who": "", "timing": "", "key": key}
    return {**words, "tools-count": "0", **value}


def form(
    play: PlayPage | None = None, steps: list[dict[str, Any]] | None = None, **changes: Any
) -> dict[str, Any]:
    """The form of a play as a browser sends it."""
    words = {
        "title": "Agree the rules", "slug": "agree-the-rules", "code": "P90", "summary": "In short.",
        "purpose": "It helps.", "when": "", "effort": "", "inputs": "", "outputs": "", "signs": "",
        "risk_tier": "normal", "audience": "community", "change_note": "", "last_verified": "",
        "play_owner": "", "main_component": "", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    blocks = steps if steps is not None else [step_form("Meet once")]
    streams = {
        "steps": streamfield([("step", value) for value in blocks]),
        "pitfalls": streamfield([]),
        "variants": streamfield([]),
    }
    data = {**words, **nested_form_data(streams), **changes}
    ids = [block["id"] for block in play.steps.raw_data] if play else []
    return {**data, **{f"steps-{number}-id": block for number, block in enumerate(ids)}}


def add(editor: Client, **data: Any) -> Any:
    address = reverse(
        "wagtailadmin_pages:add", args=["playbook", "playpage", PlaybookIndexPage.objects.get().pk]
    )
    return editor.post(address, {**form(**data), "action-publish": "1"})


def edit(editor: Client, play: PlayPage, **data: Any) -> Any:
    address = reverse("wagtailadmin_pages:edit", args=[play.pk])
    return editor.post(address, {**form(play, **data), "action-publish": "1"})


def errors(answer: Any) -> str:
    """What the editor reads; empty where the form was taken."""
    return answer.content.decode() if answer.status_code == 200 else ""


def test_a_new_play_goes_live_with_keys_made_from_its_titles(editor: Client) -> None:
    answer = add(editor, steps=[step_form("Map the contract"), step_form("Hold the kickoff")])
    assert answer.status_code == 302, errors(answer)
    play = PlayPage.objects.get(code="P90")
    assert [block.value["key"] for block in play.steps] == ["map_the_contract", "hold_the_kickoff"]
    assert (play.live, play.version, play.effective_audience) == (True, 1, "community")


def test_a_new_draft_is_as_narrow_as_its_place(editor: Client) -> None:
    front = PlaybookIndexPage.objects.get()
    front.audience = "practitioners"
    front.save_revision().publish()
    steward = make_person(roles=("steward",), is_practitioner=True)
    editor.force_login(steward)
    address = reverse("wagtailadmin_pages:add", args=["playbook", "playpage", front.pk])
    assert editor.post(address, form()).status_code == 302
    play = PlayPage.objects.get(code="P90")
    assert (play.live, play.effective_audience) == (False, "practitioners")
    assert not play.may_be_edited_by(make_person(roles=("steward",)))


def test_a_key_stays_when_the_title_changes(editor: Client) -> None:
    add(editor)
    play = PlayPage.objects.get(code="P90")
    answer = edit(editor, play, steps=[step_form("Meet every week", key="meet_once")])
    assert answer.status_code == 302, errors(answer)
    assert [block.value["key"] for block in PlayPage.objects.get(code="P90").steps] == ["meet_once"]


def test_a_changed_key_is_refused(editor: Client) -> None:
    add(editor)
    answer = edit(editor, PlayPage.objects.get(code="P90"), steps=[step_form("Meet once", key="other")])
    assert "stand in links and may not change: meet_once" in errors(answer)


def test_two_steps_of_one_key_are_refused_with_what_to_do(editor: Client) -> None:
    answer = add(editor, steps=[step_form("Meet once"), step_form("Meet once")])
    assert answer.status_code == 200
    assert "Give this step another title" in errors(answer)


def test_a_row_on_the_map_must_be_one_of_the_components(editor: Client) -> None:
    terms = make_terms()
    wrong = add(editor, main_component=str(terms["PL"].pk), components=[str(terms["CE"].pk)])
    assert "Tick this component below as well" in errors(wrong)
    right = add(editor, main_component=str(terms["PL"].pk), components=[str(terms["PL"].pk)])
    assert right.status_code == 302, errors(right)


def test_an_audience_nobody_could_hold_is_refused(editor: Client) -> None:
    front = PlaybookIndexPage.objects.get()
    front.audience = "function:legal"
    front.save_revision().publish()
    editor.force_login(make_person(roles=("steward",), business_function="legal", is_practitioner=True))
    answer = add(editor, audience="practitioners")
    assert "Nobody could read this page" in errors(answer)


@pytest.mark.parametrize("code", ["7", "T07", "P7", "p07"])
def test_a_code_has_the_form_of_a_code(editor: Client, code: str) -> None:
    assert "P and two digits, as P07" in errors(add(editor, code=code))


def test_a_code_is_given_once(editor: Client) -> None:
    make_play(code="P90")
    assert "already exists" in errors(add(editor))


def test_the_note_on_the_last_change_is_not_offered_again(editor: Client) -> None:
    add(editor, change_note="First words")
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[PlayPage.objects.get(code="P90").pk]))
    assert "First words" not in page.content.decode()


def test_the_editor_offers_audiences_in_words_and_only_fitting_terms(editor: Client) -> None:
    Term.objects.filter(vocabulary=Vocabulary.BUSINESS_FUNCTION, code="legal").update(label="Legal counsel")
    play = make_play()
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[play.pk])).content.decode()
    assert "Everybody who is signed in" in page
    assert "Legal counsel" in page
    assert (
        page.index("What it is") < page.index("You need, you get") < page.index("How you see that it worked")
    )
    phases = [str(choice) for choice in play.phases.model.objects.of(Vocabulary.LIFECYCLE_PHASE)]
    assert all(label in page for label in phases)


def test_a_step_chooses_among_tools_only(editor: Client) -> None:
    make_tool("A tool"), make_play("A play")
    front = PlaybookIndexPage.objects.get()
    chooser = reverse("wagtailadmin_choose_page_child", args=[front.pk])
    page = editor.get(chooser, {"page_type": "playbook.ToolPage"}).json()["html"]
    assert "data-chooser-modal-choice" not in page.split("A play")[-1][:200] if "A play" in page else True
    block = StepsBlock().child_blocks["step"].child_blocks["tools"].child_block
    assert [model.__name__ for model in block.target_models] == ["ToolPage"]


@pytest.mark.parametrize(
    ("parent", "children"),
    [
        (PlaybookIndexPage, {"PhasePage", "PlayPage", "ToolIndexPage"}),
        (PagesIndexPage, {"StandardPage"}),
        (ToolIndexPage, {"ToolPage"}),
        (PlayPage, set()),
        (PhasePage, set()),
        (StandardPage, set()),
    ],
)
def test_each_page_stands_only_where_it_belongs(parent: Any, children: set[str]) -> None:
    assert {model.__name__ for model in parent.allowed_subpage_models()} == children


@pytest.mark.parametrize(
    ("title", "key"), [("Map the contract", "map_the_contract"), ("Days 30, 60!", "days_30_60")]
)
def test_keys_are_made_of_letters_and_lines(title: str, key: str) -> None:
    assert key_of(title) == key


def test_a_vocabulary_is_edited_without_touching_codes(editor: Client) -> None:
    term = make_terms()["PL"]
    prefix = "/admin/vocabularies/component/"
    listing = editor.get(prefix).content.decode()
    assert "Label of PL" in listing
    assert "Label of startup" not in listing
    changed = {"label": "Leadership", "code": "XX", "definition": "", "order": "0"}
    assert editor.post(f"{prefix}edit/{term.pk}/", changed).status_code == 302
    term.refresh_from_db()
    assert (term.label, term.code) == ("Leadership", "PL")


def test_a_new_term_belongs_to_its_list_and_its_code_is_new(editor: Client) -> None:
    new = {"label": "Fifth", "code": "FI", "definition": "", "order": "9"}
    assert editor.post("/admin/vocabularies/component/new/", new).status_code == 302
    assert Term.objects.get(code="FI").vocabulary == Vocabulary.COMPONENT
    again = editor.post("/admin/vocabularies/component/new/", new)
    assert "Another term of this vocabulary has this code" in again.content.decode()


def test_terms_are_not_deleted_in_the_admin(editor: Client) -> None:
    term = make_terms()["PL"]
    answer = editor.post(f"/admin/vocabularies/component/delete/{term.pk}/")
    assert answer.status_code == 302
    assert Term.objects.filter(pk=term.pk).exists()


def test_the_admin_opens_without_noise(editor: Client) -> None:
    page = editor.get("/admin/").content.decode()
    assert "Vocabularies" in page
    assert "/admin/images/" not in page
    assert "/admin/documents/" not in page


def test_a_preview_of_a_play_being_edited_works(editor: Client) -> None:
    play = make_play(steps=[step()])
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[play.pk])
    sent = form(
        play, code=play.code, title="A title in the making", steps=[step_form("Open", key="open_the_door")]
    )
    assert editor.post(address, sent).json()["is_valid"]
    shown = editor.get(address)
    assert shown.status_code == 200
    assert "A title in the making" in shown.content.decode()


def test_an_owner_is_found_by_name_among_people_who_are_here(editor: Client) -> None:
    make_person(name="Marieke Brouwer"), make_person(name="Jonas Lindqvist")
    make_person(name="Marieke Gone", is_active=False)
    found = editor.get("/admin/choose-person/results/", {"q": "marieke"}).content.decode()
    assert "Marieke Brouwer" in found
    assert "Jonas Lindqvist" not in found
    assert "Marieke Gone" not in found


def test_the_editor_of_a_play_does_not_list_all_employees(editor: Client) -> None:
    make_person(name="Marieke Brouwer")
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[make_play().pk])).content.decode()
    assert "Choose a person" in page
    assert "Marieke Brouwer" not in page
