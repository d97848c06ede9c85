"""Files at posts: what is taken and what is refused, what survives a slip, who may open one, and what an unnamed one keeps."""

import io
import random
import zipfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django.fixtures import Settings

from composer.api import save_draft
from core.audiences import PRACTITIONERS
from forums.api import forget_unheld_files
from forums.choices import FlagReason
from forums.files.names import clean_name
from forums.files.pictures import redrawn
from forums.models import Attachment, Board, Post, Topic
from forums.services.attach import attach
from forums.services.flag import flag_post
from forums.services.post_reply import post_reply
from forums.services.post_topic import post_topic
from forums.services.take_down import restore, take_down
from people.models import User
from people.roles import Role
from tests.forums.factories import BoardFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}


def office(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def picture(format_name: str = "PNG", size: tuple[int, int] = (8, 6), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, format_name, **options)
    return out.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    settings.MEDIA_ROOT = folder
    return folder


@pytest.fixture
def author() -> User:
    return UserFactory(name="Ilse Koster")


@pytest.fixture
def facilitator() -> User:
    return UserFactory(name="Amara Osei", roles=(Role.FACILITATOR,))


@pytest.fixture
def board(facilitator: User) -> Board:
    return BoardFactory(slug="governance", title="Governance")


@pytest.fixture
def topic(author: User, board: Board) -> Topic:
    return post_topic(
        author=author,
        board_id=board.pk,
        kind="question",
        title="Who keeps the minutes?",
        body="We lost them.",
    )


def reply_with(author: User, topic: Topic, name: str = "minutes.pdf", content: bytes = PDF) -> Attachment:
    file = attach(owner=author, upload=upload(name, content))
    post_reply(author=author, topic_id=topic.pk, body="Here they are.", attachments=[file.key])
    file.refresh_from_db()
    return file


def stored(file: Attachment) -> bytes:
    with file.file.open("rb") as content:
        return bytes(content.read())


def answer_for(person: User | None, file: Attachment) -> HttpResponse:
    client = Client()
    if person is not None:
        client.force_login(person)
    answer = client.get(file.get_absolute_url())
    if answer.streaming:
        answer.sent = b"".join(answer.streaming_content)
    return answer


def opened(person: User | None, file: Attachment) -> int:
    return answer_for(person, file).status_code


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("minutes.pdf", PDF, "application/pdf"),
        (
            "Minutes.DOCX",
            office(WORD),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("chair.png", picture(), "image/png"),
        ("chair.jpg", picture("JPEG"), "image/jpeg"),
        ("chair.gif", picture("GIF"), "image/gif"),
        ("chair.webp", picture("WEBP"), "image/webp"),
        ("notes.txt", "Grüße".encode(), "text/plain; charset=utf-8"),
        ("list.csv", b"a,b\n1,2\n", "text/csv; charset=utf-8"),
    ],
)
def test_what_is_taken(author: User, name: str, content: bytes, media_type: str) -> None:
    file = attach(owner=author, upload=upload(name, content))
    assert (file.owner, file.post, file.media_type) == (author, None, media_type)
    assert file.size == len(stored(file))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("tool.exe", b"MZ\x90\x00", "kind"),
        ("minutes.pdf", b"MZ\x90\x00" + PDF, "not what its name says"),
        ("minutes.docx", b"MZ\x90\x00" + office(WORD), "not what its name says"),
        ("minutes.docx", office({"xl/workbook.xml": b"", "[Content_Types].xml": b""}), "not what its name"),
        ("minutes.docx", office({"a.txt": b"no office"}), "not what its name says"),
        ("minutes.docx", b"PK\x03\x04 broken", "cannot be opened"),
        ("minutes.docx", office(WORD | {"word/vbaProject.bin": b"macro"}), "macros"),
        ("minutes.docx", office(WORD | {"../../etc/passwd": b"x"}), "cannot be opened safely"),
        ("minutes.docx", office(WORD | {"word/zero.xml": bytes(30_000_000)}), "cannot be opened safely"),
        ("logo.svg", b"<svg onload='alert(1)'/>", "kind"),
        ("page.html", b"<script>alert(1)</script>", "kind"),
        ("chair.png", b"<html><script>alert(1)</script>", "not what its name says"),
        ("chair.png", picture("JPEG"), "not what its name says"),
        ("chair.png", picture()[:40], "cannot be read"),
        ("notes.txt", b"\x00\x01\x02", "no plain text"),
        ("notes.txt", b"\xff\xfe\x00", "no plain text"),
        ("notes.txt", b"", "empty"),
        ("no extension", PDF, "kind"),
        ("chair.png.exe", picture(), "kind"),
    ],
)
def test_what_is_refused(author: User, media: Path, name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        attach(owner=author, upload=upload(name, content))
    assert not Attachment.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(author: User) -> None:
    small = bytearray(picture())
    small[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(ValidationError, match=r"too large|cannot be read"):
        attach(owner=author, upload=upload("bomb.png", bytes(small)))
    with pytest.raises(ValidationError, match="too large"):
        attach(owner=author, upload=upload("wide.png", picture(size=(10_000, 4_001))))


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp"])
def test_a_broken_picture_is_refused_with_a_sentence_and_fails_nothing(kind: str) -> None:
    chance, out = random.Random(5), io.BytesIO()
    frames = [Image.new("P" if kind == "gif" else "RGB", (20, 20), colour) for colour in (3, 90)]
    moves = {} if kind == "jpeg" else {"save_all": True, "append_images": frames[1:]}
    frames[0].save(out, kind, **moves)
    for _attempt in range(200):
        content = bytearray(out.getvalue())
        for _place in range(chance.randint(1, 6)):
            content[chance.randrange(8, len(content))] = chance.randrange(256)
        with suppress(ValidationError):
            assert redrawn(io.BytesIO(content[: chance.randrange(10, 2 * len(content))]), f"image/{kind}")


def test_a_file_is_refused_above_the_limit(author: User, settings: Settings) -> None:
    settings.ATTACHMENT_MEGABYTES = 1
    with pytest.raises(ValidationError, match="larger than 1 MB"):
        attach(owner=author, upload=upload("notes.txt", b"a" * 1_000_001))


def test_a_picture_keeps_its_points_and_nothing_else(author: User) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Ilse Koster"
    exif[0x0112] = 6
    told = picture("JPEG", size=(20, 10), exif=exif, comment=b"taken at home") + b"<script>alert(1)</script>"
    kept = stored(attach(owner=author, upload=upload("chair.jpg", told)))
    for secret in (b"Ilse", b"home", b"script", b"Exif"):
        assert secret in told
        assert secret not in kept
    with Image.open(io.BytesIO(kept)) as drawn:
        assert drawn.size == (10, 20), "it stands as it was meant to be seen"


def test_a_moving_picture_still_moves(author: User) -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "green", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=50, comment=b"secret")
    kept = stored(attach(owner=author, upload=upload("steps.gif", out.getvalue())))
    assert b"secret" not in kept
    with Image.open(io.BytesIO(kept)) as drawn:
        assert drawn.n_frames == 3


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../minutes.docx", "minutes.docx"),
        ("C:\\Users\\ilse\\minutes.DOCX", "minutes.docx"),
        ("minutes\r\nSet-Cookie: a=b.pdf", "minutesSet-Cookie a=b.pdf"),
        ("exe.\u202efdp.pdf", "exe.fdp.pdf"),
        ('"><script>.pdf', "script.pdf"),
        ("...", "file"),
        ("議事録 2026.pdf", "議事録 2026.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        (".pdf", "pdf"),
    ],
)
def test_names_are_cleaned(name: str, shown: str) -> None:
    assert clean_name(name) == shown


