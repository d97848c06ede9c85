"""A small portal with one of everything, and every address it answers: what the security tests walk through.

The world is the starter content cut down to a handful, so that the loaders and rules under test are the real ones.
Addresses come from the resolver and from the objects; an argument that has no sample is a failure, so that no new
address escapes the tests.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import yaml
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.regex_helper import normalize
from wagtail.models import Page

from alliances.choices import Duty
from alliances.models import Alliance
from alliances.services.membership import ask_membership
from core.content import read_yaml
from core.services.load_vocabularies import load_vocabularies
from forums.models import Board, Post, RelayedMessage, Topic
from forums.services.accept_answer import accept_answer
from forums.services.load_forum import load_boards
from forums.services.post_reply import post_reply
from forums.services.post_topic import post_topic
from forums.services.relay import relay_message
from lessons.choices import Status
from lessons.models import Lesson
from lessons.services.starter import load_starter_lessons
from mentoring.matching.data import MOST
from mentoring.models import (
    Candidate,
    MatchRequest,
    MatchRun,
    MentorProfile,
    Mentorship,
    Programme,
    Session,
)
from mentoring.services.answer_pulse import answer_pulse
from mentoring.services.draft_round import draft_round, solve_round
from mentoring.services.keep_agreement import agreement_of, sign_agreement
from mentoring.services.keep_apart import set_wall
from mentoring.services.keep_status import keep_status
from mentoring.services.keep_wishes import keep_wishes
from mentoring.services.plan_talk import propose_talk
from mentoring.services.programmes import onboarding_programme
from mentoring.services.send_request import send_request
from mentoring.services.set_goals import GoalText, set_goals
from mentoring.services.write_note import write_note
from mentoring.snapshots import Snapshot, seal
from notifications.tokens import stop_path
from onboarding.models import Letter, StepTemplate
from onboarding.services.load_onboarding import load_onboarding
from people.models import Profile, RoleProfile, User
from people.roles import Role
from people.services.ensure_roles import grant_admin_rights
from people.services.load_competences import load_competences
from playbook.models import PlayPage
from playbook.services.load_glossary import load_glossary
from playbook.services.load_pages import load_starter_pages
from playbook.services.load_plays import load_starter_plays
from playbook.services.load_tools import load_starter_tools
from tests.alliances.factories import join, make_alliance
from tests.mentoring.pair_factories import PairFactory
from tests.people.factories import UserFactory

PLAYS = ("P01", "P02", "P07")
TOOLS = ("T01", "T02", "T05")
LESSONS = ("L01", "L02", "L03")
TERMS = 3
ALL_ROLES = ("stranger", *(role.value for role in Role))
TOKEN = re.compile(
    rb'(name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]*"|"CSRF_TOKEN": "[^"]+"|data-csrf[^=]*="[^"]+"'
    rb'|name="draft" value="[^"]+")'  # signed with the second
)


WORDS = {
    "app_label": "core",
    "app_name": "core",
    "model_name": "term",
    "content_type_app_name": "playbook",
    "content_type_model_name": "playpage",
    "filter_spec": "max-100x100",
    "uidb36": "1",
}
NO_FILE = "00000000-0000-4000-8000-000000000000"
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_to_copy_id", "pk")


@dataclass
class World:
    """People by role and the objects the addresses are made of."""

    people: dict[str, User]
    samples: dict[str, str] = field(default_factory=dict)

    def client(self, role: str, **options: bool) -> Client:
        """A browser signed in as somebody of a role, or a stranger's."""
        client = Client(raise_request_exception=False, **options)
        if role in self.people:
            client.force_login(self.people[role])
        return client


