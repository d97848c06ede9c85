"""Importing a Stack Exchange dump: what it becomes, that it comes once, and that nothing of it does harm."""

from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from core.audiences import PRACTITIONERS
from core.facts import deliver_waiting
from forums.importing.stack_exchange import DumpError, read_dump
from forums.models import Board, ExternalAuthor, Post, Topic, TopicLink
from forums.services.change_board_audience import change_board_audience
from forums.services.import_forum import import_forum
from forums.services.post_reply import post_reply
from forums.services.take_down import take_down
from notifications.models import Notice
from people.models import User
from people.roles import Role
from tests.core.hostile import attacks
from tests.people.factories import UserFactory
from tests.shared_data import shared

pytestmark = pytest.mark.django_db

QUESTION = {"Id": "1", "PostTypeId": "1", "CreationDate": "2011-01-01T10:00:00.000", "Score": "8",
            "OwnerUserId": "7", "Title": "Which chain oil?", "Tags": "<chains><oil>", "AcceptedAnswerId": "2",
            "Body": "<p>Mine <strong>squeaks</strong>.</p>"}  # fmt: skip
ANSWER = {"Id": "2", "PostTypeId": "2", "ParentId": "1", "CreationDate": "2011-01-01T12:00:00.000", "Score": "-2",
          "OwnerUserId": "8", "Body": "<p>Wax.<script>alert(1)</script></p>"}  # fmt: skip
OTHER = {"Id": "3", "PostTypeId": "1", "CreationDate": "2011-01-02T10:00:00.000", "OwnerUserId": "8",
         "Title": "Chain oil, which one?", "Tags": "|chains|", "Body": "<p>Again.</p>",
         "ClosedDate": "2011-01-03T00:00:00.000"}  # fmt: skip
WIKI = {"Id": "4", "PostTypeId": "5", "CreationDate": "2011-01-02T10:00:00.000", "Body": "<p>A tag.</p>"}
COMMENT = {"Id": "1", "PostId": "2", "Score": "3", "Text": "Wax *flakes*.",
           "CreationDate": "2011-01-01T13:00:00.000"}  # fmt: skip
LINK = {"Id": "1", "PostId": "3", "RelatedPostId": "1", "LinkTypeId": "3"}
USERS = ({"Id": "7", "DisplayName": "Ana"}, {"Id": "8", "DisplayName": "Bo"})


def dump(folder: Path, *posts: dict[str, str]) -> Path:
    """A small dump with these posts."""
    rows = {
        "Posts": posts or (QUESTION, ANSWER, OTHER, WIKI),
        "Users": USERS,
        "Comments": (COMMENT,),
        "PostLinks": (LINK,),
    }
    for name, found in rows.items():
        lines = "\n".join(
            f"<row {' '.join(f'{key}={quoteattr(value)}' for key, value in row.items())} />" for row in found
        )
        (folder / f"{name}.xml").write_text(f"<rows>{lines}</rows>", encoding="utf-8")
    return folder


def run(folder: Path, **options: object) -> None:
    call_command("import_forum", folder, source="bikes", board="Bicycles", verbosity=0, **options)


def test_questions_answers_and_comments_become_a_topic(tmp_path: Path) -> None:
    run(dump(tmp_path))
    topic = Topic.objects.get(external_key="1")
    posts = list(topic.posts.order_by("number"))
    assert [post.external_key for post in posts] == ["1", "2", "c1"]
    assert topic.title == "Which chain oil?"
    assert topic.accepted == posts[1]
    assert (topic.reply_count, topic.last_number) == (2, 3)
    assert topic.created.isoformat() == "2011-01-01T10:00:00+00:00"
    assert sorted(tag.label for tag in topic.tags.all()) == ["chains", "oil"]
    assert [post.imported_helpful for post in posts] == [8, -2, 3]
    assert [post.helpful_count for post in posts] == [0, 0, 0]
    assert posts[2].parent == posts[1]
    assert not posts[2].can_be_accepted
    assert posts[0].shown("body").html == "<p>Mine <strong>squeaks</strong>.</p>"
    assert "script" not in posts[1].shown("body").html
    assert "<em>flakes</em>" in posts[2].shown("body").html
    assert Topic.objects.get(external_key="3").locked is not None
    assert TopicLink.objects.get().other == topic


def test_what_was_imported_is_found_by_who_may_read_its_board_and_by_nobody_else(tmp_path: Path) -> None:
    run(dump(tmp_path))
    topic = Topic.objects.get(external_key="1")
    client = Client()
    client.force_login(UserFactory())
    address = "/search/?q=chain+oil&kind=topic"
    assert topic.get_absolute_url() in client.get(address).content.decode()
    board = Board.objects.get(slug="bicycles")
    change_board_audience(board_id=board.pk, audience=PRACTITIONERS, actor=UserFactory())
    assert topic.get_absolute_url() not in client.get(address).content.decode()