def test_the_stored_name_is_nobodys_guess(author: User) -> None:
    file = attach(owner=author, upload=upload("minutes.pdf", PDF))
    assert "minutes" not in file.file.name
    assert file.key.hex in file.file.name


def test_files_travel_through_preview_errors_and_drafts_without_scripts(author: User, topic: Topic) -> None:
    client = Client()
    client.force_login(author)
    address = topic.get_absolute_url()
    page = client.post(address, {"act": "attach", "body": "See below", "upload": upload("minutes.pdf", PDF)})
    file = Attachment.objects.get()
    assert "minutes.pdf" in page.content.decode()
    marks = page.context["form"]["attachments"].value()
    page = client.post(address, {"act": "preview", "body": "See below", "attachments": marks})
    assert f"detach:{file.key.hex}" in page.content.decode()
    page = client.post(address, {"act": "post", "body": " ", "attachments": marks})
    assert page.status_code == 422
    assert "minutes.pdf" in page.content.decode()
    page = client.get(address)
    assert page.context["form"].attached == [file], "it came back with the draft"
    page = client.post(address, {"act": "post", "body": "See below", "attachments": marks})
    assert page.status_code == 302
    file.refresh_from_db()
    assert file.post.number == 2
    shown = client.get(f"{address}?from=1").content.decode()
    assert file.get_absolute_url() in shown
    assert "minutes.pdf" in shown