def small_content(folder: Path) -> Path:
    """A copy of the starter content with three of each kind; links to others are passed over on load."""
    source = settings.CONTENT_DIR
    for kind, codes in (("plays", PLAYS), ("tools", TOOLS), ("lessons", LESSONS)):
        (folder / kind).mkdir(parents=True)
        for code in codes:
            shutil.copy(source / kind / f"{code}.yaml", folder / kind)
    for path in source.glob("*.yaml"):
        shutil.copy(path, folder)
    terms = read_yaml(source / "glossary.yaml")[:TERMS]
    (folder / "glossary.yaml").write_text(yaml.safe_dump(terms), encoding="utf-8")
    return folder


def make_world(folder: Path) -> None:
    """Loads the small portal and makes one person a role. Tests find it by `pytest.mark.world("small")`."""
    content = small_content(folder)
    load_vocabularies(content=settings.CONTENT_DIR)
    load_competences()
    load_starter_tools(content_dir=content)
    load_starter_plays(content_dir=content, with_owners=False)
    load_starter_pages(content_dir=content)
    load_glossary(content_dir=content)
    load_starter_lessons(content_dir=content)
    load_onboarding(content=content)
    Lesson.objects.create(code="L90", title="A lesson that waits for a screener", status=Status.SUBMITTED)
    grant_admin_rights()
    for role in Role:
        UserFactory(
            email=f"{role.value}@example.com",
            name=f"{role.value.title()} Person",
            roles=("member", role.value),
        )
    make_forum(found_world())
    make_alliances(found_world())
    make_pair(found_world())
    make_market(found_world())
    make_round(found_world())


def make_market(world: World) -> None:
    """The contributor has a place and fits everybody; the steward has asked them; one wall stands.

    Nobody else has asked, so that each role has a card that was never stored: looking at it must not store it.
    """
    mentee, mentor = world.people["steward"], world.people["contributor"]
    Profile.objects.update(languages=["en"])
    trained = {"is_mentor": True, "capacity": 3, "trained_on": timezone.localdate()}
    MentorProfile.objects.update_or_create(person=mentor, defaults=trained)
    keep_status([mentor.pk])
    send_request(mentee=mentee, mentor_id=mentor.pk, message="My first committee.")
    facilitator, other = world.people["facilitator"], make_alliance(code_name="Godwit")
    curlew = Alliance.objects.exclude(pk=other.pk).get()
    set_wall(actor=facilitator, first_id=curlew.pk, second_id=other.pk, reason="Both bid for one product.")


def make_round(world: World) -> None:
    """The facilitator's draft of one round: the practitioner has the mentor they wished for, the administrator none."""
    facilitator, mentor = world.people["facilitator"], world.people["contributor"]
    wishing = User.objects.get(email="practitioner@example.com")
    for mentee in (wishing, world.people["administrator"]):
        MentorProfile.objects.update_or_create(person=mentee, defaults={"is_mentee": True, "wants": ["H3"]})
    programme = onboarding_programme()
    keep_wishes(mentee=wishing, programme_id=programme.pk, mentor_ids=[mentor.pk])
    run = draft_round(actor=facilitator, programme=programme, objective="most_participants")
    solve_round(run_id=run.pk)
    assert run.candidates.count() == 1


def make_pair(world: World) -> None:
    """The member is mentored by the contributor: with an agreement, goals, a talk, a note of each kind, a pulse."""
    pair = PairFactory(mentee=world.people["member"], mentor=world.people["contributor"], days=30)
    both = {"mentorship_id": pair.pk}
    set_goals(actor=pair.mentee, goals=[GoalText("Lead a committee", "minutes approved", 40)], **both)
    sign_agreement(actor=pair.mentee, version=1, digest=agreement_of(pair).digest, **both)
    propose_talk(actor=pair.mentee, start=timezone.now() + timedelta(days=3), **both)
    write_note(actor=pair.mentee, body="Ask about the **calendar**.", visibility="me", **both)
    write_note(actor=pair.mentor, body="Read the play together.", visibility="pair", **both)
    answer_pulse(actor=pair.mentor, fit="unsure", value=3, comment="We meet too seldom.", **both)