def test_authors_stay_outside_the_directory_and_nobody_is_told(tmp_path: Path) -> None:
    reader = UserFactory()
    run(dump(tmp_path))
    assert sorted(ExternalAuthor.objects.values_list("name", flat=True)) == ["Ana", "Bo", "Somebody"]
    assert User.objects.count() == 1
    deliver_waiting()
    assert not Notice.objects.exists()
    client = Client()
    client.force_login(reader)
    page = client.get(Topic.objects.get(external_key="1").get_absolute_url(), follow=True).content.decode()
    assert "Ana" in page
    assert "from outside" in page


def test_a_second_import_changes_nothing_and_a_changed_thread_keeps_its_place(tmp_path: Path) -> None:
    run(dump(tmp_path))
    topics = dict(Topic.objects.values_list("external_key", "pk"))
    posts = dict(Post.objects.values_list("external_key", "pk"))
    board = Board.objects.get(slug="bicycles")
    again = import_forum(read_dump(tmp_path), board=board, source="bikes")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    earlier = {"Id": "9", "PostTypeId": "2", "ParentId": "1", "CreationDate": "2011-01-01T11:00:00.000",
               "OwnerUserId": "7", "Body": "<p>Oil.</p>"}  # fmt: skip
    changed = import_forum(
        read_dump(dump(tmp_path, QUESTION, earlier, ANSWER, OTHER)), board=board, source="bikes"
    )
    assert (changed.created, changed.updated, changed.unchanged) == (0, 1, 1)
    assert dict(Topic.objects.values_list("external_key", "pk")) == topics
    order = list(
        Post.objects.filter(topic=topics["1"]).order_by("number").values_list("external_key", "pk", "number")
    )
    assert [(key, number) for key, _pk, number in order] == [("1", 1), ("9", 2), ("2", 3), ("c1", 4)]
    assert {key: pk for key, pk, _number in order if key != "9"}.items() <= posts.items()
    gone = import_forum(read_dump(dump(tmp_path, QUESTION, OTHER)), board=board, source="bikes")
    assert gone.updated == 1
    assert list(Post.objects.filter(topic=topics["1"]).values_list("external_key", flat=True)) == ["1"]


def test_what_members_added_stays_below_what_is_imported_again(tmp_path: Path) -> None:
    run(dump(tmp_path))
    topic = Topic.objects.get(external_key="3")
    topic.locked = None
    topic.save()
    added = post_reply(author=UserFactory(), topic_id=topic.pk, body="Wax, says a colleague.")
    late = {"Id": "9", "PostTypeId": "2", "ParentId": "3", "CreationDate": "2011-01-05T11:00:00.000",
            "OwnerUserId": "7", "Body": "<p>Oil.</p>"}  # fmt: skip
    run(dump(tmp_path, QUESTION, ANSWER, OTHER, late))
    order = topic.posts.order_by("number").values_list("external_key", "number")
    assert list(order) == [("3", 1), ("9", 2), ("", 3)]
    assert Post.objects.get(pk=added.pk).body == "Wax, says a colleague."
    topic.refresh_from_db()
    assert (topic.last_number, topic.reply_count) == (3, 2)


def test_what_was_taken_down_stays_down_when_its_thread_is_imported_again(tmp_path: Path) -> None:
    run(dump(tmp_path))
    facilitator = UserFactory(roles=(Role.FACILITATOR,))
    answer = Post.objects.get(external_key="2")
    take_down(actor=facilitator, post_id=answer.pk, reason="It names a patient.")
    run(dump(tmp_path, QUESTION | {"Score": "9"}, ANSWER, OTHER))
    topic, answer = Topic.objects.get(external_key="1"), Post.objects.get(external_key="2")
    assert answer.deleted is not None
    assert (topic.accepted, topic.reply_count) == (None, 1)


