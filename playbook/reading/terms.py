"""The terms of many plays in two queries, whatever their number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Value

from core.models import Term
from playbook.models import PlayPage

FIELDS = ("phases", "components", "activities", "habits", "role_areas")


@dataclass(slots=True)
class PlayTerms:
    """The terms of one play, each list in the order of its vocabulary."""

    phases: list[Term] = field(default_factory=list)
    components: list[Term] = field(default_factory=list)
    activities: list[Term] = field(default_factory=list)
    habits: list[Term] = field(default_factory=list)
    role_areas: list[Term] = field(default_factory=list)

    def first_component(self, play: PlayPage) -> str:
        """Code of the row on the map: the one the editor chose, else the first of the vocabulary, else none."""
        chosen = next((term.code for term in self.components if term.pk == play.main_component_id), "")
        return chosen or next((term.code for term in self.components), "")


def terms_of(plays: Iterable[PlayPage]) -> Mapping[int, PlayTerms]:
    """The stored terms of plays by their id."""
    pairs = _pairs([play.pk for play in plays])
    terms = Term.objects.in_bulk({term for _play, term, _name in pairs})
    found: defaultdict[int, PlayTerms] = defaultdict(PlayTerms)
    ordered = sorted(pairs, key=lambda pair: (terms[pair[1]].order, terms[pair[1]].code))
    for play, term, name in ordered:
        getattr(found[play], name).append(terms[term])
    return found


def edited_terms(play: PlayPage) -> PlayTerms:
    """The terms of a play that is being edited and not stored yet, for previews."""
    return PlayTerms(**{name: list(getattr(play, name).all()) for name in FIELDS})


def _pairs(plays: list[int]) -> list[tuple[int, int, str]]:
    parts = [
        getattr(PlayPage, name)
        .through.objects.filter(playpage__in=plays)
        .values_list("playpage_id", "term_id", Value(name))
        for name in FIELDS
    ]
    return list(parts[0].union(*parts[1:], all=True))
