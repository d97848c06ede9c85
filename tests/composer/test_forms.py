"""What a writing form does with each act, and that it gives back what was typed."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from composer.api import read_draft, save_draft
from composer.data import Act
from composer.fields import ComposerField
from composer.models import Draft, Submission
from composer.places import read_place
from people.models import User
from tests.composer.forms import PLACE, ReplyForm, sent

TYPED = {"title": "Chair", "body": "  two spaces\n\n", "kind": "b", "tags": "x\nz", "unnamed": ""}


def fresh(owner: User) -> ReplyForm:
    """The form as it is opened."""
    return ReplyForm(owner=owner, place=PLACE)


def test_an_opened_form_begins_with_the_draft(writer: User, colleague: User) -> None:
    save_draft(owner=writer, key=PLACE.key, label="A reply", url=PLACE.url, fields=TYPED)
    form = fresh(writer)
    values = {field.name: field.value() for field in form}
    assert values == {
        "title": "Chair",
        "body": "  two spaces\n\n",
        "kind": "b",
        "tags": ["x", "z"],
        "unnamed": False,
    }
    assert form.restored is not None
    assert not form.wants_posting()
    assert form.status == 200
    assert fresh(colleague)["body"].value() is None
    assert fresh(colleague)["unnamed"].value() is True


def test_saving_a_draft_validates_nothing_and_keeps_everything(writer: User) -> None:
    form = sent(
        writer,
        ("body", "  two spaces\r\n\r\n"),
        ("title", "Chair"),
        ("kind", "b"),
        ("tags", "x"),
        ("tags", "z"),
        act="draft",
    )
    assert not form.wants_posting()
    assert not form.errors
    assert form.saved is not None
    kept = read_draft(owner=writer, key=PLACE.key)
    assert kept is not None
    assert dict(kept.fields) == TYPED
    assert (kept.label, kept.url) == ("Chair", PLACE.url)


def test_a_draft_without_title_is_called_after_its_place(writer: User) -> None:
    sent(writer, ("body", "x"), ("title", " "), act="draft").wants_posting()
    assert Draft.objects.get().label == "A reply"


def test_a_draft_that_cannot_be_kept_says_why(writer: User) -> None:
    form = sent(writer, ("body", "x" * 200_001), act="draft")
    assert not form.wants_posting()
    assert form.errors
    assert form["body"].value() == "x" * 200_001


@pytest.mark.parametrize("act", ["post", "preview", "draft", "swap:body:0:x", "keep:x", "anything", ""])
def test_every_act_gives_back_what_was_typed(writer: User, act: str) -> None:
    form = sent(writer, ("body", "\n  as typed  \n"), ("title", "t" * 151), act=act)
    form.wants_posting()
    assert form["body"].value() == "\n  as typed  \n"
    assert bool(form.errors) is (form.act is Act.POST)


def test_a_preview_is_made_of_every_text(writer: User) -> None:
    form = sent(writer, ("body", "It **held**."), act="preview")
    assert not form.wants_posting()
    ((label, rendered),) = form.previews
    assert (label, rendered.html) == ("Your reply", "<p>It <strong>held</strong>.</p>")
    assert sent(writer, ("body", " "), act="preview").previews == []


def test_posting_makes_one_thing_and_drops_the_draft(writer: User) -> None:
    save_draft(owner=writer, key=PLACE.key, label="A reply", url=PLACE.url, fields=TYPED)
    made: list[str] = []

    def make() -> str:
        made.append("one")
        return "/made/"

    for _click in range(2):
        form = sent(writer, ("body", "It held."))
        assert form.wants_posting()
        assert form.post(make) == "/made/"
    assert made == ["one"]
    assert read_draft(owner=writer, key=PLACE.key) is None


def test_what_the_service_refuses_is_told_and_the_draft_stays(writer: User) -> None:
    save_draft(owner=writer, key=PLACE.key, label="A reply", url=PLACE.url, fields=TYPED)

    def refuse() -> str:
        raise ValidationError("This topic is closed.")

    form = sent(writer, ("body", "It held."))
    assert form.wants_posting()
    assert form.post(refuse) == ""
    assert form.non_field_errors() == ["This topic is closed."]
    assert form.status == 422
    assert read_draft(owner=writer, key=PLACE.key) is not None
    assert not Submission.objects.exists()


def test_the_guard_warns_once_and_then_lets_post(writer: User) -> None:
    form = sent(writer, ("body", "We met Zorblax."))
    assert not form.wants_posting()
    assert [finding.words for finding in form.findings] == ["Zorblax"]
    assert form.status == 200
    assert sent(writer, ("body", "We met Zorblax."), ("seen", "Zorblax")).wants_posting()
    assert sent(writer, ("body", "We met Zorblax."), ("kept", "Zorblax")).wants_posting()
    assert not sent(writer, ("body", "We met Zorblax and Krumm."), ("seen", "Zorblax")).wants_posting()


def test_an_offer_is_put_into_the_text(writer: User) -> None:
    form = sent(
        writer, ("body", "Zorblax: late. We met Zorblax."), ("title", "Zorblax"), act="swap:body:1:Zorblax"
    )
    assert not form.wants_posting()
    assert form["body"].value() == "The partner: late. We met the partner."
    assert form["title"].value() == "Zorblax"
    assert [finding.field for finding in form.findings] == ["title"]


@pytest.mark.parametrize(
    "act",
    [
        "swap",
        "swap:",
        "swap:body",
        "swap:body:9:Zorblax",
        "swap:body:-1:Zorblax",
        "swap:body:x:Zorblax",
        "swap:nobody:0:Zorblax",
        "swap:kind:0:Zorblax",
        "swap:body:0:Krumm",
        "swap:body:²:Zorblax",
    ],
)
def test_an_offer_nobody_made_changes_nothing(writer: User, act: str) -> None:
    form = sent(writer, ("body", "We met Zorblax."), act=act)
    assert not form.wants_posting()
    assert form["body"].value() == "We met Zorblax."


def test_kept_words_stay_kept(writer: User) -> None:
    form = sent(writer, ("body", "We met Zorblax:Krumm."), ("kept", "Krumm"), act="keep:Zorblax")
    assert not form.wants_posting()
    assert form.kept_words == ["Krumm", "Zorblax"]
    assert form.findings == []


@pytest.mark.parametrize("by_script", [True, False])
def test_a_draft_keeps_the_words_that_were_kept(writer: User, client: Client, by_script: bool) -> None:
    if by_script:
        client.force_login(writer)
        token = ReplyForm(owner=writer, place=PLACE).draft_token
        sent_fields = {"draft": token, "body": "We met Zorblax.", "kept": ["Zorblax", "Krumm"]}
        assert client.post(reverse("composer:save"), sent_fields).status_code == 200
    else:
        sent(
            writer, ("body", "We met Zorblax."), ("kept", "Zorblax"), ("kept", "Krumm"), act="draft"
        ).wants_posting()
    assert ReplyForm(owner=writer, place=PLACE).kept_words == ["Zorblax", "Krumm"]


def test_the_place_names_its_owner_and_cannot_be_forged(writer: User) -> None:
    token = ReplyForm(owner=writer, place=PLACE, prefix="r").draft_token
    signed = read_place(token)
    assert signed is not None
    assert (signed.owner_id, signed.place) == (writer.pk, PLACE)
    assert (signed.label_field, signed.guard_fields) == ("r-title", ("r-title", "r-body"))
    assert read_place(f"{token[:-2]}xx") is None
    assert read_place("") is None


def test_a_prefix_keeps_forms_of_one_page_apart(writer: User) -> None:
    form = sent(writer, ("r-body", "Mine"), ("body", "Another's"), act="draft", prefix="r")
    form.wants_posting()
    assert Draft.objects.get().fields["r-body"] == "Mine"
    again = ReplyForm(owner=writer, place=PLACE, prefix="r")
    assert again["body"].value() == "Mine"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write something here."),
        (" \n\t", "Write something here."),
        ("a\x00b", "cannot be stored"),
        ("x" * 50_001, "longer than 50000 characters"),
        ("é" * 25_001, "longer than 50 kB"),
    ],
)
def test_what_cannot_be_posted_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        ComposerField().clean(text)
    (message,) = refusal.value.messages
    assert sentence in message


@pytest.mark.parametrize("text", ["x" * 50_000, "é" * 25_000, " x ", "\n\nx\n"])
def test_what_fits_is_kept_as_it_was_typed(text: str) -> None:
    assert ComposerField().clean(text) == text
    assert ComposerField(required=False).clean("") == ""