def test_a_row_that_cannot_be_read_is_counted_and_stops_none_after_it(tmp_path: Path) -> None:
    broken = [
        {"PostTypeId": "1", "Title": "No number", "CreationDate": "2011-01-01T10:00:00.000"},
        QUESTION | {"Id": "20", "CreationDate": "the day before"},
        QUESTION | {"Id": "x21"},
        QUESTION | {"Id": "22", "Score": "many"},
        ANSWER | {"Id": "23", "Score": str(10**30)},
        {"Id": "24", "PostTypeId": "2", "ParentId": "1"},
    ]
    odd = [
        QUESTION | {"Id": "30", "ClosedDate": "never", "OwnerUserId": "somebody", "Score": ""},
        ANSWER | {"Id": "31", "ParentId": "30", "OwnerUserId": "-1"},
    ]
    found = read_dump(dump(tmp_path, *broken, QUESTION, ANSWER, *odd))
    assert [thread.key for thread in found.threads] == ["1", "30"]
    assert found.passed_over["cannot be read"] == len(broken)
    run(tmp_path)
    assert Post.objects.get(external_key="31").external_author is not None


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a "lol"><!ENTITY b "%s">' % ("&a;" * 1000)
        + "".join(f'<!ENTITY c{n} "{(f"&c{n - 1};" if n else "&b;") * 1000}">' for n in range(4)),
        '<!ENTITY c3 SYSTEM "file:///etc/passwd">',
    ],
    ids=["growing", "outside"],
)
def test_entities_of_a_dump_neither_grow_nor_fetch(tmp_path: Path, entities: str) -> None:
    body = f'<!DOCTYPE rows [{entities}]><rows><row Id="1" PostTypeId="1" Title="x" Body="&c3;"/></rows>'
    (dump(tmp_path) / "Posts.xml").write_text(body, encoding="utf-8")
    with pytest.raises(DumpError, match="not a whole XML file"):
        read_dump(tmp_path)


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_forum", dump(tmp_path), source="bikes", board="Bicycles", dry_run=True)
    assert not Topic.objects.exists()
    assert not Board.objects.exists()
    said = capsys.readouterr().out
    assert "created" in said
    assert "neither question nor answer" in said
    assert "nothing was written" in said


def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DumpError, match=r"Posts\.xml"):
        read_dump(tmp_path)
    (tmp_path / "Posts.xml").write_text("<rows><row", encoding="utf-8")
    with pytest.raises(CommandError, match="not a whole XML file"):
        run(tmp_path)
    Board.objects.create(slug="bicycles", title="Bicycles")
    with pytest.raises(CommandError, match="belongs to others"):
        run(dump(tmp_path))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"audience": "practitioner"}, "“practitioner” is no known audience"),
        ({"audience": "function:nowhere"}, "is no known audience"),
        ({"board": "会議"}, "needs a letter from a to z"),
    ],
)
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_board_that_nobody_could_open_is_refused_before_anything_is_written(
    tmp_path: Path, options: dict[str, str], sentence: str, dry_run: bool
) -> None:
    chosen = {"source": "bikes", "board": "Bicycles"} | options
    with pytest.raises(CommandError, match=sentence) as refusal:
        call_command("import_forum", dump(tmp_path), dry_run=dry_run, **chosen)
    assert refusal.value.returncode == 1
    assert not Board.objects.exists()
    assert not ExternalAuthor.objects.exists()


def test_a_board_that_was_imported_keeps_its_audience(tmp_path: Path) -> None:
    run(dump(tmp_path), audience=PRACTITIONERS)
    run(tmp_path, audience="whatever was typed this time")
    assert Board.objects.get().audience == PRACTITIONERS


def test_attacks_in_bodies_titles_comments_and_names_are_harmless(tmp_path: Path, client: Client) -> None:
    client.force_login(UserFactory())
    typed = [attack for attack in attacks()[2:1500:10] if attack.isprintable() and len(attack) <= 150]
    posts = [
        QUESTION | {"Id": str(number), "Title": attack[:150] or "x", "Body": attack, "AcceptedAnswerId": ""}
        for number, attack in enumerate(typed, start=10)
    ]
    run(dump(tmp_path, *posts))
    assert Topic.objects.count() == len(typed)
    for topic in Topic.objects.all()[::10]:
        answer = client.get(topic.get_absolute_url(), follow=True)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode().lower()


def test_the_real_dump(tmp_path: Path) -> None:
    found = read_dump(shared("forum-bicycles-meta"))
    assert len(found.threads) == 453
    assert sum(not post.is_comment for thread in found.threads for post in thread.posts) == 453 + 971
    run(shared("forum-bicycles-meta"))
    assert Topic.objects.count() == 453
    accepted = sum(bool(thread.accepted) for thread in found.threads)
    assert Topic.objects.exclude(accepted=None).count() == accepted
    numbers = Post.objects.values_list("topic", "number").order_by("topic", "number")
    by_topic: dict[int, list[int]] = {}
    for topic, number in numbers:
        by_topic.setdefault(topic, []).append(number)
    assert all(found == list(range(1, len(found) + 1)) for found in by_topic.values())