def test_a_refused_file_is_said_and_nothing_is_lost(author: User, topic: Topic) -> None:
    client = Client()
    client.force_login(author)
    files = [upload("tool.exe", b"MZ"), upload("minutes.pdf", PDF)]
    page = client.post(topic.get_absolute_url(), {"act": "post", "body": "Both", "upload": files})
    words = page.content.decode()
    assert page.status_code == 422
    assert "tool.exe" in words
    assert "Both" in words
    assert [file.name for file in page.context["form"].attached] == ["minutes.pdf"]
    assert topic.posts.count() == 1


def test_a_file_can_be_taken_off_before_posting(author: User, topic: Topic, media: Path) -> None:
    client = Client()
    client.force_login(author)
    address = topic.get_absolute_url()
    page = client.post(address, {"act": "attach", "body": "x", "upload": upload("minutes.pdf", PDF)})
    marks = page.context["form"]["attachments"].value()
    key = Attachment.objects.get().key.hex
    page = client.post(address, {"act": f"detach:{key}", "body": "x", "attachments": marks})
    assert page.context["form"].attached == []
    assert not Attachment.objects.exists()


def test_nobody_takes_off_or_posts_the_file_of_another(author: User, facilitator: User, topic: Topic) -> None:
    file = attach(owner=facilitator, upload=upload("minutes.pdf", PDF))
    client = Client()
    client.force_login(author)
    marks = f"{file.key.hex}.{'0' * 16}"
    client.post(
        topic.get_absolute_url(), {"act": f"detach:{file.key.hex}", "body": "x", "attachments": marks}
    )
    client.post(topic.get_absolute_url(), {"act": "post", "body": "x", "attachments": marks})
    file.refresh_from_db()
    assert file.post is None
    assert topic.posts.count() == 2


def test_a_double_click_with_a_file_posts_once(author: User, topic: Topic) -> None:
    client = Client()
    client.force_login(author)
    for _ in range(2):
        client.post(
            topic.get_absolute_url(), {"act": "post", "body": "x", "upload": upload("minutes.pdf", PDF)}
        )
    assert topic.posts.count() == 2
    assert Attachment.objects.filter(post__number=2).count() == 1


def test_at_most_ten_files(author: User, topic: Topic) -> None:
    client = Client()
    client.force_login(author)
    files = [upload(f"{number}.txt", b"words") for number in range(11)]
    page = client.post(topic.get_absolute_url(), {"act": "attach", "body": "x", "upload": files})
    assert "A post takes 10 files" in page.content.decode()
    assert len(page.context["form"].attached) == 10


def test_headers_let_nothing_run_and_nothing_be_kept(author: User, topic: Topic) -> None:
    file = reply_with(author, topic)
    answer = answer_for(author, file)
    assert answer["Content-Disposition"] == 'attachment; filename="minutes.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.sent == PDF
    drawn = answer_for(author, reply_with(author, topic, "chair.png", picture()))
    assert drawn["Content-Disposition"].startswith("inline")
    assert drawn["Content-Type"] == "image/png"


def test_who_may_open_a_file(author: User, facilitator: User, board: Board) -> None:
    insider, outsider = UserFactory(is_practitioner=True), UserFactory()
    narrow = BoardFactory(slug="narrow", audience=PRACTITIONERS)
    topic = post_topic(
        author=insider,
        board_id=narrow.pk,
        kind="question",
        title="Between ourselves, who chairs?",
        body="Well.",
    )
    file = reply_with(insider, topic)
    assert [opened(one, file) for one in (insider, outsider, facilitator)] == [200, 404, 404]
    assert opened(None, file) in (302, 404)
    assert opened(UserFactory(is_practitioner=True, is_active=False), file) in (302, 404)


def test_a_file_of_a_draft_is_its_owners(author: User, facilitator: User) -> None:
    file = attach(owner=author, upload=upload("minutes.pdf", PDF))
    assert [opened(one, file) for one in (author, facilitator, UserFactory(), None)][:3] == [200, 404, 404]