def make_alliances(world: World) -> None:
    """One alliance with the member as its manager, and a request that waits."""
    alliance = make_alliance(code_name="Curlew", north_star="By 2030 nobody waits for the vaccine.")
    join(alliance, world.people["member"], Duty.MANAGER)
    ask_membership(person=world.people["contributor"], code_name="Curlew", duty=Duty.MEMBER)


def make_forum(world: World) -> None:
    """The starter boards with three topics: answered by name, asked without one, and one for practitioners."""
    load_boards()
    boards = {board.slug: board.pk for board in Board.objects.all()}
    member, colleague = world.people["member"], world.people["contributor"]
    practitioner = UserFactory(
        email="practitioner@example.com", name="Pat Practitioner", is_practitioner=True
    )
    named = post_topic(
        author=member,
        board_id=boards["governance"],
        kind="question",
        title="Who chairs the committee in the first year?",
        body="We have **two** candidates.",
        tags=["Operate", "chair"],
    )
    answer = post_reply(
        author=colleague, topic_id=named.pk, body="The one with the shorter way to the sponsor."
    )
    accept_answer(actor=member, post_id=answer.pk)
    unnamed = post_topic(
        author=member,
        board_id=boards["practice"],
        kind="question",
        title="How do I say that I cannot go on like this?",
        body="It is too much.",
        unnamed=True,
    )
    post_reply(author=colleague, topic_id=unnamed.pk, body="Ring me tomorrow.")
    post_reply(author=member, topic_id=unnamed.pk, body="I will.")
    relay_message(actor=world.people["facilitator"], topic_id=unnamed.pk, body="Talk to me, if it helps.")
    narrow = post_topic(
        author=practitioner,
        board_id=boards["people-and-trust"],
        kind="discussion",
        title="What we never write to a counterpart",
        body="Nothing we would not say.",
    )
    post_reply(author=practitioner, topic_id=narrow.pk, body="One more thing.")


def found_world() -> World:
    """The small portal as it stands in the database."""
    people = {role.value: User.objects.get(email=f"{role.value}@example.com") for role in Role}
    page = str(PlayPage.objects.live().first().pk)
    token = stop_path(people[Role.MEMBER].pk, ["forums"]).split("/")[-2]
    samples = {"token": token, "person": str(people[Role.MEMBER].pk), "seal": _seals(people)[0]}
    return World(people=people, samples=WORDS | samples | dict.fromkeys(PAGE_ARGUMENTS, page))


def _seals(people: dict[str, User]) -> list[str]:
    """A card of the contributor for the steward and for the member."""
    points = dict.fromkeys(MOST, 10)
    mentor = people["contributor"].pk
    return [seal(Snapshot(people[role].pk, mentor, points)) for role in ("steward", "member")]


def normalised(body: bytes) -> bytes:
    """A page without what differs by chance from request to request."""
    return TOKEN.sub(b"", body)


def object_addresses() -> list[str]:
    """The addresses of all live pages, lessons, roles, boards, topics and posts."""
    pages = [
        page.specific.get_absolute_url() if hasattr(page.specific, "get_absolute_url") else page.url
        for page in Page.objects.filter(depth__gt=1).live()
    ]
    parts = ("", "review/", "route/", "keep/", "use/", "seen/", "not-helpful/", "complete/")
    lessons = [f"/lessons/{lesson.key}/{part}" for lesson in Lesson.objects.all() for part in parts]
    boards = [board.get_absolute_url() for board in Board.objects.all()]
    topics = [topic.get_absolute_url() for topic in Topic.objects.select_related("board")]
    roles = [role.get_absolute_url() for role in RoleProfile.objects.all()]
    posts = [address for pk in Post.objects.values_list("pk", flat=True) for address in _of_post(pk)]
    return sorted(
        {
            address
            for address in (
                *pages,
                *lessons,
                *boards,
                *topics,
                *posts,
                *roles,
                *_of_unnamed(),
                *_of_alliances(),
                *_of_pairs(),
                *_of_market(),
                *_of_path(),
            )
            if address
        }
    )


