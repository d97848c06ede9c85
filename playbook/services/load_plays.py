"""Loads the plays of the starter content as pages.

Idempotent: a file that did not change is left alone; a play that somebody edited keeps the edit, whatever the file says.
The tools must be there already; a tool whose file names a play that does not name the tool becomes one of the play's
further tools, so that links given from one side hold on both. Owners are demo content and are set with a new play only.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from core.content import read_yaml
from core.models import Term, Vocabulary
from playbook.models import LoadedPage, PlayPage
from playbook.models.tool import ToolPage
from playbook.services.ensure_tree import ensure_tree
from playbook.services.fingerprint import digest, play_fingerprint
from playbook.services.loaded import Counts, Outcome, digest_now, next_step, remember
from search.api import touched_together

DEMO_DOMAIN = "demo.example"
VOCABULARIES = {
    "phases": Vocabulary.LIFECYCLE_PHASE,
    "components": Vocabulary.COMPONENT,
    "activities": Vocabulary.ACTIVITY,
    "habits": Vocabulary.HABIT,
    "role_areas": Vocabulary.ROLE_AREA,
}
Source = dict[str, Any]


@touched_together()
def load_starter_plays(*, content_dir: Path | None = None, with_owners: bool = True) -> Counts:
    """Loads plays/*.yaml; `with_owners` also names the invented owners of owners.yaml."""
    folder = content_dir or settings.CONTENT_DIR
    return _Loader(folder, with_owners=with_owners).run()


class _Loader:
    """One run: the files and the rows they refer to, read once."""

    def __init__(self, folder: Path, *, with_owners: bool) -> None:
        self.sources: list[Source] = [read_yaml(path) for path in sorted((folder / "plays").glob("*.yaml"))]
        self.tools = dict(ToolPage.objects.values_list("code", "pk"))
        self.more_tools = _tools_of_plays(folder, self.sources)
        self.terms = {(term.vocabulary, term.code): term for term in Term.objects.all()}
        self.loaded = {row.source: row for row in LoadedPage.objects.filter(source__startswith="play:")}
        self.owners = _owners(folder) if with_owners else {}
        self.parent = ensure_tree().playbook

    @transaction.atomic
    def run(self) -> Counts:
        """Writes the plays first and their relations to each other after, when all of them are there."""
        counts = Counts()
        plays = dict(PlayPage.objects.exclude(code=None).in_bulk(field_name="code"))
        written: list[tuple[Source, PlayPage]] = []
        for source in self.sources:
            outcome, play = self._write(source, plays.get(source["code"]))
            counts.add(outcome)
            if outcome in (Outcome.CREATED, Outcome.UPDATED):
                written.append((source, play))
                plays[source["code"]] = play
        for source, play in written:
            self._publish(source, play, plays)
        return counts

    def _write(self, source: Source, play: PlayPage | None) -> tuple[Outcome, PlayPage]:
        loaded = self.loaded.get(_source_key(source))
        if play is not None and loaded is None:
            return Outcome.KEPT, play
        outcome = next_step(
            loaded,
            digest(self._value(source)),
            lambda: digest_now(play, play_fingerprint) if play else "",
        )
        if loaded is not None and play is None:
            outcome = Outcome.KEPT
        if outcome is Outcome.CREATED:
            play = PlayPage(slug=slugify(source["title"]))
            self._fill(play, source)
            self._name_owner(play, source)
            self.parent.add_child(instance=play)
        elif outcome is Outcome.UPDATED and play is not None:
            self._fill(play, source)
        return outcome, play or PlayPage()

    def _value(self, source: Source) -> Source:
        """What the digest of a file covers: its words and the links that other files give it."""
        return {**source, "more_tools": sorted(self.more_tools[source["code"]])}

    def _fill(self, play: PlayPage, source: Source) -> None:
        for name in ("code", "title", "summary", "purpose", "when", "effort", "risk_tier"):
            setattr(play, name, source[name].strip())
        for name in ("inputs", "outputs", "signs"):
            setattr(play, name, "\n".join(line.strip() for line in source[name]))
        play.main_component = self.terms[(Vocabulary.COMPONENT, source["components"][0])]
        for name, vocabulary in VOCABULARIES.items():
            setattr(play, name, [self.terms[(vocabulary, code)] for code in source[name]])
        play.more_tools = list(
            ToolPage.objects.filter(code__in=self.more_tools[source["code"]]).order_by("code")
        )
        play.steps = [_block("step", self._step(step)) for step in source["steps"]]
        play.pitfalls = [_block("pitfall", dict(pitfall)) for pitfall in source["pitfalls"]]
        play.variants = [
            _block("variant", {"case": variant["for"], "text": variant["text"]})
            for variant in source["variants"]
        ]

    def _step(self, step: Mapping[str, Any]) -> Source:
        tools = [self.tools[code] for code in step["tools"] if code in self.tools]
        words = {name: step[name].strip() for name in ("key", "title", "text", "who", "timing")}
        return {**words, "tools": [_block("item", pk) for pk in tools]}

    def _name_owner(self, play: PlayPage, source: Source) -> None:
        person, days = self.owners.get(source["code"], (None, None))
        play.play_owner = person
        if days is not None:
            play.last_verified = timezone.localdate() - timedelta(days=days)

    def _publish(self, source: Source, play: PlayPage, plays: Mapping[str, PlayPage]) -> None:
        play.related = [plays[code] for code in source["related"] if code in plays]
        play.save_revision().publish()
        remember(
            page=play,
            source=_source_key(source),
            value=self._value(source),
            page_digest=play_fingerprint(PlayPage.objects.get(pk=play.pk)),
        )


def _block(kind: str, value: object) -> Source:
    """A block as Wagtail stores it; without an id it would take the value of a list for an older format."""
    return {"type": kind, "value": value, "id": str(uuid4())}


def _source_key(source: Source) -> str:
    return f"play:{source['code']}"


def _tools_of_plays(folder: Path, plays: Iterable[Source]) -> defaultdict[str, set[str]]:
    """Codes of the tools that name a play which does not name them in a step."""
    in_steps = {
        source["code"]: {tool for step in source["steps"] for tool in step["tools"]} for source in plays
    }
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted((folder / "tools").glob("*.yaml")):
        tool = read_yaml(path)
        for code in tool.get("plays", []):
            if tool["code"] not in in_steps.get(code, set()):
                found[code].add(tool["code"])
    return found


def _owners(folder: Path) -> dict[str, tuple[Any, int]]:
    """Code of a play to its invented owner and the days since they verified it."""
    addresses = {
        person["key"]: person["email"].lower() for person in read_yaml(folder / "people.yaml")["people"]
    }
    users = {user.email: user for user in get_user_model().objects.filter(email__endswith=f"@{DEMO_DOMAIN}")}
    return {
        row["play"]: (users[addresses[row["person"]]], row["verified_days_ago"])
        for row in read_yaml(folder / "owners.yaml")["owners"]
        if addresses.get(row["person"]) in users
    }
