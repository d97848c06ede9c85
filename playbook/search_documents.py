"""What search knows of plays and pages, and the facets that the vocabularies of the playbook give."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.markdown import source_to_text
from core.models import Vocabulary
from core.term_labels import TermLabels
from playbook.managers import readable
from playbook.models import PlayPage, StandardPage
from playbook.reading.stream import values_of
from search.documents import Document, DocumentSpec, Facet, facets, specs

FACETS = {
    "phase": (_("Phase"), Vocabulary.LIFECYCLE_PHASE, "phases"),
    "component": (_("Component"), Vocabulary.COMPONENT, "components"),
    "activity": (_("Activity"), Vocabulary.ACTIVITY, "activities"),
    "habit": (_("Habit"), Vocabulary.HABIT, "habits"),
    "role_area": (_("Role area"), Vocabulary.ROLE_AREA, "role_areas"),
}


def play_document(play: PlayPage) -> Document:
    """A play with all its words; found by its code too."""
    return Document(
        kind="play",
        object_id=play.pk,
        version=play.search_version,
        title=play.title,
        text="\n".join(part for part in _play_words(play) if part),
        audience=play.effective_audience,
        date=_as_moment(play),
        facets={
            name: tuple(term.code for term in getattr(play, field).all())
            for name, (_label, _vocabulary, field) in FACETS.items()
        },
    )


def _play_words(play: PlayPage) -> Iterable[str]:
    yield from (play.code or "", play.summary, play.purpose, play.when, play.effort)
    for step in values_of(play.steps):
        yield from (step["title"], step["text"], step.get("who") or "", step.get("timing") or "")
    for pitfall in values_of(play.pitfalls):
        yield from (pitfall["title"], pitfall["text"])
    yield from (play.inputs, play.outputs, play.signs)
    for variant in values_of(play.variants):
        yield from (variant["case"], variant["text"])


def _as_moment(play: PlayPage) -> datetime | None:
    if play.last_verified:
        return datetime.combine(play.last_verified, time(), tzinfo=UTC)
    published: datetime | None = play.last_published_at
    return published


def page_document(page: StandardPage) -> Document:
    """A page of text."""
    return Document(
        kind="page",
        object_id=page.pk,
        version=page.search_version,
        title=page.title,
        text=f"{page.lead}\n{source_to_text(page.body)}".strip(),
        audience=page.effective_audience,
        date=page.last_published_at,
    )


def _plays_for_hits(plays: QuerySet[PlayPage]) -> QuerySet[PlayPage]:
    return plays.select_related("main_component")


def _all_plays() -> QuerySet[PlayPage]:
    plays: QuerySet[PlayPage] = PlayPage.objects.live().exclude(code=None)
    return plays


def _visible_to(pages: QuerySet[Any], reader: object) -> QuerySet[Any]:
    return pages.filter(readable(reader))


def register() -> None:
    """Called from `AppConfig.ready()`."""
    for name, (label, vocabulary, _field) in FACETS.items():
        if name not in facets:
            facets.register(name, Facet(name=name, label=label, labels=TermLabels(vocabulary)))
    specs.register("play", PLAY)
    specs.register("page", PAGE)


PLAY = DocumentSpec(
    kind="play",
    label=_("Play"),
    label_plural=_("Plays"),
    icon="map",
    model=PlayPage,
    queryset=_all_plays,
    to_document=play_document,
    visible_to=_visible_to,
    for_hits=_plays_for_hits,
    hit_template="playbook/hit_play.html",
    facets=tuple(FACETS),
)
PAGE = DocumentSpec(
    kind="page",
    label=_("Page"),
    label_plural=_("Pages"),
    icon="file-text",
    model=StandardPage,
    queryset=lambda: StandardPage.objects.live(),
    to_document=page_document,
    visible_to=_visible_to,
    for_hits=lambda pages: pages,
    hit_template="playbook/hit_page.html",
)