def _of_post(pk: int) -> list[str]:
    return [reverse(f"forums:{name}", args=[pk]) for name in ("post", "edit", "history")]


def _of_alliances() -> list[str]:
    names = ("alliance", "change")
    return [reverse(f"alliances:{name}", args=[row.pk]) for row in Alliance.objects.all() for name in names]


def _of_pairs() -> list[str]:
    """All pages of all pairs, their talks and cases."""
    names = (
        *("pair", "agreement", "agreement_print", "agreement_edit", "goals", "pulse", "backup", "pause"),
        *("rematch", "close", "propose", "case"),
    )
    pairs = Mentorship.objects.values_list("pk", flat=True)
    pages = [reverse(f"mentoring:{name}", args=[pk]) for pk in pairs for name in names]
    for talk in Session.objects.all():
        pages += [talk.get_absolute_url(), reverse("mentoring:calendar", args=[talk.uid])]
        pages.append(reverse("mentoring:change", args=[talk.mentorship_id, talk.pk]))
    return pages


def _of_market() -> list[str]:
    """All cards, and all requests as the two see them and as a coordinator does."""
    asked = MatchRequest.objects.values_list("pk", flat=True)
    pages = [reverse(f"mentoring:{name}", args=[pk]) for pk in asked for name in ("request", "search")]
    runs = MatchRun.objects.values_list("pk", flat=True)
    pages += [reverse("mentoring:run", args=[pk]) for pk in runs]
    programmes = Programme.objects.values_list("pk", flat=True)
    pages += [
        reverse(f"mentoring:{name}", args=[pk]) for pk in programmes for name in ("programme", "wishes")
    ]
    pairs = Candidate.objects.filter(run__isnull=False).values_list("run", "mentee")
    pages += [reverse("mentoring:swap", args=two) for two in pairs]
    cards = _seals(found_world().people)
    return pages + [reverse(f"mentoring:{name}", args=[one]) for one in cards for name in ("why", "ask")]


def _of_path() -> list[str]:
    """The steps and letters that facilitators edit."""
    steps = [reverse("onboarding:path_step", args=[step.code]) for step in StepTemplate.objects.all()]
    return steps + [reverse("onboarding:path_letter", args=[letter.key]) for letter in Letter.objects.all()]


def _of_unnamed() -> list[str]:
    topics = Topic.objects.filter(unnamed=True).values_list("pk", flat=True)
    pages = [reverse(f"forums:{name}", args=[pk]) for pk in topics for name in ("relay", "who_asked")]
    return pages + [message.get_absolute_url() for message in RelayedMessage.objects.all()]


def pattern_addresses(samples: dict[str, str]) -> dict[str, str]:
    """Every URL pattern with an address that matches it; arguments are filled with `samples` by name."""
    return {pattern: _fill(pattern, samples) for pattern in _patterns(get_resolver(), "")}


def _fill(pattern: str, samples: dict[str, str]) -> str:
    template, names = normalize("/" + pattern)[0]
    return template % {name: samples.get(name, _word_or_number(pattern, name)) for name in names}


def _word_or_number(pattern: str, name: str) -> str:
    if re.search(rf"\(\?P<{name}>\[0-9a-f\]\{{8\}}-", pattern):
        return NO_FILE
    return "1" if re.search(rf"\(\?P<{name}>(\[0-9\]|\\d)\+\)", pattern) else "unknown-word"


def _patterns(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        text = prefix + _regex(entry)
        if isinstance(entry, URLPattern):
            yield text
        else:
            yield from _patterns(entry, text)


def _regex(entry: URLPattern | URLResolver) -> str:
    text = entry.pattern.regex.pattern if hasattr(entry.pattern, "regex") else str(entry.pattern)
    return text.lstrip("^").removeprefix("\\A").replace("\\Z", "").replace("\\/", "/").rstrip("$")
