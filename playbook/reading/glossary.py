"""The glossary as a page: by area, from A to Z, or by short form; and the terms that fit what somebody typed, best first.

The address holds what was chosen. A glossary is a few hundred short entries: all are read in one query and sorted here,
so that a word finds the same terms on every database.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.crumbs import Crumb
from playbook.models import GlossaryArea, GlossaryTerm
from playbook.reading.index import Tab

FRONT = "/playbook/"
MAX_WORDS = 100
PLURAL_FROM = 4
_WORD = re.compile(r"\w+")


class View(StrEnum):
    """The tabs; the value stands in the address."""

    AREAS = "areas"
    A_TO_Z = "a-z"
    SHORT_FORMS = "short-forms"


class Fit(IntEnum):
    """How well a term fits what was typed, best first."""

    IS_CALLED_SO = 1
    IN_NAMES = 2
    IN_TEXT = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Terms under one heading; `key` is the address of the heading, "" where nothing jumps to it."""

    key: str
    heading: str
    terms: list[GlossaryTerm]


def glossary_context(request: HttpRequest) -> dict[str, Any]:
    """What the page shows."""
    terms = sorted(GlossaryTerm.objects.visible_to(request.user), key=lambda term: slugify(term.term))
    words = " ".join(request.GET.get("q", "").split())[:MAX_WORDS]
    view = chosen_view(request)
    found = best_first(terms, words) if words else []
    return {
        "crumbs": [Crumb(_("Playbook"), FRONT), Crumb(_("Glossary"))],
        "words": words,
        "view": view,
        "tabs": tabs(view),
        "count": len(found) if words else len(terms),
        "found": found,
        "groups": [] if words else GROUPED[view](terms),
    }


def chosen_view(request: HttpRequest) -> View:
    """The tab of the address; the areas for anything else."""
    value = request.GET.get("view", View.AREAS)
    return View(value) if value in set(View) else View.AREAS


def tabs(current: View) -> list[Tab]:
    """The three orders."""
    url = reverse("playbook:glossary")
    labels = {View.AREAS: _("By area"), View.A_TO_Z: _("A to Z"), View.SHORT_FORMS: _("Short forms")}
    return [
        Tab(label, url if view is View.AREAS else f"{url}?view={view}", view is current)
        for view, label in labels.items()
    ]


def best_first(terms: Iterable[GlossaryTerm], words: str) -> list[GlossaryTerm]:
    """The terms that fit: first what is called just so, then by their names, then by their text."""
    fits = [(fit_of(term, words), term) for term in terms]
    return [term for fit, term in sorted(((f, t) for f, t in fits if f), key=lambda pair: pair[0])]


def fit_of(term: GlossaryTerm, words: str) -> Fit | None:
    """How a term fits; None where it does not. Each word typed has to begin a word of its names, or be one of its text."""
    asked = _words_of(words)
    names = [_words_of(name) for name in (term.term, term.abbreviation, *term.also) if name]
    in_names = {word for name in names for word in name}
    anywhere = in_names.union(_words_of(term.definition), _words_of(term.confuse))
    if asked in names:
        return Fit.IS_CALLED_SO
    if asked and all(any(word.startswith(one) for word in in_names) for one in asked):
        return Fit.IN_NAMES
    return Fit.IN_TEXT if asked and anywhere.issuperset(asked) else None


def _words_of(text: str) -> list[str]:
    """The words for comparison, without a plural ending."""
    return [_singular(word) for word in _WORD.findall(text.casefold())]


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= PLURAL_FROM and word.endswith("s") and word[-2] != "s" else word


def _by_area(terms: list[GlossaryTerm]) -> Iterator[Group]:
    """Within an area in the order in which they were written, since the phases and the committees have an order."""
    terms = sorted(terms, key=lambda term: term.pk)
    for area, label in GlossaryArea.choices:
        if own := [term for term in terms if term.area == area]:
            yield Group(f"area-{area}", str(label), own)


def _by_letter(terms: list[GlossaryTerm]) -> Iterator[Group]:
    letters: dict[str, list[GlossaryTerm]] = {}
    for term in terms:
        letters.setdefault(slugify(term.term)[:1].upper(), []).append(term)
    for letter, own in letters.items():
        yield Group(f"letter-{letter.lower()}", letter or "#", own)


def _by_short_form(terms: list[GlossaryTerm]) -> Iterator[Group]:
    short = [term for term in terms if term.abbreviation]
    if short:
        yield Group("", "", sorted(short, key=lambda term: term.abbreviation.casefold()))


GROUPED: dict[View, Callable[[list[GlossaryTerm]], list[Group]]] = {
    View.AREAS: lambda terms: list(_by_area(terms)),
    View.A_TO_Z: lambda terms: list(_by_letter(terms)),
    View.SHORT_FORMS: lambda terms: list(_by_short_form(terms)),
}