def test_files_follow_their_post(author: User, facilitator: User, topic: Topic) -> None:
    file, colleague = reply_with(author, topic), UserFactory()
    flag_post(reporter=colleague, post_id=file.post_id, reason=FlagReason.CONFIDENTIAL)
    assert [opened(one, file) for one in (colleague, author, facilitator)] == [404, 200, 200]
    Post.objects.filter(pk=file.post_id).update(hidden=None)
    take_down(actor=author, post_id=file.post_id)
    assert [opened(one, file) for one in (colleague, author, facilitator)] == [404, 404, 200]
    restore(actor=author, post_id=file.post_id)
    assert opened(colleague, file) == 200
    Board.objects.filter(pk=topic.board_id).update(audience=PRACTITIONERS)
    Topic.objects.filter(pk=topic.pk).update(audience=PRACTITIONERS)
    assert opened(colleague, file) == 404


def test_who_decides_on_a_flag_sees_the_files(author: User, facilitator: User, topic: Topic) -> None:
    file = reply_with(author, topic)
    assert file.post_id is not None
    flag_post(reporter=UserFactory(), post_id=file.post_id, reason=FlagReason.CONFIDENTIAL)
    client = Client()
    client.force_login(facilitator)
    for address in (reverse("forums:flags"), reverse("forums:decide", args=[file.post_id])):
        assert file.get_absolute_url() in client.get(address).content.decode()


def test_a_file_that_is_gone_from_the_disk_is_not_found(author: User, topic: Topic) -> None:
    file = reply_with(author, topic)
    file.file.storage.delete(file.file.name)
    assert opened(author, file) == 404


def test_an_unnamed_post_keeps_no_owner_and_no_name_of_its_files(author: User, board: Board) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Ilse Koster"
    file = attach(owner=author, upload=upload("Ilse Koster at work.jpg", picture("JPEG", exif=exif)))
    topic = post_topic(
        author=author,
        board_id=board.pk,
        kind="question",
        title="How do I say that it is too much?",
        body="See the picture.",
        unnamed=True,
        attachments=[file.key],
    )
    file.refresh_from_db()
    assert (file.owner, file.name, file.post.topic) == (None, "file-1.jpg", topic)
    assert b"Ilse" not in stored(file)
    reader = UserFactory()
    client = Client()
    client.force_login(reader)
    words = client.get(topic.get_absolute_url()).content.decode()
    assert "file-1.jpg" in words
    assert "Ilse" not in words
    assert "Ilse" not in answer_for(reader, file)["Content-Disposition"]


@pytest.mark.parametrize(("name", "content"), [("minutes.docx", office(WORD)), ("minutes.pdf", PDF)])
def test_documents_that_tell_their_author_do_not_go_with_an_unnamed_post(
    author: User, board: Board, name: str, content: bytes
) -> None:
    client = Client()
    client.force_login(author)
    typed = {
        "act": "post",
        "kind": "question",
        "board": board.pk,
        "title": "How do I say that it is too much?",
        "body": "See the document.",
        "tags": "",
        "unnamed": "on",
        "upload": upload(name, content),
    }
    page = client.post(reverse("forums:ask"), typed)
    assert page.status_code == 422
    assert "may carry your name inside" in page.content.decode()
    assert "See the document." in page.content.decode()
    assert not Topic.objects.exists()
    assert Attachment.objects.get().owner == author, "it waits in the draft"


def test_files_that_nobody_posts_are_forgotten_after_a_day(
    author: User, topic: Topic, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    posted = reply_with(author, topic)
    lost, held = (attach(owner=author, upload=upload(f"{n}.txt", b"words")) for n in ("lost", "held"))
    fields = {"body": "", "attachments": f"{held.key.hex}.{'a' * 16}"}
    save_draft(owner=author, key="topic:new", fields=fields, label="A question", url="/forums/ask/")
    assert forget_unheld_files() == 0
    later = time_machine.travel(timezone.now() + timedelta(days=2))
    with later, django_capture_on_commit_callbacks(execute=True):
        assert forget_unheld_files() == 1
    assert set(Attachment.objects.all()) == {posted, held}
    assert len([path for path in media.rglob("*") if path.is_file()]) == 2
    assert not lost.file.storage.exists(lost.file.name)
